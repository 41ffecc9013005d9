// The one way to buy: reserve, book, call, settle. Each stage is a type of its own and is consumed by the next one, so
// a call without an intent, a second call, and a settlement without a call do not compile.
//
//   stage      | type               | what is durable when it is reached
//   -----------|--------------------|----------------------------------------------------------------------------
//   1 reserved | reserved_purchase  | nothing; the account's permit is held and earlier purchases are reconciled
//   2 booked   | booked_purchase    | the budget and the intent, with the run's own changes, in one commit
//   3 call     | purchase_in_flight | `dispatched`, committed by the gate after TLS and before the first byte
//   4 settled  | settlement         | the outcome, the provider's id, the run's changes and the events, in one commit
#pragma once

#include "kinds/purchase/answer.hpp"
#include "kinds/purchase/record.hpp"
#include "kinds/run_context.hpp"
#include "providers/capability.hpp"

#include <memory>
#include <utility>

namespace ulak::kinds {

struct outgoing_call;

/// A booked purchase whose gate was handed out. Dropping it leaves the effect open: recovery or reconciliation has to
/// find out what became of it.
class [[nodiscard]] purchase_in_flight {
  public:
    /// The id under which the intent was booked.
    effect_id effect() const noexcept { return record_->id; }

    /// Writes the outcome with `changes`, which belong to `answer.classified_as`. Returns only when it is on disk,
    /// however long the disk refuses, and cannot be cancelled. Releases the permit.
    /// An accepted answer becomes `ambiguous` when its provider's id belongs to another purchase; then `if_ambiguous`
    /// is committed in place of `changes`. Changes that the store refuses are left out: the outcome counts. An
    /// ambiguous outcome raises attention in the same commit. Errors: those of the store that even the bare outcome
    /// meets.
    task<result<settlement>> settle(purchase_answer answer, ledger::batch changes, ledger::batch if_ambiguous) &&;
    task<result<settlement>> settle(purchase_answer answer, ledger::batch changes) &&;

  private:
    friend class booked_purchase;
    explicit purchase_in_flight(std::unique_ptr<purchase_record> record) noexcept : record_(std::move(record)) {}

    std::unique_ptr<purchase_record> record_;
};

/// A purchase whose budget and intent are durable.
class [[nodiscard]] booked_purchase {
  public:
    effect_id effect() const noexcept { return record_->id; }

    /// Hands out the gate, once, with the stage that settles what comes of it.
    outgoing_call call() &&;

  private:
    friend class reserved_purchase;
    explicit booked_purchase(std::unique_ptr<purchase_record> record) noexcept : record_(std::move(record)) {}

    std::unique_ptr<purchase_record> record_;
};

/// `gate` holds the call's deadline and commits `dispatched`, if everything still allows the call (`last_look`). It
/// refuses with errc::transient when the day changed since the booking, for each day's budget pays for its own, or the
/// machine's clock came into doubt, and with the codes of `last_look`. It is valid as long as `purchase`.
struct [[nodiscard]] outgoing_call {
    providers::purchase_gate gate;
    purchase_in_flight purchase;
};

/// The account's permit is held: until it is dropped nobody else of ours buys in its place. What has to be looked at
/// before a purchase (price, balance, list) is looked at now.
class [[nodiscard]] reserved_purchase {
  public:
    /// The id under which `book` writes the intent, for changes that name it. Made at the first call.
    effect_id effect();

    /// Commits the budget, the intent and the run's own `changes`. Nothing is bought on an error:
    /// - errc::budget: a limit would be exceeded; `budget.hit` is published
    /// - errc::conflict: an earlier attempt at this step, or another one of a run that buys one at a time, may have
    ///   taken effect
    /// - errc::unavailable: the disk refuses
    /// - errc::cancelled: the daemon stops
    task<result<booked_purchase>> book(ledger::batch changes) &&;

  private:
    friend task<result<reserved_purchase>> reserve(run_context& c, purchase_request request);
    explicit reserved_purchase(std::unique_ptr<purchase_record> record) noexcept : record_(std::move(record)) {}

    std::unique_ptr<purchase_record> record_;
};

/// Waits for one of the account's permits, then until the ambiguous purchases of other runs there are reconciled, then
/// until the machine's clock is trusted: budgets of a day and sending windows go by it.
/// The context must outlive every stage. errc::cancelled: the run was cancelled while it waited, or the daemon stops.
task<result<reserved_purchase>> reserve(run_context& c, purchase_request request);

} // namespace ulak::kinds
