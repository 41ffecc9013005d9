// Problems on their way to whoever shows them elsewhere, and back.
#pragma once

#include "yaml/problem.hpp"

namespace ulak::yaml {

/// As to_json, with "source": for whoever may see the file itself, since its line can hold numbers that events do not
/// show.
boost::json::object to_json_with_line(const problem& p);

/// What either of them says; what is missing or of another type stays empty.
problem from_json(const boost::json::object& said);

} // namespace ulak::yaml
