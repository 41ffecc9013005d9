// Progress of an `otp.acquire` run, as the store keeps it.
#pragma once

#include "core/error.hpp"
#include "core/ids.hpp"
#include "core/money.hpp"
#include "kinds/otp_acquire/number_age.hpp"
#include "kinds/otp_acquire/number_state.hpp"
#include "kinds/purchase/reconcile.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::kinds::otp {

/// A number that is paid and has not come to its end.
struct held_number {
    effect_id effect{};
    std::string account{}, number_id{}, number{};
    std::size_t candidate = 0;
    money price{};                         ///< without a unit while it is unknown
    std::optional<money> balance_before{}; ///< before the order, where it can prove a refund
    order_times times{};
    state machine_state{};
    std::vector<std::string> digits_elsewhere{}; ///< see providers::number_status; not stored
    number_age age{};                            ///< not stored: begins anew in each process
};

/// Everything a run needs to go on after a restart. Committed together with what it records.
struct progress {
    int purchases = 0;              ///< costly calls so far; the n-th is step "number/n" of the run
    int adopted_purchase = 0;       ///< the latest one whose number the run took
    int numbers_bought = 0;         ///< counted against `settings::attempts`
    std::size_t next_candidate = 0; ///< first in the next round
    bool at_risk = false;           ///< an attention entry about a number of this run is open
    bool cancel_requested = false;  ///< by a person
    bool delivered = false;         ///< the code is in the run's result
    bool unsure = false;            ///< there are several that weigh the same

    // Of the latest purchase, written before it is sent: what evidence is compared with.
    boot_moment booked{}; ///< not long before it was sent
    std::optional<balance_snapshot> balance_before{};
    std::size_t candidate = 0;
    std::string service{}, operator_name{};
    bool price_unknown = false; ///< the whole budget is booked for it
    /// Ids in the provider's list right before the order, none of which is this order. Nothing: it could not be read.
    std::optional<std::vector<std::string>> listed_before{};

    std::optional<held_number> held{};
};

/// Makes the latest purchase's number the one that the run holds, and the next candidate the first of the next round.
void hold_number(progress& p, held_number n, std::size_t candidates);

boost::json::object to_json(const progress& p);
/// "" and "{}" are the beginning.
/// Errors
///   errc::contract  no JSON object, or the state of its number cannot be read
result<progress> progress_from(std::string_view text);

/// `result` of the run. `code` is null until it has come.
boost::json::object result_json(const held_number& n, const std::optional<std::string>& code, bool late);

} // namespace ulak::kinds::otp
