// How things look in JSON: the shapes that scripts rely on.
#pragma once

#include "engine/engine.hpp"
#include "ledger/records.hpp"

#include <boost/json/object.hpp>

namespace ulak::control {

/// An empty text is null.
boost::json::value text_or_null(const std::string& text);

/// All keys of a run are present, null where there is nothing yet. `masked` hides numbers and codes.
boost::json::object view(const ledger::run_record& run, bool masked);
boost::json::object view(const ledger::item_record& item, bool masked);
boost::json::object view(const ledger::effect_record& effect, bool masked);
boost::json::object view(const ledger::attention_record& entry, bool masked);
boost::json::object view(const engine::job_view& job, bool masked);
boost::json::object view(const engine::firing_view& firing);
boost::json::object view(const ledger::spend_total& row, std::string_view by);
boost::json::object view(const providers::service& s);
boost::json::object view(const engine::file_change& change);
/// `read`: stored readings, newest first. "per_hour" is what the balance loses in an hour, over the last day.
boost::json::object view(const providers::account& account, const std::vector<ledger::balance_record>& read);

} // namespace ulak::control
