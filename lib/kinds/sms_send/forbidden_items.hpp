// Recipients of a chunk who may not be messaged. Pure.
#pragma once

#include "ledger/change.hpp"
#include "ledger/records.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

using reasons = std::map<std::string, std::string, std::less<>>;

/// `under_way`: of those alone whom a call may still reach, or of the others.
reasons reasons_by_phone(const std::vector<ledger::forbidden_recipient>& forbidden, bool under_way);

/// How many were taken out of the chunk.
std::size_t take_out(std::vector<ledger::item_record>& chunk, const reasons& of);

/// Each reason is a move of its own.
ledger::batch skip_changes(const run_id& run, const std::vector<ledger::item_record>& chunk, const reasons& left_out);

} // namespace ulak::kinds::sms
