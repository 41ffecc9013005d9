// The keys that all jobs have, and the table of keys of one kind.
#pragma once

#include "job/kind_definition.hpp"
#include "yaml/shape.hpp"

#include <string>
#include <vector>

namespace ulak::job {

/// The moments of a run that every kind has: started, done, failed, attention.
std::vector<std::string> common_moments();

/// The common keys alone, for files whose kind is not known and for the reference.
yaml::shape_ptr common_keys();

/// The common keys and the kind's own, with the kind's name and moments as the only choices. Made once for each kind;
/// one thread only.
yaml::shape_ptr keys_of(const kind_definition& kind);

} // namespace ulak::job
