// State of a rented number between its purchase and its end, and its form in the run's stored progress.
#pragma once

#include "core/error.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <ostream>
#include <string_view>

namespace ulak::kinds::otp {

/// Time since the purchase was answered.
using age = std::chrono::milliseconds;

/// An age that the clocks may leave open. Whoever must not be late goes by `most`; whoever must not be early, and
/// whoever gives up, by `least`, which never jumps: sleeps count on it.
struct age_range {
    template<class R, class P>
    age_range(std::chrono::duration<R, P> exact) : least(exact), most(exact)
    {}
    age_range(age least_, age most_) : least(least_), most(most_) {}

    age least, most;
};

/// Position in the number's life. Stored by name, so the names in number_state.cpp never change.
enum class stage {
    waiting,            ///< for the code
    poll_before_cancel, ///< a code that has just arrived is worth more than a refund
    cancelling,
    poll_after_cancel, ///< whatever the provider answered to the cancel
    retrying,          ///< sleeps before the next poll and cancel
    watching,          ///< nobody waits any longer and no cancel is possible: only the provider can end the number
    verifying_refund,  ///< reads the balance
    done
};

/// How the number ended. Stored by name.
enum class outcome {
    open,
    code,
    refunded,          ///< the refund is in the balance, or the provider documents it for this case
    ended_by_provider, ///< without a documented refund
    refund_missing,    ///< ended, but the balance shows no refund
    expired,           ///< no confirmation until the number's lifetime was over
    code_unreadable    ///< the provider reports a code and does not show it
};

struct state {
    stage at = stage::waiting;
    outcome ended_as = outcome::open;
    int polls = 0;                 ///< answered or failed, without a code
    int cancels = 0;               ///< requested, whatever the answer
    int cancels_confirmed = 0;     ///< accepted by the provider
    int unreadable_polls = 0;      ///< in a row, that reported a code and showed none
    bool cancel_requested = false; ///< by a person
    bool alarm_raised = false;     ///< an attention entry says that the price is at risk
    bool code_late = false;        ///< the code arrived after `code_wait`
    bool refund_seen = false;      ///< in the balance
    age wake_at{0};                ///< end of the current sleep
    age verifying_since{0};

    friend bool operator==(const state&, const state&) = default;
};

std::string_view name(stage s) noexcept;
std::string_view name(outcome o) noexcept;
std::ostream& operator<<(std::ostream& out, stage s);
std::ostream& operator<<(std::ostream& out, outcome o);

/// The `machine` object in the run's progress.
boost::json::object to_json(const state& s);
/// Errors
///   errc::contract  the stage or the outcome is missing or unknown; other missing fields read as zero
result<state> state_from(const boost::json::object& o);

} // namespace ulak::kinds::otp
