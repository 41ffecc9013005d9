// The delivery reports, asked for with growing pauses until everything is known or the time is over.
#include "kinds/sms_send/sms_run.hpp"
#include "kinds/waiting.hpp"

#include "core/failpoint.hpp"
#include "core/text.hpp"
#include "events/event_names.hpp"

#include <algorithm>

namespace ulak::kinds::sms {
namespace {

using ledger::item_state;
using report_state = providers::sms_report::delivery_state;
using namespace std::chrono_literals;

constexpr std::chrono::milliseconds first_report_wait = 5s;
constexpr std::chrono::milliseconds longest_pause = 5min;
constexpr std::size_t max_reason_length = 60;

} // namespace

/// One pass over what was submitted: which queues there are, and where their items lie.
task<result<void>> sms_run::find_queues()
{
    queues_.clear();
    ledger::item_query q;
    q.run = context_.run().id;
    q.states = {item_state::submitted, item_state::delivered, item_state::undelivered};
    q.limit = block_size;
    while (true) {
        auto copy = q;
        auto reading = context_.store().items(std::move(copy));
        auto page = co_await std::move(reading);
        if (!page)
            co_return page.error();
        if (page->empty())
            co_return result<void>();
        for (const ledger::item_record& i : *page) {
            auto& range = queues_.try_emplace(i.queue, queue_range{i.position, i.position, 0, 0}).first->second;
            range.last = i.position;
            ++range.recipients;
            range.unreported += i.state == item_state::submitted ? 1 : 0;
        }
        q.after = page->back().position;
    }
}

task<std::optional<ending>> sms_run::track()
{
    auto found = co_await find_queues();
    if (!found)
        co_return co_await stopped_or_failed(found.error());
    auto kept = co_await save_result();
    if (!kept)
        co_return ending::stopped();
    auto open = queues_;
    std::erase_if(open, [](const auto& entry) { return entry.first.empty() || entry.second.unreported == 0; });
    std::chrono::milliseconds pause = first_report_wait;
    while (!open.empty() && !context_.cancel_requested() && progress_.track_until && context_.clock().wall_now() < *progress_.track_until) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*progress_.track_until - context_.clock().wall_now());
        co_await sleep_for(context_, std::min(pause, left));
        for (auto at = open.begin(); at != open.end() && !context_.stopping() && !context_.cancel_requested();) {
            const std::string queue = at->first;
            const queue_range range = at->second;
            auto asking = poll_report(queue, range);
            auto over = co_await std::move(asking);
            if (!over)
                co_return co_await stopped_or_failed(over.error());
            at = *over ? open.erase(at) : std::next(at);
        }
        if (context_.stopping())
            co_return ending::stopped();
        pause = std::min(pause * 2, longest_pause);
    }
    tracking_cancelled_ = context_.cancel_requested() && !open.empty();
    co_return std::nullopt;
}

/// True: nothing of this queue will change any more. Errors are those of the store; the provider's wait for the next
/// round.
task<result<bool>> sms_run::poll_report(const std::string& queue, const queue_range& range)
{
    co_await reset_cancellation();
    auto asking = account_->sms->report(queue, context_.clock().now() + account_->read_timeout);
    auto report = co_await std::move(asking);
    ULAK_FAILPOINT("sms/reported");
    if (!report) {
        auto telling = read_failures_.report_failure(*account_, "sms.report", report.error());
        co_await std::move(telling);
        co_return false;
    }
    read_failures_.report_success(*account_, "sms.report");
    auto taking = apply_report(queue, range, *report);
    auto left = co_await std::move(taking);
    if (!left)
        co_return left.error();
    co_return report->finished || *left == 0;
}

namespace {

struct item_report {
    report_state state = report_state::waiting;
    std::string reason{};
};

using reports_by_phone = std::map<std::uint64_t, item_report>;

reports_by_phone index_reports(const providers::sms_report& report)
{
    reports_by_phone all;
    for (const auto& line : report.entries)
        if (line.state != report_state::waiting)
            all[phone_key(line.digits)] = {line.state, printable(line.provider_status, max_reason_length)};
    return all;
}

ledger::move_items move_to(const run_id& run, item_state to, std::string reason)
{
    ledger::move_items move;
    move.run = run;
    move.from = item_state::submitted;
    move.to = to;
    move.reason = std::move(reason);
    return move;
}

} // namespace

/// Moves the items of the queue that the report knows about; how many are left without a word.
task<result<std::int64_t>> sms_run::apply_report(const std::string& queue, const queue_range& range,
                                                const providers::sms_report& report)
{
    const reports_by_phone known = index_reports(report);
    std::int64_t left = 0, delivered = 0, undelivered = 0;
    for (std::int64_t after = range.first - 1; after < range.last;) {
        ledger::item_query q;
        q.run = context_.run().id;
        q.states = {item_state::submitted};
        q.after = after;
        q.limit = block_size;
        auto reading = context_.store().items(std::move(q));
        auto page = co_await std::move(reading);
        if (!page)
            co_return page.error();
        if (page->empty())
            break;
        after = page->back().position;
        auto arrived = move_to(context_.run().id, item_state::delivered, "");
        std::map<std::string, ledger::move_items> failed;
        for (const ledger::item_record& i : *page) {
            if (i.queue != queue || i.position > range.last)
                continue;
            const auto found = known.find(phone_key(i.phone));
            if (found == known.end()) {
                ++left;
            } else if (found->second.state == report_state::delivered) {
                arrived.positions.push_back(i.position);
            } else {
                const std::string& word = found->second.reason;
                failed.try_emplace(word, move_to(context_.run().id, item_state::undelivered, word))
                    .first->second.positions.push_back(i.position);
            }
        }
        ledger::batch changes;
        const auto add = [&](ledger::move_items move, std::int64_t& sum) {
            if (move.positions.empty())
                return;
            const auto n = static_cast<std::int64_t>(move.positions.size());
            sum += n;
            move_count(item_state::submitted, move.to, n);
            changes.push_back(std::move(move));
        };
        add(std::move(arrived), delivered);
        for (auto& [word, move] : failed)
            add(std::move(move), undelivered);
        if (changes.empty())
            continue;
        auto kept = co_await save(std::move(changes));
        ULAK_FAILPOINT("sms/report-kept");
        if (!kept)
            co_return kept.error();
    }
    if (delivered + undelivered > 0) {
        boost::json::object data;
        data["queue"] = queue;
        data["delivered"] = delivered;
        data["undelivered"] = undelivered;
        data["waiting"] = left;
        auto told = context_.event(events::send_report, events::level::info,
                             queue + ": " + std::to_string(delivered) + " delivered, " + std::to_string(undelivered) +
                                 " not, " + std::to_string(left) + " on their way",
                             std::move(data));
        told.event.account = account_->name;
        told.event.provider = account_->provider;
        ledger::batch changes;
        changes.push_back(std::move(told));
        auto kept = co_await save(std::move(changes));
        if (!kept)
            co_return kept.error();
    }
    co_return left;
}

} // namespace ulak::kinds::sms
