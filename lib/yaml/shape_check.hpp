// A whole document against its table of keys, all problems at once.
#pragma once

#include "yaml/document.hpp"
#include "yaml/problem.hpp"
#include "yaml/shape.hpp"

namespace ulak::yaml {

/// Reports into `found` everything in which the document's root departs from the shape: unknown keys (with the nearest
/// name and the allowed ones), missing keys, wrong types, limits. Relations between keys are left to the callers.
void check(const document& doc, const shape& expected, problems& found);

} // namespace ulak::yaml
