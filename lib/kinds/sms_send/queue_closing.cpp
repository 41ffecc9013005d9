#include "kinds/sms_send/queue_closing.hpp"

#include "core/text.hpp"
#include "events/event_names.hpp"
#include "kinds/purchase/sms_price.hpp"
#include "kinds/sms_send/recipient_source.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace ulak::kinds::sms {
namespace {

namespace json = boost::json;

/// Queues whose report is told to an operator in one entry.
constexpr std::size_t max_grave_reports = 100;

} // namespace

using ledger::item_state;

ledger::item_query block_after(const run_id& run, std::vector<item_state> states, std::int64_t after)
{
    ledger::item_query q;
    q.run = run;
    q.states = std::move(states);
    q.after = after;
    q.limit = block_size;
    return q;
}

task<result<void>> save_item_moves(stored_progress& progress, std::vector<ledger::move_items> moves)
{
    ledger::batch changes;
    for (ledger::move_items& move : moves) {
        progress.move_count(item_state::submitted, move.to, static_cast<std::int64_t>(move.positions.size()));
        changes.push_back(std::move(move));
    }
    return progress.save(std::move(changes));
}

/// The last report of a queue: its words stand with those who stay open, differences are told, and its cost is booked.
task<result<void>> queue_closing::close(const std::string& queue, const queue_range& range,
                                        const providers::sms_report& report)
{
    const reports_by_phone reports = index_reports(report);
    auto seen = co_await write_last_words(queue, range, reports, report);
    if (!seen)
        co_return seen.error();
    std::optional<money> planned;
    if (known_segment_price(account_))
        planned = price_of_segments(account_, range.segments);
    // An order that is not due yet has an empty report, which is none.
    const bool is_report = report.finished || report.total || !report.entries.empty();
    ledger::batch changes;
    if (is_report)
        changes = difference_changes(queue, weigh_report(range, *seen, reports, report, planned));
    auto charge = charge_changes(range, report, planned);
    std::move(charge.begin(), charge.end(), std::back_inserter(changes));
    if (changes.empty())
        co_return result<void>();
    co_return co_await progress_.save(std::move(changes));
}

/// Goes through all items of the queue, a block per commit. How many of them the report names.
task<result<report_coverage>> queue_closing::write_last_words(const std::string& queue, const queue_range& range,
                                                              const reports_by_phone& reports,
                                                              const providers::sms_report& report)
{
    report_coverage seen;
    for (std::int64_t after = range.first - 1; after < range.last;) {
        auto query = block_after(context_.run().id,
                                 {item_state::submitted, item_state::delivered, item_state::undelivered}, after);
        auto block = co_await context_.store().items(std::move(query));
        if (!block)
            co_return block.error();
        if (block->empty())
            break;
        after = block->back().position;
        seen.count(*block, queue, range.last, reports);
        std::erase_if(*block, [](const ledger::item_record& i) { return i.state != item_state::submitted; });
        auto moves = closing_moves(*block, context_.run().id, queue, range.last, reports, report);
        if (moves.empty())
            continue;
        auto saved = co_await save_item_moves(progress_, std::move(moves));
        if (!saved)
            co_return saved.error();
    }
    co_return seen;
}

ledger::batch queue_closing::difference_changes(const std::string& queue, const report_differences& found)
{
    ledger::batch changes;
    if (found.all.empty())
        return changes;
    const std::string text = "the report of " + queue + ": " + join(found.all, "; ");
    if (!found.grave.empty() && progress_->grave_reports.size() < max_grave_reports)
        progress_->grave_reports[queue] = join(found.grave, "; ");
    json::object data;
    data["queue"] = queue;
    data["differences"] = json::array(found.all.begin(), found.all.end());
    data["grave"] = !found.grave.empty();
    changes.push_back(context_.event(account_, events::report_mismatch, events::level::warning, text, std::move(data)));
    return changes;
}

/// Books what the provider tells. Empty where that is what was booked, or where it tells nothing.
ledger::batch queue_closing::charge_changes(const queue_range& range, const providers::sms_report& report,
                                            const std::optional<money>& planned)
{
    ledger::batch changes;
    const auto cost = told_cost(report, account_.unit);
    if (!cost)
        return changes;
    const auto delivered = std::ranges::count(report.entries, providers::sms_report::delivery_state::delivered,
                                              &providers::sms_report::entry::state);
    if (delivered == range.recipients)
        learn_segment_price(account_, *cost, range.segments);
    if (range.effect.empty() || (planned && cost->amount == planned->amount && account_.unit == "credits"))
        return changes;
    ledger::move_effect move(range.effect, ledger::effect_state::accepted);
    move.charged = *cost;
    move.at = context_.clock().wall_now();
    changes.push_back(std::move(move));
    return changes;
}

} // namespace ulak::kinds::sms
