// The values of a document that its table calls templates.
#pragma once

#include "yaml/document.hpp"
#include "yaml/shape.hpp"

#include <functional>
#include <vector>

namespace ulak::job {

/// In the order of the file. `loose`: also the scalars of what the table takes as it comes.
std::vector<const yaml::node*> template_values(const yaml::document& doc, const yaml::shape& table, bool loose = false);

} // namespace ulak::job
