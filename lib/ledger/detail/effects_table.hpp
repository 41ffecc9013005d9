// The table of effects: every costly call, booked before it leaves and moved on as its outcome becomes known.
// Its history is written by triggers of the schema.
// Private to the module; every call comes from the thread of the store, writes inside a transaction of the caller.
#pragma once

#include "ledger/change.hpp"
#include "ledger/detail/database.hpp"

namespace ulak::ledger {

class effects_table {
  public:
    /// The database must outlive the table.
    explicit effects_table(database& db) noexcept : db_(db) {}

    /// Books an effect as `intent`. Errors:
    ///   errc::invalid_argument  a record without id, a later state, or an amount that no call can cost
    ///   errc::not_found         an unknown run
    ///   errc::conflict          an earlier attempt at the step may have taken effect
    ///   errc::budget            a limit would be passed
    result<void> book(const intend& c);

    /// Moves an effect to another state, with what is known by then. Errors:
    ///   errc::not_found  an unknown effect
    ///   errc::conflict   a transition that does not exist, `accepted` without a provider_ref, a second provider_ref,
    ///                    or one that another effect of the account owns
    result<void> move(const move_effect& c);

    /// Adds a refund; the state stays. errc::not_found for an unknown effect, errc::invalid_argument for an amount
    /// that no refund can have.
    result<void> refund(const refund_effect& c);

    /// The key by which items refer to the effect; none for an empty id. errc::not_found for an unknown one.
    result<std::optional<std::int64_t>> key_of(const effect_id& id);
    /// Widens the range of positions in which the items of an effect are looked for.
    result<void> extend_item_span(std::int64_t key, std::int64_t first, std::int64_t last);

  private:
    result<void> check_attempts(const effect_record& e);
    result<void> check_ref_owner(const move_effect& c);

    database& db_;
};

} // namespace ulak::ledger
