#include "kinds/sms_send/report_check.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <utility>

namespace ulak::kinds::sms {
namespace {

using delivery_state = providers::sms_report::delivery_state;

constexpr char credits[] = "credits";

std::int64_t entries_in(const reports_by_phone& reports, delivery_state state)
{
    return std::ranges::count_if(reports, [=](const auto& entry) { return entry.second.state == state; });
}

std::string people(std::int64_t n)
{
    return counted(static_cast<std::size_t>(n), "recipient");
}

/// What the provider counts, and what its own list shows.
void compare_counter(report_differences& found, std::string_view what, std::optional<std::int64_t> counter,
                     std::int64_t listed)
{
    if (counter && *counter != listed)
        found.add("it counts " + std::to_string(*counter) + " " + std::string(what) + " and lists " +
                      std::to_string(listed),
                  false);
}

bool is_whole(const decimal& amount)
{
    return amount.micros() % decimal::scale == 0;
}

} // namespace

void report_coverage::count(const std::vector<ledger::item_record>& block, const std::string& queue, std::int64_t last,
                            const reports_by_phone& reports)
{
    for (const ledger::item_record& i : block)
        if (i.queue == queue && i.position <= last)
            ++(reports.contains(phone_key(i.phone)) ? named : missing);
}

void report_differences::add(std::string what, bool is_grave)
{
    if (is_grave)
        grave.push_back(what);
    all.push_back(std::move(what));
}

report_differences weigh_report(const queue_range& sent, const report_coverage& seen, const reports_by_phone& reports,
                                const providers::sms_report& report, const std::optional<money>& planned)
{
    report_differences found;
    // While it goes on, a provider may list those alone of whom it has something to say.
    const bool lists_all = report.finished || (report.total && *report.total < sent.recipients);
    if (seen.missing > 0 && lists_all && !report.failed)
        found.add(std::to_string(seen.missing) + " of " + people(seen.named + seen.missing) +
                      " cannot be found in the report",
                  true);
    const auto foreign = static_cast<std::int64_t>(reports.size()) - seen.named;
    if (foreign > 0)
        found.add("it has " + std::to_string(foreign) + " more to whom nothing was sent", false);
    if (report.total && *report.total != sent.recipients)
        found.add("it is about " + people(*report.total) + ", " + std::to_string(sent.recipients) + " were sent",
                  false);
    if (report.finished && !report.failed && !report.entries.empty()) {
        compare_counter(found, "delivered", report.delivered, entries_in(reports, delivery_state::delivered));
        compare_counter(found, "not delivered", report.undelivered, entries_in(reports, delivery_state::undelivered));
    }
    if (planned)
        if (const auto cost = told_cost(report, planned->unit); cost && cost->amount > planned->amount)
            found.add(cost->text() + " were charged, " + planned->text() + " were planned", true);
    return found;
}

std::optional<money> told_cost(const providers::sms_report& report, const std::string& unit)
{
    if (!report.cost || (unit == credits && !is_whole(*report.cost)))
        return std::nullopt;
    // While it goes on, a zero only says that nothing is charged yet.
    if (!report.finished && report.cost->zero())
        return std::nullopt;
    return money(*report.cost, unit);
}

} // namespace ulak::kinds::sms
