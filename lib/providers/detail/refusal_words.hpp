// Tells what a refusal is about from its wording, for providers that document no error codes.
#pragma once

#include "core/error.hpp"

#include <string_view>

namespace ulak::providers {

/// Knows Turkish and English wordings, in any case of letters: errc::balance, no_stock, duplicate, not_found, auth or
/// rate_limited; errc::validation for everything else.
errc errc_of_text(std::string_view words);

} // namespace ulak::providers
