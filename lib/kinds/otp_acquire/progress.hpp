// Where a run of `otp.acquire` stands, as it is kept in the store.
#pragma once

#include "kinds/purchase/reconcile.hpp"
#include "kinds/number_machine.hpp"
#include "ledger/records.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <vector>

namespace ulak::kinds::otp {

/// A number that is paid and not yet driven to its end.
struct held_number {
    held_number() = default;

    effect_id effect{};
    std::string account{}, number_id{}, number{};
    std::size_t candidate = 0;
    money price{};
    std::optional<money> balance_before{}; ///< the balance before the order, where it can prove a refund
    wall_point ordered_at{};
    state machine_state{};
};

struct progress {
    progress() = default;

    int purchases = 0; ///< costly calls so far; each is a step of its own
    int adopted_purchase = 0; ///< the try whose number was taken over last
    int numbers_bought = 0;
    std::size_t next_candidate = 0; ///< the candidate that comes first in the next round
    bool at_risk = false; ///< an entry in `attention` is open
    bool cancel_requested = false;
    bool delivered = false;
    std::optional<balance_snapshot> balance_before{}; ///< of the order that is under way, as all up to `known`
    std::size_t candidate = 0;
    std::string service{}, operator_name{};
    bool price_unknown = false; ///< no price could be read: the whole budget is booked
    /// The provider's list of orders right before it: what is in it is not ours. None: it could not be read.
    std::optional<std::vector<std::string>> listed_before{};
    std::optional<held_number> held{};
};

boost::json::object to_json(const progress& p);
/// errc::contract if it cannot be read. "{}" is the beginning.
result<progress> progress_from(std::string_view text);

/// `result` of the run; `code` is null while it has not come.
boost::json::object result_json(const held_number& n, const std::optional<std::string>& code, bool late);

} // namespace ulak::kinds::otp
