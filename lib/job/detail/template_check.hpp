// The templates of a job file.
#pragma once

#include "yaml/document.hpp"
#include "yaml/problem.hpp"
#include "yaml/shape.hpp"

namespace ulak::job {

/// Reports every mistake of every template in the document, at its place in the file where that can be found, else at
/// the value.
void check_templates(const yaml::document& doc, const yaml::shape& table, yaml::problems& found);

} // namespace ulak::job
