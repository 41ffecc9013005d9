#include "kinds/sms_send/tracker.hpp"

#include "core/failpoint.hpp"
#include "events/event_names.hpp"
#include "kinds/sms_send/recipient_source.hpp"
#include "kinds/waiting.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace ulak::kinds::sms {
namespace {

namespace json = boost::json;
using ledger::item_state;
using namespace std::chrono_literals;

/// Pauses between two rounds of reports.
constexpr std::chrono::milliseconds first_report_pause = 5s;
constexpr std::chrono::milliseconds longest_report_pause = 5min;
/// More queues than anybody reads in a result.
constexpr std::size_t max_queues_shown = 10'000;

ledger::item_query block_after(const run_id& run, std::vector<item_state> states, std::int64_t after)
{
    ledger::item_query q;
    q.run = run;
    q.states = std::move(states);
    q.after = after;
    q.limit = block_size;
    return q;
}

} // namespace

tracker::tracker(run_context& c, std::shared_ptr<providers::account> account, stored_progress& progress)
    : context_(c), account_(std::move(account)), progress_(progress), failures_(c)
{}

task<result<void>> tracker::find_queues()
{
    queues_.clear();
    for (std::int64_t after = -1;;) {
        auto query = block_after(context_.run().id,
                                 {item_state::submitted, item_state::delivered, item_state::undelivered}, after);
        auto block = co_await context_.store().items(std::move(query));
        if (!block)
            co_return block.error();
        if (block->empty())
            co_return result<void>();
        for (const ledger::item_record& i : *block) {
            auto& range = queues_.try_emplace(i.queue, queue_range{i.position, i.position, 0, 0}).first->second;
            range.last = i.position;
            ++range.recipients;
            range.unreported += i.state == item_state::submitted ? 1 : 0;
        }
        after = block->back().position;
    }
}

task<result<void>> tracker::save_result()
{
    json::array queues;
    for (const auto& [id, range] : queues_) {
        if (queues.size() == max_queues_shown)
            break;
        json::object q;
        q["id"] = id;
        q["recipients"] = range.recipients;
        queues.push_back(std::move(q));
    }
    json::object shown;
    shown["queues"] = std::move(queues);
    ledger::update_run fields(context_.run().id);
    fields.result = json::serialize(shown);
    return progress_.save(std::move(fields), ledger::batch());
}

bool tracker::in_time() const
{
    const auto& until = progress_->track_until;
    return until && (context_.clock().wall_now() < *until || !context_.clock().wall_doubt().empty());
}

task<stage_result> tracker::track()
{
    // Which queues are there, and which of them miss reports.
    auto found = co_await find_queues();
    if (!found)
        co_return stage_result::fail(context_, found.error());
    auto saved = co_await save_result();
    if (!saved)
        co_return stage_result::interrupt();
    auto open = queues_;
    std::erase_if(open, [](const auto& entry) { return entry.first.empty() || entry.second.unreported == 0; });

    // Rounds over the open queues, with growing pauses.
    // A cancellation that had ended the sending leaves the reports; one that comes now ends the run.
    const bool ended_by_cancel = context_.cancel_requested() && progress_->stop_reason;
    const auto told_to_end = [&] { return context_.cancel_requested() && !ended_by_cancel; };
    std::chrono::milliseconds pause = first_report_pause;
    while (!open.empty() && !told_to_end() && in_time()) {
        const auto left = *progress_->track_until - context_.clock().wall_now();
        // Past the end only while the clock is in doubt.
        const auto wait = left > left.zero() ? std::chrono::duration_cast<std::chrono::milliseconds>(left) : pause;
        co_await sleep_for(context_, std::min(pause, wait));
        for (auto at = open.begin(); at != open.end() && !context_.stopping() && !told_to_end();) {
            auto finished = co_await poll_report(at->first, at->second);
            if (!finished)
                co_return stage_result::fail(context_, finished.error());
            at = *finished ? open.erase(at) : std::next(at);
        }
        if (context_.stopping())
            co_return stage_result::interrupt();
        pause = std::min(pause * 2, longest_report_pause);
    }
    cancelled_ = told_to_end() && !open.empty();
    co_return stage_result::go_on();
}

/// True when nothing of this queue will change any more. Errors are those of the store.
task<result<bool>> tracker::poll_report(std::string queue, queue_range range)
{
    co_await reset_cancellation();
    auto report = co_await account_->sms->report(queue, context_.clock().now() + account_->read_timeout);
    ULAK_FAILPOINT("sms/reported");
    if (!report) {
        co_await failures_.report_failure(*account_, "sms.report", report.error());
        co_return false;
    }
    failures_.report_success(*account_, "sms.report");
    auto waiting = co_await apply_report(queue, range, *report);
    if (!waiting)
        co_return waiting.error();
    co_return report->finished || *waiting == 0;
}

/// Moves the items that the report names, a block per commit. The number of items that it does not name.
task<result<std::int64_t>> tracker::apply_report(const std::string& queue, const queue_range& range,
                                                 const providers::sms_report& report)
{
    const reports_by_phone reports = index_reports(report);
    report_moves sum;
    for (std::int64_t after = range.first - 1; after < range.last;) {
        auto query = block_after(context_.run().id, {item_state::submitted}, after);
        auto block = co_await context_.store().items(std::move(query));
        if (!block)
            co_return block.error();
        if (block->empty())
            break;
        after = block->back().position;
        auto found = moves_for(*block, context_.run().id, queue, range.last, reports);
        sum.delivered += found.delivered;
        sum.undelivered += found.undelivered;
        sum.waiting += found.waiting;
        if (found.moves.empty())
            continue;
        auto saved = co_await save_moves(std::move(found.moves));
        ULAK_FAILPOINT("sms/report-kept");
        if (!saved)
            co_return saved.error();
    }
    if (sum.delivered + sum.undelivered > 0) {
        auto published = co_await publish_report(queue, sum);
        if (!published)
            co_return published.error();
    }
    co_return sum.waiting;
}

task<result<void>> tracker::save_moves(std::vector<ledger::move_items> moves)
{
    ledger::batch changes;
    for (ledger::move_items& move : moves) {
        progress_.move_count(item_state::submitted, move.to, static_cast<std::int64_t>(move.positions.size()));
        changes.push_back(std::move(move));
    }
    return progress_.save(std::move(changes));
}

task<result<void>> tracker::publish_report(const std::string& queue, const report_moves& sum)
{
    json::object data;
    data["queue"] = queue;
    data["delivered"] = sum.delivered;
    data["undelivered"] = sum.undelivered;
    data["waiting"] = sum.waiting;
    auto reported =
        context_.event(*account_, events::send_report, events::level::info,
                       queue + ": " + std::to_string(sum.delivered) + " delivered, " + std::to_string(sum.undelivered) +
                           " not, " + std::to_string(sum.waiting) + " on their way",
                       std::move(data));
    ledger::batch changes;
    changes.push_back(std::move(reported));
    return progress_.save(std::move(changes));
}

} // namespace ulak::kinds::sms
