// The questions to the store, as SQL. Private to the room; the promises are those of ledger.hpp.
#pragma once

#include "ledger/detail/database.hpp"
#include "ledger/ledger.hpp"

namespace ulak::ledger::reads {

result<run_record> run(database& db, const run_id& id);
result<std::optional<run_record>> run_by_key(database& db, const std::string& unique_key);
result<std::vector<run_record>> runs(database& db, const run_query& q);
result<std::vector<item_record>> items(database& db, const item_query& q);
result<item_counts> count_items(database& db, const run_id& run);
result<std::vector<effect_record>> effects(database& db, const effect_query& q);
result<std::vector<attention_record>> attention(database& db, bool open_only);
result<std::optional<wall_point>> watermark(database& db, const std::string& job, const std::string& schedule);
result<std::vector<events::event>> events_after(database& db, std::int64_t seq, std::size_t limit);
result<std::vector<events::event>> recent_events(database& db, const std::string& what, std::size_t limit);
result<std::vector<notice_record>> notices_due(database& db, wall_point now, std::size_t limit);
result<std::vector<suppression_record>> suppressions(database& db);
result<std::vector<std::string>> messaged_since(database& db, const std::vector<std::string>& phones, wall_point since);
result<std::vector<spend_total>> spend_totals(database& db, spend_grouping by, const time_zone& zone);
result<std::vector<balance_record>> balances(database& db, const std::string& account, std::size_t limit);
result<std::vector<std::pair<std::string, std::string>>> settings(database& db, const std::string& prefix);

} // namespace ulak::ledger::reads
