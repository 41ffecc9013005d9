// The records of the ledger as plain values. Times are wall times; JSON fields are texts that Ulak wrote itself.
#pragma once

#include "core/error.hpp"
#include "core/ids.hpp"
#include "core/money.hpp"
#include "core/wall_time.hpp"
#include "events/event.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ulak::ledger {

/// Of a run; the last four are final.
enum class run_state { queued, running, paused, succeeded, failed, cancelled, attention };
/// Of an item; stored by its number, so the order is part of the schema.
enum class item_state { pending, skipped, submitting, submitted, delivered, undelivered, rejected, ambiguous };

/// A costly call. `intent` → `dispatched` (on disk before the first request byte) → an outcome.
enum class effect_state {
    intent,
    abandoned, ///< cancelled before dispatch
    not_sent,  ///< proven: no request byte left
    dispatched,
    accepted, ///< has a provider_ref
    rejected,
    rate_limited,
    ambiguous,
    not_executed, ///< evidence: it did not take effect
    orphaned,     ///< charged, but the provider's id is lost
    refunded,     ///< was orphaned, and the money came back
    written_off
};

/// The names under which states are stored and shown; parsing returns nullopt for any other text.
std::string_view name(run_state s) noexcept;
std::string_view name(item_state s) noexcept;
std::string_view name(effect_state s) noexcept;
std::optional<run_state> parse_run_state(std::string_view text) noexcept;
std::optional<item_state> parse_item_state(std::string_view text) noexcept;
std::optional<effect_state> parse_effect_state(std::string_view text) noexcept;
bool is_final(run_state s) noexcept; ///< succeeded failed cancelled attention

/// What a run that is `paused` waits for. Empty: it does not wait.
struct run_wait {
    run_wait() = default;
    explicit run_wait(std::string why, std::optional<wall_point> until_ = {}) : what(std::move(why)), until(until_) {}

    std::string what{};                ///< "window", or "resume" of one that a person holds
    std::optional<wall_point> until{}; ///< nullopt: nobody knows
    bool operator==(const run_wait&) const = default;
};
/// `run_wait::what` of a run that a person holds.
inline constexpr char waits_for_resume[] = "resume";
inline constexpr char waits_for_window[] = "window";

/// One execution of a job.
struct run_record {
    run_record() = default;

    run_id id{};
    std::string job{}, kind{};
    run_state state = run_state::queued;
    std::string trigger{};      ///< "manual", "schedule", "api"
    std::string unique_key{};   ///< empty or "schedule:JOB:TEXT:DUE" or "key:IDEMPOTENCY-KEY": two runs never share one
    std::string definition{};   ///< the job file's text that this run follows, also after the file changes
    std::string params{"{}"};   ///< JSON object
    std::string progress{"{}"}; ///< JSON: the kind's own state, from which a restart continues
    std::string counts{};       ///< JSON or empty
    std::string result{};       ///< JSON or empty
    std::string error_code{}, error_message{};
    wall_point created_at{};
    std::optional<wall_point> due_at{}, started_at{}, finished_at{};
    money spent{}; ///< net of refunds; the unit is empty before the first effect
    bool cancel_asked = false;
    std::string only{}; ///< "failed", "rejected" or "unsent": the run goes on with those recipients of `of` alone
    run_id of{};        ///< empty: the run has a list of its own
    run_wait waits{};
};

/// One recipient of a bulk send. `position` counts from 0 in the order of the list, and is the key within the run.
struct item_record {
    item_record() = default;

    std::int64_t position = 0;
    std::string phone{}; ///< ten digits; for an invalid line what stood there, printable and cut
    item_state state = item_state::pending;
    std::string reason{}; ///< of skipped, rejected, undelivered: "invalid", "duplicate", "opt-out" …
    std::string text{};   ///< empty: the run's common text
    int segments = 0;
    std::string queue{}; ///< the provider's id of the send that holds it
    effect_id effect{};
    bool holds = true; ///< it was listed to be sent, as against one that was skipped at once; the store keeps it so
};

/// One costly call, from its intent to its outcome.
struct effect_record {
    effect_record() = default;

    effect_id id{};
    run_id run{};
    std::string step{}; ///< "number/1", "chunk/3", "order": one effect per step takes place
    int attempt = 1;
    std::string job{}, account{}, provider{}, operation{};
    std::string identity{}; ///< of the account when this was booked; empty: an older version booked it
    effect_state state = effect_state::intent;
    money expected{};               ///< what it should cost
    std::optional<money> charged{}; ///< what it did cost, once known
    decimal refunded{};
    std::string digest{}; ///< sha256 of the request, without secrets
    std::string provider_ref{};
    std::string evidence{}; ///< JSON or text, redacted
    wall_point intended_at{};
    std::optional<wall_point> dispatched_at{}, settled_at{};
};

/// What an account is, whatever its name: a login at a site. `login` tells two logins apart and gives none away.
struct identity_record {
    identity_record() = default;

    std::string id{}; ///< of all three: what effects keep
    std::string provider{}, base_url{}, login{};
};

/// Something that only a person can settle. Its id is the effect's where there is one.
struct attention_record {
    attention_record() = default;

    std::string id{};
    run_id run{};
    std::string job{}, account{}, kind{}; ///< kind: "ambiguous", "orphaned", "refund-missing", "stalled" …
    money amount{};
    wall_point at{};
    std::string evidence{};
    effect_id effect{};                         ///< empty: none
    std::string outcome{};                      ///< empty while open, else done, not-done, write-off
    std::optional<std::uint32_t> resolved_by{}; ///< uid
    std::optional<wall_point> resolved_at{};
};

/// A message of the outbox to a channel. `id` stays over retries.
struct notice_record {
    notice_record() = default;

    notice_id id{};
    std::string channel{};
    std::string moment{}; ///< "done", "firing" …
    std::string body{};   ///< JSON as the webhook gets it
    int attempts = 0;
    wall_point next_at{};
    std::string last_error{};
    bool sent = false, given_up = false;
};

/// A number to which nothing is sent.
struct suppression_record {
    suppression_record() = default;

    std::string phone{};
    std::string reason{};
    wall_point at{};
};

/// Whom a call may reach: nobody on the opt-out list; with `messaged_since` nobody to whom any run sent, or may have
/// sent, a message at that time or later. Calls that are booked and not yet dispatched do not count: the first that is
/// dispatched has the recipient. It has not got the message before that call is answered: see `under_way`.
struct recipient_rules {
    recipient_rules() = default;

    std::vector<std::string> phones{}; ///< ten digits each
    std::optional<wall_point> messaged_since{};
    /// A call that was dispatched at this time or later may be answered yet. What was dispatched before counts as a
    /// message, whatever became of it; so does every call without this time.
    std::optional<wall_point> answered_from{};
    std::string reached_job{}; ///< nobody whom a run of this job reached, or may have reached, ...
    run_id reached_after{};    ///< ... that is newer than this one
    effect_id except{};        ///< a call whose own recipients do not count as messaged: that which is repeated
};

/// Somebody who may not be messaged.
struct forbidden_recipient {
    forbidden_recipient() = default;

    std::string phone{};
    std::string reason{};   ///< "opt-out", "sent-within" or "reached", as the items have it
    bool under_way = false; ///< by a call alone that is not answered yet: it may be refused, and this is over then
};

/// A balance as a provider reported it.
struct balance_record {
    balance_record() = default;

    std::string account{};
    money balance{};
    wall_point at{};
};

/// What a job, account or day cost, net of refunds. `open`: booked for effects whose outcome is not known.
struct spend_total {
    std::string key{};
    money spent{};
    money open{};
    std::int64_t effects = 0;
};

/// A budget: at most `limit` over all effects that match and are or may be paid (intent … accepted,
/// ambiguous, orphaned, written_off; less refunds). Empty fields match all. `since`: intended at or after it.
struct budget_limit {
    budget_limit() = default;

    std::string name{}; ///< "run", "day", "account-day": appears in the error
    std::string run{}, job{}, account{};
    std::string identity{}; ///< with an account: what other names of the same login spent counts, too
    std::optional<wall_point> since{};
    money limit{};
};

} // namespace ulak::ledger
