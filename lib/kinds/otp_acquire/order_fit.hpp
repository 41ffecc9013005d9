// An order of the provider's list, held against one that nobody answered. Pure; private to this folder.
#pragma once

#include "kinds/otp_acquire/lost_order.hpp"

#include <string>
#include <vector>

namespace ulak::kinds::otp {

/// It was in the list before the lost one was asked for.
bool was_listed_before(const std::string& id, const lost_order& lost);

/// Ids only grow, where they are numbers.
bool has_newer_id(const std::string& id, const lost_order& lost);

wall_point sent_at(const ledger::effect_record& e);

/// Its service, operator, price and time are those of the lost one, as far as the list shows them.
bool matches_request(const providers::listed_number& n, const lost_order& lost, wall_point now);

/// It shows an order from before the lost one, and, unless it is shorter than any page, the newest come first: nothing
/// newer can be missing. Where there were no orders before it has to be shorter than any page.
bool is_complete(const std::vector<providers::listed_number>& listed, const lost_order& lost);

/// Ids that are numbers grow: "99" comes before "100".
bool is_older(const providers::listed_number* a, const providers::listed_number* b);

} // namespace ulak::kinds::otp
