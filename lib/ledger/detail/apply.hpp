// Each kind of change as SQL. Private to the room.
#pragma once

#include "ledger/change.hpp"
#include "ledger/detail/database.hpp"
#include "ledger/ledger.hpp"

namespace ulak::ledger {

/// What a batch made, without the batch.
struct batch_result {
    batch_result() = default;

    std::vector<std::int64_t> event_seqs{}; ///< of its events, in their order
    bool more_to_purge = false;             ///< a purge stopped at its limit
};

/// Carries out the changes of one batch inside a transaction that the caller opened, and undoes when one fails: what
/// was written until then stays in the transaction. errc::unavailable is the disk; all else is the batch's own fault.
class applier {
  public:
    applier(database& db, batch_result& made) noexcept : db_(db), result_(made) {}

    result<void> operator()(const create_run& c);
    result<void> operator()(const update_run& c);
    result<void> operator()(const intend& c);
    result<void> operator()(const move_effect& c);
    result<void> operator()(const refund_effect& c);
    result<void> operator()(const add_items& c);
    result<void> operator()(const move_items& c);
    result<void> operator()(const set_watermark& c);
    result<void> operator()(const append_event& c);
    result<void> operator()(const raise_attention& c);
    result<void> operator()(const resolve_attention& c);
    result<void> operator()(const put_notice& c);
    result<void> operator()(const update_notice& c);
    result<void> operator()(const suppress& c);
    result<void> operator()(const unsuppress& c);
    result<void> operator()(const record_balance& c);
    result<void> operator()(const put_setting& c);
    result<void> operator()(const purge& c);

  private:
    struct stored_item; ///< an item that is about to move

    result<void> check_run_exists(const std::string& run);
    result<void> check_attempts(const effect_record& e);
    result<void> check_ref_owner(const move_effect& c);
    result<std::int64_t> find_run_key(const run_id& run);
    result<std::optional<std::int64_t>> find_effect_key(const effect_id& effect);
    result<std::vector<stored_item>> items_at(std::int64_t run, const move_items& c);
    result<std::vector<stored_item>> items_of(std::int64_t run, const move_items& c);
    result<void> move_stored(std::int64_t run, const std::vector<stored_item>& items, const move_items& c);
    result<void> extend_item_span(std::int64_t effect, std::int64_t first, std::int64_t last);
    result<void> reopen_attention(const attention_record& a);
    result<void> delete_slice(std::string_view sql, wall_point before, std::int64_t most);
    result<void> purge_runs(wall_point before, std::int64_t most);
    result<void> purge_items(wall_point before, std::int64_t most);
    result<void> purge_recipients(wall_point before, std::int64_t most);
    result<std::int64_t> delete_recipients(std::int64_t run, std::int64_t most);
    result<void> wipe_secrets(const secret_results& secrets, wall_point before, std::int64_t most);
    result<void> wipe_progress(std::int64_t run, const std::string& key);
    result<void> wipe_result(std::int64_t run, const std::string& key);

    database& db_;
    batch_result& result_;
};

/// errc::budget when `limit` would be passed by `e`.
result<void> check_budget(database& db, const effect_record& e, const budget_limit& limit);

/// The result of a statement that has to change exactly what is there.
result<void> require_change(result<std::int64_t> changed, const std::string& missing);

/// Forgets the number of changed lines.
result<void> ignore_count(result<std::int64_t> changed);

} // namespace ulak::ledger
