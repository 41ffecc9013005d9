// Values of a run for the parameters that its job declares.
#pragma once

#include "core/error.hpp"
#include "job/parameter.hpp"

#include <boost/json/object.hpp>

#include <map>
#include <string>
#include <vector>

namespace ulak::job {

/// Given values checked, defaults filled in, all as text; phone numbers in their ten digits. Unknown or missing names,
/// wrong types or limits: errc::invalid_argument naming all of them.
result<std::map<std::string, std::string>> bind_parameters(const std::vector<parameter>& declared,
                                                           const boost::json::object& given);

} // namespace ulak::job
