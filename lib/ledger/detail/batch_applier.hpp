// Carries out the changes of one batch, each by the table that it concerns. Private to the module.
#pragma once

#include "ledger/change.hpp"
#include "ledger/detail/database.hpp"

namespace ulak::ledger {

/// What a batch made.
struct batch_result {
    batch_result() = default;

    std::vector<std::int64_t> event_seqs{}; ///< numbers of its events, in their order
    bool more_to_purge = false;             ///< a purge stopped at its limit
};

/// A visitor of `change`. It works inside a transaction that the caller opened and that the caller undoes when a change
/// fails: what was written until then stays in it. errc::unavailable is the disk; every other error is the batch's own.
class batch_applier {
  public:
    /// Both references must outlive the applier.
    batch_applier(database& db, batch_result& made) noexcept : db_(db), result_(made) {}

    result<void> operator()(const create_run& c);
    result<void> operator()(const update_run& c);
    result<void> operator()(const intend& c);
    result<void> operator()(const move_effect& c);
    result<void> operator()(const check_call& c);
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
    result<void> operator()(const note_identity& c);
    result<void> operator()(const adopt_identity& c);
    result<void> operator()(const purge& c);

  private:
    database& db_;
    batch_result& result_;
};

} // namespace ulak::ledger
