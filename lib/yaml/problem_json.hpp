// Problems as JSON for another program that shows them, and back.
#pragma once

#include "yaml/problem.hpp"

namespace ulak::yaml {

/// As to_json, with "source", the line: only for those that may see the file itself, since a line can hold numbers that
/// events do not show.
boost::json::object to_json_with_line(const problem& p);

/// A problem from either form; fields that are missing or of another type stay empty.
problem from_json(const boost::json::object& said);

} // namespace ulak::yaml
