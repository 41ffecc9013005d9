// Reads the body of a form as PHP would, and records what is wrong with it.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::strict {

/// The fields of an urlencoded or multipart body, by its Content-Type. Any other body leaves none, and everything that
/// a strict server would refuse is a mistake of the call.
fields read_form(call& c);

} // namespace ulak::sim::strict
