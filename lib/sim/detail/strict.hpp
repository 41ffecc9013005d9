// Checks what a client sent, and records as mistakes what a lenient server would let pass.
#pragma once

#include "sim/detail/call.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <initializer_list>
#include <optional>
#include <string_view>

namespace ulak::sim::strict {

/// Bytes that may stand in a request line or a form without being percent-encoded.
bool is_plain_byte(char raw);

/// A mistake for the first byte of the request line that must be percent-encoded there.
void check_target(call& c);
/// A mistake for a body, or for a query, where the document names none.
void check_no_body(call& c);
void check_no_query(call& c);
/// False, with a mistake, for a missing or another value; parameters after ";" are ignored.
bool check_header(call& c, std::string_view header, std::string_view wanted);

/// The body as a JSON object. nullopt if it is none; a mistake also for another Content-Type.
std::optional<boost::json::object> read_json(call& c);
/// A mistake for every key of `o` that the document does not name.
void allow_only_keys(call& c, const boost::json::object& o, std::string_view where,
                     std::initializer_list<std::string_view> known);
/// A text, or with a mistake what PHP makes of a number or truth value; nullopt if it is absent or null.
std::optional<std::string> text_of(call& c, const boost::json::object& o, std::string_view key);

} // namespace ulak::sim::strict
