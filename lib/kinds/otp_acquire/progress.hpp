// Where a run of `otp.acquire` stands, as it is kept in the store.
#pragma once

#include "kinds/doubt.hpp"
#include "kinds/otp_machine.hpp"
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
    std::string account{}, id{}, number{};
    std::size_t candidate = 0;
    money price{};
    std::optional<money> before{}; ///< the balance before the order, where it can prove a refund
    wall_point ordered_at{};
    state machine{};
};

struct progress {
    progress() = default;

    int tries = 0; ///< costly calls so far; each is a step of its own
    int taken = 0; ///< the try whose number was taken over last
    int bought = 0;
    std::size_t next = 0; ///< the candidate that comes first in the next round
    bool at_risk = false; ///< an entry in `attention` is open
    bool by_person = false;
    bool delivered = false;
    std::optional<balance_snapshot> before{}; ///< of the order that is under way, as all up to `known`
    std::size_t candidate = 0;
    std::string service{}, operator_name{};
    bool unpriced = false; ///< no price could be read: the whole budget is booked
    /// The provider's list of orders right before it: what is in it is not ours. None: it could not be read.
    std::optional<std::vector<std::string>> known{};
    std::optional<held_number> held{};
};

boost::json::object to_json(const progress& p);
/// errc::contract if it cannot be read. "{}" is the beginning.
result<progress> progress_from(std::string_view text);

/// `result` of the run; `code` is null while it has not come.
boost::json::object result_json(const held_number& n, const std::optional<std::string>& code, bool late);

} // namespace ulak::kinds::otp
