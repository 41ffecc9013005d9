// State machine of a rented number after its purchase: wait for the code, cancel for the refund, and settle the race
// between the two. Pure: time comes in as the number's age, and the driver carries out the actions.
#pragma once

#include "kinds/otp_acquire/number_state.hpp"

#include <chrono>
#include <ostream>

namespace ulak::kinds::otp {

/// Cancels are repeated after 15, 30, 60, 120, 120 … seconds (Tamonay documents none; the others refuse early ones).
inline constexpr age first_cancel_retry = std::chrono::seconds(15);
inline constexpr age longest_cancel_retry = std::chrono::seconds(120);
/// One more cancel is tried this long before the refund window closes.
inline constexpr age last_cancel_margin = std::chrono::seconds(5);
/// No provider keeps a number open longer after its purchase.
inline constexpr age number_lifetime = std::chrono::minutes(25);
/// More polls in a row than this that report a code and show none raise an attention entry.
inline constexpr int max_unreadable_polls = 3;
/// A refund that the balance does not show within this time is missing.
inline constexpr age refund_visible_within = std::chrono::seconds(60);

/// Time limits and abilities that hold for one number.
struct rules {
    age code_wait{std::chrono::minutes(4)};
    age poll_first{std::chrono::seconds(3)}, poll_max{std::chrono::seconds(10)};
    age not_before{0};                        ///< the provider refuses cancels earlier than this
    age free_until{std::chrono::minutes(10)}; ///< end of the refund window
    bool can_cancel = true;
    bool refund_verifiable = false; ///< the balance before the order is known and nobody else spends from the account
};

enum class event {
    resumed, ///< the first event in a process
    woke,
    cancel_requested, ///< by a person
    poll_waiting,
    poll_code,
    poll_ended,
    poll_failed,
    poll_unreadable, ///< the provider reports a code and does not show it
    cancel_confirmed,
    cancel_refused,
    cancel_failed, ///< no answer: the provider may have cancelled
    refund_seen,
    refund_absent,
    refund_unknown ///< the balance cannot be read, or proves nothing
};

enum class action { poll, cancel, read_balance, sleep, finish };

/// `next_action` is carried out in `next_state`, whose answer is the next event.
struct transition {
    state next_state;
    action next_action;
    bool alarm = false; ///< raise the attention entry first: the price is at risk
};

/// stage               event                        next stage          action
/// ------------------  ---------------------------  ------------------  -------------------------------------------
/// waiting, watching   resumed, woke                same                poll
/// verifying_refund    resumed, woke                same                read_balance
/// others but done     resumed, woke                poll_before_cancel  poll
/// any but done        woke before `wake_at`        same                sleep
/// waiting, watching   cancel_requested             poll_before_cancel  poll
/// retrying,           cancel_requested             same                sleep
///   verifying_refund
/// any but done        poll_code                    done: code          finish
/// any but done        poll_ended                   verifying_refund    read_balance, where the refund is verifiable
///                                                  done: refunded      finish, where a refund is documented
///                                                  done: ended_by_…    finish
/// waiting, watching   poll_unreadable              same                sleep
/// others but done     poll_unreadable              retrying            sleep
/// any but done        poll_unreadable, 4th in row  done: code_unread…  finish with alarm
/// waiting             poll_waiting, poll_failed    waiting             sleep, until `code_wait` is over
/// waiting afterwards, poll_waiting, poll_failed    cancelling          cancel
///   watching,                                      retrying            sleep until `not_before`, if that is ahead
///   poll_before_…                                  watching            sleep, where no cancel is possible …
///                                                  done: expired       … finish with alarm, at the end of its life
/// cancelling          cancel_…                     poll_after_cancel   poll
/// poll_after_cancel   poll_waiting, poll_failed    retrying            sleep; alarm after the refund window
///                     …, at the end of its life    done: expired       finish with alarm
///                     poll_waiting, confirmed 2 x  as poll_ended       the poll only lags behind
/// verifying_refund    refund_seen                  done: refunded      finish
///                     refund_absent, _unknown      same                sleep, for a minute
///                     refund_absent afterwards     done: refund_miss…  finish with alarm
///                     refund_unknown afterwards    done: refunded      finish: the provider's word stands
/// done                any                          done                finish
///
/// The alarm is raised once per number. Any event is allowed in any stage: an unexpected one costs at most a poll.
///
/// Of an age that is in doubt (age_range): the waiting for the code and the refund window go by the larger one;
/// `not_before`, the end of its life and all pauses by the smaller one. Where `not_before` by the one would miss the
/// window by the other, the cancel is tried: a refusal costs nothing.
transition step(const rules& r, state s, event e, age_range now);

/// Polls around a cancel and repeated sleeps need not be stored: after a restart the machine begins with a poll anyway.
bool must_be_stored(stage before, const transition& t);

std::ostream& operator<<(std::ostream& out, event e);
std::ostream& operator<<(std::ostream& out, action a);

} // namespace ulak::kinds::otp
