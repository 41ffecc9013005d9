// JSON texts: parsed with limits, and common values written in one form.
#pragma once

#include "core/error.hpp"
#include "core/money.hpp"
#include "core/wall_time.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace ulak {

/// Parses a JSON document that Ulak itself wrote, or a caller sent: at most `max_bytes`, depth 32, valid UTF-8.
/// Errors: errc::invalid_argument with the byte offset.
result<boost::json::value> parse_json(std::string_view text, std::size_t max_bytes = 1 << 20);

/// null for nullopt.
boost::json::value json_or_null(const std::optional<std::string>& text);
boost::json::value json_or_null(const std::optional<wall_point>& at);
/// {"amount":"4.00","unit":"TRY"}
boost::json::object json_of(const money& m);
/// {"code":"timed_out","message":"…"}
boost::json::object json_of(const error& e);

} // namespace ulak
