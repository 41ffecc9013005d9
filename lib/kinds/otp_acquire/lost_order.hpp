// An order that nobody answered, in the provider's own list of orders. Pure.
#pragma once

#include "ledger/records.hpp"
#include "providers/capability.hpp"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ulak::kinds::otp {

/// What was asked for, and what the list showed right before.
struct lost_order {
    lost_order() = default;

    ledger::effect_record effect{};
    std::string service{}, operator_name{};
    bool price_unknown = false; ///< what is expected is the worst case and no price
    std::optional<std::vector<std::string>> listed_before{};
    std::set<std::string> abandoned{}; ///< effects in doubt that nobody looks into any more
};

/// `found`: ours. Nothing and `absent`: the list is whole, and shows no new order that is not known to be another's of
/// ours. Nothing and not `absent`: the
/// list does not tell, for the reason in `evidence`.
struct list_evidence {
    explicit list_evidence(std::string evidence_ = {}) : evidence(std::move(evidence_)) {}

    std::optional<providers::number_order> found{};
    bool absent = false;
    std::string evidence;
};

/// An order may be ours if nobody of us owns it, it was not in the list before, its service, operator and price are
/// those that were asked for, and it was made at about that time. All of our purchases of that time that asked for the
/// same and of which nobody knows are alike, so if there are no more such orders than such purchases, each order goes
/// to one of them, see own_order; more are somebody else's among ours, and nobody can say which. Those that were
/// written off or given up may have brought about an order, and get none. `ours`: the effects of the account that own
/// an order of the list, that have no final outcome, or to which something happened since `alike_since`; those of them
/// that were under way when the list was read have been answered since. `shared`: without a list from before, an order
/// of another user cannot be told from ours. `read_at`: when the list was read.
list_evidence find_order(const std::vector<providers::listed_number>& listed, const lost_order& lost,
                     const std::vector<ledger::effect_record>& ours, bool shared, wall_point read_at);

/// Purchases that were sent before cannot have brought about an order that looks like the lost one.
wall_point similar_since(const ledger::effect_record& lost);

/// Whether this purchase, of which nobody knows whether it took place, may have brought about an order that looks like
/// the lost one.
bool is_similar(const ledger::effect_record& e, const ledger::effect_record& lost, wall_point read_at);

} // namespace ulak::kinds::otp
