// Runs and what belongs to them, as JSON: the shapes that scripts rely on
#pragma once

#include "ledger/records.hpp"
#include <boost/json/object.hpp>

namespace ulak::control {

/// All keys of a run are present, null where there is nothing yet.
boost::json::object view(const ledger::run_record& run);
boost::json::object view(const ledger::item_record& item);
boost::json::object view(const ledger::effect_record& effect);
boost::json::object view(const ledger::attention_record& entry);

} // namespace ulak::control
