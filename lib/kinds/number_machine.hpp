// The life of one rented number after its purchase: wait, code, cancel, race, refund. Pure; time comes in as the
// number's age.
#pragma once

#include "core/error.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <ostream>
#include <string_view>

namespace ulak::kinds::otp {

/// Since the purchase was answered. Counted on, not read from a wall clock, while the process lives.
using age = std::chrono::milliseconds;

/// Cancels are repeated after 15, 30, 60, 120, 120 … seconds (Tamonay documents none; the others refuse early ones).
inline constexpr age first_cancel_retry = std::chrono::seconds(15);
inline constexpr age longest_cancel_retry = std::chrono::seconds(120);
/// One more try this long before the refund window closes.
inline constexpr age last_cancel_margin = std::chrono::seconds(5);
/// No provider keeps a number open longer after its purchase.
inline constexpr age number_lifetime = std::chrono::minutes(25);
/// So many looks may say that the code is here and show none, before it is told to a person.
inline constexpr int max_unreadable_polls = 3;
/// A refund is seen in the balance within this time, or it is missing.
inline constexpr age refund_visible_within = std::chrono::seconds(60);

struct rules {
    age code_wait{std::chrono::minutes(4)};
    age poll_first{std::chrono::seconds(3)}, poll_max{std::chrono::seconds(10)};
    age not_before{0}, free_until{std::chrono::minutes(10)};
    bool can_cancel = true;
    bool refund_verifiable = false; ///< the balance before the order is known and nobody else spends from the account
};

enum class stage {
    waiting,   ///< for the code
    poll_before_cancel, ///< a poll before a cancel
    cancelling,
    poll_after_cancel, ///< a poll after a cancel, whatever was answered
    retrying,     ///< sleeps before the next last look
    watching,     ///< given up without a cancel: only the provider can end it now
    verifying_refund,    ///< of the refund
    done
};

enum class outcome {
    open,
    code,
    refunded,       ///< given back; the refund was seen, or is as good as documented
    ended_by_provider,          ///< by the provider, without a documented refund
    refund_missing, ///< ended, and the balance shows no refund
    expired,        ///< nobody confirmed anything until the number's life was over
    code_unreadable      ///< the provider says that the code is here, and does not show it
};

enum class event {
    resumed, ///< the first of a process
    woke,
    cancel_requested, ///< by a person
    poll_waiting,
    poll_code,
    poll_ended,
    poll_failed,
    poll_unreadable, ///< the code is said to be here, and is not shown
    cancel_confirmed,
    cancel_refused,
    cancel_failed,
    refund_seen,
    refund_absent,
    refund_unknown
};

enum class action { poll, cancel, read_balance, sleep, finish };

struct state {
    stage at = stage::waiting;
    outcome ended_as = outcome::open;
    int polls = 0;
    int cancels = 0;       ///< answered, one way or the other
    int cancels_confirmed = 0; ///< cancels that the provider said yes to
    int unreadable_polls = 0;    ///< looks in a row that said that the code is here and showed none
    bool cancel_requested = false;
    bool alarm_raised = false; ///< the price at risk was told to a person
    bool code_late = false;    ///< the code came after `code_wait`
    bool refund_seen = false;    ///< the refund was seen in the balance
    age wake_at{0};
    age verifying_since{0};

    friend bool operator==(const state&, const state&) = default;
};

struct transition {
    state next_state;
    action next_action;
    bool alarm = false; ///< tell a person first: the price is at risk
};

/// Every happening is allowed in every stage; one that does not fit changes nothing but what is asked next.
transition step(const rules& r, state s, event h, age now);

std::string_view name(stage s) noexcept;
std::string_view name(outcome f) noexcept;
std::string_view name(event h) noexcept;
std::ostream& operator<<(std::ostream& out, stage s);
std::ostream& operator<<(std::ostream& out, outcome f);
std::ostream& operator<<(std::ostream& out, action a);

/// For the run's progress. What cannot be read is errc::contract.
boost::json::object to_json(const state& s);
result<state> state_from(const boost::json::object& o);

} // namespace ulak::kinds::otp
