// The recipients of one call, as the store has them.
#pragma once

#include "core/phone.hpp"
#include "kinds/run_context.hpp"

#include <string>
#include <vector>

namespace ulak::kinds::sms {

/// The items of a call of any run that is under way, ambiguous or written off, in their order. Errors are those of the
/// store.
task<result<std::vector<ledger::item_record>>> items_of(run_context& c, ledger::effect_record call);

/// Their numbers, in the order of the items: the same items give the same call.
std::vector<phone> numbers_of(const std::vector<ledger::item_record>& items);

/// The ten digits of a call's numbers, sorted, to be compared with what a provider reports.
task<result<std::vector<std::string>>> sorted_numbers_of(run_context& c, ledger::effect_record call);

} // namespace ulak::kinds::sms
