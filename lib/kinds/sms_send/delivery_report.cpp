#include "kinds/sms_send/delivery_report.hpp"

#include "core/text.hpp"

#include <utility>

namespace ulak::kinds::sms {
namespace {

using ledger::item_state;
using delivery_state = providers::sms_report::delivery_state;

constexpr std::size_t max_reason_length = 60;

ledger::move_items move_from_submitted(const run_id& run, item_state to, std::string reason)
{
    ledger::move_items move;
    move.run = run;
    move.from = item_state::submitted;
    move.to = to;
    move.reason = std::move(reason);
    return move;
}

} // namespace

reports_by_phone index_reports(const providers::sms_report& report)
{
    reports_by_phone all;
    for (const auto& entry : report.entries)
        if (entry.state != delivery_state::waiting)
            all[phone_key(entry.digits)] = {entry.state == delivery_state::delivered,
                                            printable(entry.provider_status, max_reason_length)};
    return all;
}

report_moves moves_for(const std::vector<ledger::item_record>& block, const run_id& run, const std::string& queue,
                       std::int64_t last, const reports_by_phone& reports)
{
    report_moves found;
    auto delivered = move_from_submitted(run, item_state::delivered, "");
    std::map<std::string, ledger::move_items> undelivered;
    for (const ledger::item_record& i : block) {
        if (i.queue != queue || i.position > last)
            continue;
        const auto report = reports.find(phone_key(i.phone));
        if (report == reports.end()) {
            ++found.waiting;
        } else if (report->second.delivered) {
            ++found.delivered;
            delivered.positions.push_back(i.position);
        } else {
            ++found.undelivered;
            const std::string& reason = report->second.reason;
            undelivered.try_emplace(reason, move_from_submitted(run, item_state::undelivered, reason))
                .first->second.positions.push_back(i.position);
        }
    }
    if (!delivered.positions.empty())
        found.moves.push_back(std::move(delivered));
    for (auto& [reason, move] : undelivered)
        found.moves.push_back(std::move(move));
    return found;
}

} // namespace ulak::kinds::sms
