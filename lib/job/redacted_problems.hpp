// Problems without secrets.
#pragma once

#include "yaml/problem.hpp"

namespace ulak::job {

/// Passes all that a problem says of its file (text, hint, the line itself) through the process's redactor: whatever a
/// file turns out to be, what is shown of it holds no secret that is in use. A line keeps its place, not its caret.
void redact(yaml::problems& found);

} // namespace ulak::job
