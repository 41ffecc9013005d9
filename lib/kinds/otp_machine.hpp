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
inline constexpr age first_cancel_pause = std::chrono::seconds(15);
inline constexpr age longest_cancel_pause = std::chrono::seconds(120);
/// One more try this long before the refund window closes.
inline constexpr age before_window_closes = std::chrono::seconds(5);
/// No provider keeps a number open longer after its purchase.
inline constexpr age number_lives = std::chrono::minutes(25);
/// So many looks may say that the code is here and show none, before it is told to a person.
inline constexpr int most_unreadable = 3;
/// A refund is seen in the balance within this time, or it is missing.
inline constexpr age refund_shows_within = std::chrono::seconds(60);

struct rules {
    age code_wait{std::chrono::minutes(4)};
    age poll_first{std::chrono::seconds(3)}, poll_max{std::chrono::seconds(10)};
    age not_before{0}, free_until{std::chrono::minutes(10)};
    bool can_cancel = true;
    bool verifiable = false; ///< the balance before the order is known and nobody else spends from the account
};

enum class stage {
    waiting,   ///< for the code
    last_look, ///< a poll before a cancel
    cancelling,
    after_cancel, ///< a poll after a cancel, whatever was answered
    retrying,     ///< sleeps before the next last look
    watching,     ///< given up without a cancel: only the provider can end it now
    verifying,    ///< of the refund
    done
};

enum class fate {
    open,
    code,
    returned,       ///< given back; the refund was seen, or is as good as documented
    ended,          ///< by the provider, without a documented refund
    refund_missing, ///< ended, and the balance shows no refund
    expired,        ///< nobody confirmed anything until the number's life was over
    unreadable      ///< the provider says that the code is here, and does not show it
};

enum class happening {
    resumed, ///< the first of a process
    tick,
    cancel_asked, ///< by a person
    poll_waiting,
    poll_code,
    poll_ended,
    poll_failed,
    poll_unreadable, ///< the code is said to be here, and is not shown
    cancel_ok,
    cancel_refused,
    cancel_failed,
    refund_seen,
    refund_absent,
    refund_unknown
};

enum class act { poll, cancel, read_balance, sleep, finish };

struct state {
    stage at = stage::waiting;
    fate end = fate::open;
    int polls = 0;
    int cancels = 0;       ///< answered, one way or the other
    int confirmations = 0; ///< cancels that the provider said yes to
    int unreadable = 0;    ///< looks in a row that said that the code is here and showed none
    bool by_person = false;
    bool alarmed = false; ///< the price at risk was told to a person
    bool late = false;    ///< the code came after `code_wait`
    bool seen = false;    ///< the refund was seen in the balance
    age wake{0};
    age verifying_since{0};

    friend bool operator==(const state&, const state&) = default;
};

struct turn {
    state next;
    act what;
    bool alarm = false; ///< tell a person first: the price is at risk
};

/// Every happening is allowed in every stage; one that does not fit changes nothing but what is asked next.
turn step(const rules& r, state s, happening h, age now);

std::string_view name(stage s) noexcept;
std::string_view name(fate f) noexcept;
std::string_view name(happening h) noexcept;
std::ostream& operator<<(std::ostream& out, stage s);
std::ostream& operator<<(std::ostream& out, fate f);
std::ostream& operator<<(std::ostream& out, act a);

/// For the run's progress. What cannot be read is errc::contract.
boost::json::object to_json(const state& s);
result<state> state_from(const boost::json::object& o);

} // namespace ulak::kinds::otp
