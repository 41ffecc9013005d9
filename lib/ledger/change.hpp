// The changes that a ledger commits. A batch of them is one transaction: all of it is on disk, or nothing.
#pragma once

#include "ledger/records.hpp"

#include <variant>

namespace ulak::ledger {

/// errc::conflict when another run has the id or the `unique_key`; errc::gone when a purged run had the key.
struct create_run {
    run_record run{};
};

/// Sets what is given. A final state takes no other state, except that `attention` may become succeeded or failed when
/// its last entry is resolved. errc::conflict otherwise; errc::not_found for an unknown run.
struct update_run {
    update_run() = default;
    explicit update_run(run_id id_) : id(std::move(id_)) {}

    run_id id{};
    std::optional<run_state> state{};
    std::optional<std::string> progress{}, counts{}, result{};
    std::optional<std::string> error_code{}, error_message{};
    std::optional<wall_point> started_at{}, finished_at{};
    std::optional<bool> cancel_asked{};
    std::optional<run_wait> waits{}; ///< a state that is not `paused` ends what was waited for
};

/// Books an effect as `intent`. errc::budget when a limit would be passed (the error names the limit, what is spent and
/// what was asked); errc::conflict when an earlier attempt at the step may have taken effect.
struct intend {
    effect_record effect{};
    std::vector<budget_limit> limits{};
};

/// errc::conflict for a transition that does not exist, for `accepted` without a provider_ref, and for a
/// provider_ref that another effect of the account owns. The run's `spent` follows by itself.
struct move_effect {
    move_effect() = default;
    move_effect(effect_id id_, effect_state to_) : id(std::move(id_)), to(to_) {}

    effect_id id{};
    effect_state to = effect_state::intent;
    std::string provider_ref{}; ///< empty: unchanged
    std::optional<money> charged{};
    std::string evidence{}; ///< empty: unchanged
    wall_point at{};
};

/// The store's last word on a costly call, asked in the transaction that commits it as dispatched or as repeated. It
/// changes nothing; the batch is refused with
///   errc::cancelled   the run was asked to cancel, or has ended
///   errc::paused      the run is paused
///   errc::denied_now  somebody of `recipients` may not be messaged; the text says how many, and why
struct check_call {
    check_call() = default;

    run_id run{}; ///< empty: the call does not depend on its run, as a notice on its end
    recipient_rules recipients{};
};

/// Adds a refund to an effect (`amount` in the effect's unit); the state stays.
struct refund_effect {
    refund_effect() = default;

    effect_id id{};
    decimal amount{};
    wall_point at{};
};

/// Inserts the recipients of a run; a position that exists is left as it is.
struct add_items {
    run_id run{};
    std::vector<item_record> items{};
};

/// Moves items forward. A recipient never goes back, except that `submitting` returns to `pending` when its effect was
/// proven not sent or not executed. Either by positions or by effect (all of its items, narrowed by `from`).
struct move_items {
    move_items() = default;

    run_id run{};
    std::vector<std::int64_t> positions{};
    effect_id by_effect{};
    std::optional<item_state> from{};
    bool all_or_none = false; ///< errc::conflict where one of the positions is not in `from`
    item_state to = item_state::pending;
    std::string reason{};
    std::optional<effect_id> effect{};  ///< set on the items
    std::optional<std::string> queue{}; ///< set on the items
};

/// Up to which moment the firings of a schedule are decided.
struct set_watermark {
    std::string job{}, schedule_text{};
    wall_point at{};
};

/// Its number comes back in the receipt.
struct append_event {
    events::event event;
};

/// Opens an entry, or updates one that is open. errc::conflict for one that was settled as the same kind.
struct raise_attention {
    attention_record entry{};
};

/// errc::not_found for an unknown entry, errc::conflict for one that is settled.
struct resolve_attention {
    std::string id{};
    std::string outcome{};
    std::uint32_t operator_uid = 0;
    wall_point at{};
};

/// errc::conflict for an id that exists.
struct put_notice {
    notice_record notice{};
};
/// The outcome of an attempt to deliver. errc::not_found for an unknown notice.
struct update_notice {
    notice_id id{};
    bool sent = false, given_up = false;
    int attempts = 0;
    wall_point next_at{};
    std::string last_error{};
};

/// A number that is suppressed already gets the new reason.
struct suppress {
    suppression_record entry{};
};
struct unsuppress {
    std::string phone{};
};

struct record_balance {
    balance_record balance{};
};

/// Free-form state of the engine that must survive: paused jobs, a balance job's alarm state. Empty value: removed.
struct put_setting {
    std::string name{}, value{};
};

/// Keys of the results of one kind's runs.
struct result_keys {
    std::string kind{};
    std::vector<std::string> keys{};
};

/// Keeps what an identity stands for. Effects of the account that have none, because an older version booked them,
/// become its own.
struct note_identity {
    identity_record identity{};
    std::string account{};
};

/// What the account bought under identity `from` was bought under `to`: a person says that they are one wallet.
/// errc::conflict when both own the same provider's id.
struct adopt_identity {
    std::string account{}, from{}, to{};
};

/// Rows of each table that one purge deletes, so that no other commit waits long behind it.
inline constexpr std::int64_t purge_slice = 500;

/// Deletes what is older: codes; recipients with all that people and providers wrote (detail/text_purge.hpp); runs,
/// events, sent notices. Effects stay, with their amounts. What waits for a person or for evidence is kept whole,
/// however old. One change is one slice: the receipt says whether there is more to delete. A purge that is not
/// continued has only kept more.
struct purge {
    std::optional<wall_point> runs_before{}, items_before{}, codes_before{};
    std::vector<result_keys> secrets{};       ///< wiped from result and progress with `codes_before`
    std::vector<result_keys> numbers{};       ///< wiped from the result with `items_before`
    std::vector<std::string> kept_progress{}; ///< kinds whose progress stays with the run
    /// Of recipients that are deleted and got a message since then, a keyed hash stays with its time; older ones are
    /// forgotten. nullopt: none is made, and none is forgotten.
    std::optional<wall_point> messaged_since{};
    std::int64_t limit = purge_slice; ///< rows of a table
};

using change =
    std::variant<create_run, update_run, intend, move_effect, check_call, refund_effect, add_items, move_items,
                 set_watermark, append_event, raise_attention, resolve_attention, put_notice, update_notice, suppress,
                 unsuppress, record_balance, put_setting, note_identity, adopt_identity, purge>;

/// Applied in their order.
using batch = std::vector<change>;

} // namespace ulak::ledger
