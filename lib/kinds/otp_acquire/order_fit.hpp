// Compares orders of the provider's list, and purchases of ours, with an order whose answer was lost. Pure.
#pragma once

#include "kinds/otp_acquire/lost_order.hpp"

#include <string>
#include <vector>

namespace ulak::kinds::otp {

/// The list showed it before the lost order was sent.
bool was_listed_before(const std::string& id, const lost_order& lost);

/// False: the id is a number, and lower than one that was listed before. Numeric ids only grow.
bool has_newer_id(const std::string& id, const lost_order& lost);

/// When the purchase was sent, or booked if that is all that is known.
wall_point sent_at(const ledger::effect_record& e);

/// Service, operator, price and time are those of the lost order, as far as the list shows them. Times may differ by
/// five minutes. `now`: when the list was read.
bool matches_request(const providers::listed_number& n, const lost_order& lost, wall_point now);

/// No order since the lost one is missing: the list goes back to before it and, unless it is shorter than any page, has
/// the newest first. An account without earlier orders needs a list shorter than any page.
bool is_complete(const std::vector<providers::listed_number>& listed, const lost_order& lost);

/// By id: numbers grow, so "99" is older than "100".
bool is_older(const providers::listed_number* a, const providers::listed_number* b);

/// Purchases sent earlier cannot have brought about an order that looks like the lost one.
wall_point similar_since(const ledger::effect_record& lost);

/// The purchase asked for the same at about the same time, and may have brought about an order that looks like the lost
/// one: it is ambiguous or was written off.
bool is_similar(const ledger::effect_record& e, const ledger::effect_record& lost, wall_point read_at);

} // namespace ulak::kinds::otp
