// An order that nobody answered, in the provider's own list of orders. Pure.
#pragma once

#include "ledger/records.hpp"
#include "providers/capability.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ulak::kinds::otp {

/// What was asked for, and what the list showed right before.
struct lost_order {
    lost_order() = default;

    ledger::effect_record effect{};
    std::string service{}, operator_name{};
    std::optional<std::vector<std::string>> known{};
};

/// `found`: ours. Nothing and `absent`: the list is whole, and shows no new order that is not known to be another's of
/// ours. Nothing and not `absent`: the
/// list does not tell, for the reason in `evidence`.
struct list_word {
    explicit list_word(std::string evidence_ = {}) : evidence(std::move(evidence_)) {}

    std::optional<providers::number_order> found{};
    bool absent = false;
    std::string evidence;
};

/// An order may be ours if nobody of us owns it, it was not in the list before, its service, operator and price are
/// those that were asked for, and it was made at about that time. All of our purchases in doubt that asked for the same
/// are alike, so if there are no more such orders than such purchases, each gets one, in their order; more are somebody
/// else's among ours, and nobody can say which. `ours`: all effects of the account. `shared`: without a list from
/// before, an order of another user cannot be told from ours.
list_word find_order(const std::vector<providers::listed_number>& listed, const lost_order& lost,
                     const std::vector<ledger::effect_record>& ours, bool shared, wall_point now);

} // namespace ulak::kinds::otp
