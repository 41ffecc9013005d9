// Writes JSON as the providers do: as pieces of text, so that 4.00 and 012345 appear as they do on the wire.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ulak::sim::json {

/// A value that is already JSON text. Objects keep the order in which their members are named.
using value = std::string;
using member = std::pair<std::string_view, value>;

value text(std::string_view plain);         ///< quoted and escaped
value number(std::int64_t n);               ///< 42
value numeral(std::int64_t n, bool quoted); ///< 42 or "42"
value truth(bool b);
value object(const std::vector<member>& members);
value object(std::initializer_list<member> members);
value array(const std::vector<value>& elements);
value texts(const std::vector<std::string>& plain); ///< an array of quoted texts

inline const value null = "null";

} // namespace ulak::sim::json
