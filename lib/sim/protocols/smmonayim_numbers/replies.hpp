// What every part of the protocol answers with.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::smmonayim_numbers {

/// HTTP 200 with {"success":false,"title":"Hata","message":…}, as the provider refuses everything.
http::reply refuse(std::string_view message);

/// The same shape for an answer that may be positive.
http::reply outcome_reply(bool done, std::string_view title, std::string_view message);

} // namespace ulak::sim::smmonayim_numbers
