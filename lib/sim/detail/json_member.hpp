// Reads a member of a JSON object whatever its kind, as people write them by hand.
#pragma once

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace ulak::sim {

/// The member as text, also if it is a number or a truth value; `fallback` if it is absent or null.
std::string text_member(const boost::json::object& o, std::string_view key, std::string fallback = {});

} // namespace ulak::sim
