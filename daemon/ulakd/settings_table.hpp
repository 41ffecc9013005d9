// The table of keys of ulak.yaml: what the loader accepts, and what the JSON Schema of the file is made of.
#pragma once

#include "yaml/shape.hpp"

namespace ulak::daemon {

/// An account takes the common keys and those of every protocol's descriptor; whose they are is checked when the
/// account is read, where the message can say it.
yaml::shape_ptr settings_table();

} // namespace ulak::daemon
