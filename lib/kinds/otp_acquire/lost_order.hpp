// Finds an order whose answer was lost in the provider's own list of orders. Pure.
#pragma once

#include "ledger/records.hpp"
#include "providers/capability.hpp"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ulak::kinds::otp {

/// The ambiguous purchase, what it asked for, and what the list showed right before it.
struct lost_order {
    lost_order() = default;

    ledger::effect_record effect{};
    std::string service{}, operator_name{};
    bool price_unknown = false; ///< the effect's expected amount is the worst case and no price
    std::optional<std::vector<std::string>> listed_before{}; ///< ids; nothing: the list could not be read
    std::set<std::string> abandoned{};                       ///< ambiguous effects that nobody reconciles any more
};

/// What the list says of the lost order
///   found              it is this one
///   absent             the list is complete, and every order in it belongs to another purchase or was there before
///   neither            the list proves nothing, for the reason in `evidence`
struct list_evidence {
    explicit list_evidence(std::string evidence_ = {}) : evidence(std::move(evidence_)) {}

    std::optional<providers::number_order> found{};
    bool absent = false;
    std::string evidence; ///< for an operator
};

/// An order may be the lost one if no purchase of ours owns it, it was not listed before, and it has the service,
/// operator and price that were asked for and about the right time. Purchases of ours that asked for the same at about
/// that time and are ambiguous too are similar: such an order may be theirs.
///
///   case, the first that applies                               evidence
///   ---------------------------------------------------------  ------------------------------------------------------
///   an order of ours was in flight when the list was read      nothing
///   no order may be the lost one                               absent, if the list is complete and explained
///   some may; the account is shared, the list from before lost  nothing: they may be another user's
///   more may than there are similar purchases                  nothing: one of them is another user's
///   else                                                       found, if order_of gives one to the lost purchase
///
/// `ours`: the account's effects that own an order of the list, that have no final outcome, or that changed since
/// `similar_since`; those that were in flight when the list was read have been answered by now.
/// `shared`: others buy at the account too. `read_at`: when the list was read.
list_evidence find_order(const std::vector<providers::listed_number>& listed, const lost_order& lost,
                         const std::vector<ledger::effect_record>& ours, bool shared, wall_point read_at);

} // namespace ulak::kinds::otp
