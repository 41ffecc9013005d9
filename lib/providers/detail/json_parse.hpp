// Parses a provider's answer into a json_value, strictly and within limits.
#pragma once

#include "providers/detail/json_value.hpp"

#include "core/error.hpp"

#include <string_view>

namespace ulak::providers {

/// A byte-order mark and surrounding blanks are dropped. Limits: depth 32, and those of json_builder.
/// errc::contract: not JSON, too deep or too large, one key with two different values, something behind the document.
result<json_value> parse_provider_json(std::string_view body);

} // namespace ulak::providers
