#include "kinds/sms_send/forbidden_items.hpp"

#include <utility>

namespace ulak::kinds::sms {

using ledger::item_state;

reasons reasons_by_phone(const std::vector<ledger::forbidden_recipient>& forbidden, bool under_way)
{
    reasons all;
    for (const ledger::forbidden_recipient& f : forbidden)
        if (f.under_way == under_way)
            all.emplace(f.phone, f.reason);
    return all;
}

std::size_t take_out(std::vector<ledger::item_record>& chunk, const reasons& of)
{
    return std::erase_if(chunk, [&](const ledger::item_record& i) { return of.contains(i.phone); });
}

ledger::batch skip_changes(const run_id& run, const std::vector<ledger::item_record>& chunk, const reasons& left_out)
{
    std::map<std::string, ledger::move_items> moves;
    for (const ledger::item_record& i : chunk) {
        const auto found = left_out.find(i.phone);
        if (found == left_out.end())
            continue;
        ledger::move_items& move = moves[found->second];
        move.run = run;
        move.from = item_state::pending;
        move.to = item_state::skipped;
        move.reason = found->second;
        move.positions.push_back(i.position);
    }
    ledger::batch changes;
    for (auto& [reason, move] : moves)
        changes.push_back(std::move(move));
    return changes;
}

} // namespace ulak::kinds::sms
