// Tables of keys as JSON Schema (draft-07) for editors.
#pragma once

#include "job/document.hpp"

#include <boost/json/object.hpp>

namespace ulak::job {

/// Completion narrows by `kind`: one branch per kind, no unknown keys, descriptions, defaults and examples.
boost::json::object job_schema(const std::vector<kind_definition>& kinds);
/// Any other table, such as the one of ulak.yaml.
boost::json::object json_schema_of(const yaml::shape& table, std::string title);

} // namespace ulak::job
