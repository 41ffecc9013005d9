// Runs and what belongs to them, as JSON: the shapes that scripts rely on. `masked` hides numbers and codes.
#pragma once

#include "ledger/records.hpp"
#include <boost/json/object.hpp>

namespace ulak::control {

/// All keys of a run are present, null where there is nothing yet.
boost::json::object view(const ledger::run_record& run, bool masked);
boost::json::object view(const ledger::item_record& item, bool masked);
boost::json::object view(const ledger::effect_record& effect, bool masked);
boost::json::object view(const ledger::attention_record& entry, bool masked);

} // namespace ulak::control
