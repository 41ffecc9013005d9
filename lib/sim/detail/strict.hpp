// Reading what a client sent, and writing down what is wrong with it.
#pragma once

#include "sim/detail/call.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <initializer_list>
#include <optional>
#include <string_view>

namespace ulak::sim::strict {

/// Bytes on the request line that must be percent-encoded there.
void check_target(call& c);
/// The body must be empty: the document names none.
void check_no_body(call& c);
void check_no_query(call& c);
/// Writes down a missing or other header value; parameters after ";" are not looked at.
bool check_header(call& c, std::string_view header, std::string_view wanted);

/// A JSON object as body with its Content-Type; nullopt if it is none.
std::optional<boost::json::object> read_json(call& c);
/// Writes down the keys of `o` that the document does not name.
void allow_only_keys(call& c, const boost::json::object& o, std::string_view where,
                     std::initializer_list<std::string_view> known);
/// A text, or what PHP makes of a number or truth value, with the slip written down. Absent or null: nullopt.
std::optional<std::string> text_of(call& c, const boost::json::object& o, std::string_view key);

} // namespace ulak::sim::strict
