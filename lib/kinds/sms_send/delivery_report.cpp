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

using moves_by_reason = std::map<std::string, ledger::move_items>;

void add_to(moves_by_reason& moves, const run_id& run, item_state to, const std::string& reason, std::int64_t position)
{
    moves.try_emplace(reason, move_from_submitted(run, to, reason)).first->second.positions.push_back(position);
}

void append(moves_by_reason& from, std::vector<ledger::move_items>& to)
{
    for (auto& [reason, move] : from)
        to.push_back(std::move(move));
}

} // namespace

reports_by_phone index_reports(const providers::sms_report& report)
{
    reports_by_phone all;
    for (const auto& entry : report.entries) {
        auto& known = all[phone_key(entry.digits)];
        if (known.state == delivery_state::waiting)
            known = {entry.state, printable(entry.provider_status, max_reason_length)};
    }
    return all;
}

report_moves moves_for(const std::vector<ledger::item_record>& block, const run_id& run, const std::string& queue,
                       std::int64_t last, const reports_by_phone& reports)
{
    report_moves found;
    auto delivered = move_from_submitted(run, item_state::delivered, "");
    moves_by_reason undelivered;
    for (const ledger::item_record& i : block) {
        if (i.queue != queue || i.position > last)
            continue;
        const auto report = reports.find(phone_key(i.phone));
        if (report == reports.end() || report->second.state == delivery_state::waiting) {
            ++found.waiting;
        } else if (report->second.state == delivery_state::delivered) {
            ++found.delivered;
            delivered.positions.push_back(i.position);
        } else {
            ++found.undelivered;
            add_to(undelivered, run, item_state::undelivered, report->second.reason, i.position);
        }
    }
    if (!delivered.positions.empty())
        found.moves.push_back(std::move(delivered));
    append(undelivered, found.moves);
    return found;
}

std::vector<ledger::move_items> closing_moves(const std::vector<ledger::item_record>& block, const run_id& run,
                                              const std::string& queue, std::int64_t last,
                                              const reports_by_phone& reports, const providers::sms_report& report)
{
    moves_by_reason open;
    for (const ledger::item_record& i : block) {
        if (i.queue != queue || i.position > last)
            continue;
        if (report.failed) {
            add_to(open, run, item_state::rejected, "order: the provider says that it failed: " + report.status,
                   i.position);
            continue;
        }
        const auto found = reports.find(phone_key(i.phone));
        const std::string word = found == reports.end() ? not_in_report : found->second.reason;
        if (!word.empty() && word != i.reason)
            add_to(open, run, item_state::submitted, word, i.position);
    }
    std::vector<ledger::move_items> moves;
    append(open, moves);
    return moves;
}

} // namespace ulak::kinds::sms
