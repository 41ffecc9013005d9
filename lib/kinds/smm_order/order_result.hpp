// What a run of `smm.order` shows of its order. Pure.
#pragma once

#include "kinds/smm_order/progress.hpp"
#include "providers/capability.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>

namespace ulak::kinds::smm {

/// The run's `result`: order, status, charge, remains, currency. Nulls before the panel was asked.
boost::json::object result_json(const progress& p, const std::optional<providers::panel_status>& seen);

} // namespace ulak::kinds::smm
