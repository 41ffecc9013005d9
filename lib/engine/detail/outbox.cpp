#include "engine/detail/outbox.hpp"

#include "core/failpoint.hpp"
#include "engine/detail/attempt_changes.hpp"
#include "engine/detail/program_notice.hpp"
#include "engine/detail/sms_notice.hpp"
#include "engine/detail/webhook_notice.hpp"

#include <boost/system/system_error.hpp>

#include <algorithm>
#include <system_error>
#include <variant>

namespace ulak::engine {
namespace {

constexpr std::size_t batch_limit = 256;
/// How soon a notice of a run under way is seen: its kind commits it without waking the outbox.
constexpr auto poll_interval = std::chrono::milliseconds(1000);
/// A sleep longer than this is cut, so that a step of the clock is noticed.
constexpr auto longest_sleep = std::chrono::minutes(10);
/// Notices that wait for a later attempt are asked for with those that are due.
constexpr auto horizon = std::chrono::hours(24 * 365 * 100);
/// No attempt lies further ahead: a clock that was ahead has set it, and would keep the notice for years.
constexpr auto furthest_attempt = std::chrono::hours(1);

/// Frees a channel, whatever ends its deliveries.
class busy_mark {
  public:
    busy_mark(std::set<std::string, std::less<>>& busy, std::string channel, auto_reset_event& wakeup)
        : busy_(busy), channel_(std::move(channel)), wakeup_(wakeup)
    {}
    busy_mark(const busy_mark&) = delete;
    busy_mark& operator=(const busy_mark&) = delete;
    ~busy_mark()
    {
        busy_.erase(channel_);
        wakeup_.set();
    }

  private:
    std::set<std::string, std::less<>>& busy_;
    std::string channel_;
    auto_reset_event& wakeup_;
};

} // namespace

outbox::due_notices outbox::group_by_channel(std::vector<ledger::notice_record> waiting) const
{
    due_notices due;
    const auto now = shared_.wall();
    for (auto& notice : waiting) {
        if (notice.next_at <= now || notice.next_at > now + furthest_attempt) {
            if (must_wait(notice.channel))
                continue;
            if (!busy_channels_.contains(notice.channel)) // else it is read again when the channel is free
                due.by_channel[notice.channel].push_back(std::move(notice));
        } else if (!due.next || notice.next_at < *due.next) {
            due.next = notice.next_at;
        }
    }
    return due;
}

/// What costs waits while the clock is in doubt; the outbox is woken when that is over.
bool outbox::must_wait(const std::string& channel) const
{
    const auto found = shared_.notify_channels->find(channel);
    const bool costs =
        found != shared_.notify_channels->end() && std::holds_alternative<sms_channel>(found->second.destination);
    return costs && !shared_.wall_trusted();
}

std::optional<async::steady_point> outbox::wake_time(const due_notices& due, bool disk_refused) const
{
    std::optional<std::chrono::milliseconds> sleep;
    if (disk_refused || runs_.any_notify_rules())
        sleep = poll_interval;
    if (due.next) {
        const auto wait =
            std::clamp<std::chrono::milliseconds>(*due.next - shared_.wall(), poll_interval, longest_sleep);
        sleep = std::min(sleep.value_or(wait), wait);
    }
    return sleep ? std::optional(shared_.steady_in(*sleep)) : std::nullopt;
}

task<> outbox::loop()
{
    while (!shared_.stopping) {
        auto waiting = co_await shared_.store().notices_due(shared_.wall() + horizon, batch_limit);
        const bool disk_refused = !waiting;
        due_notices due;
        if (waiting)
            due = group_by_channel(std::move(*waiting));
        for (auto& [channel, notices] : due.by_channel) {
            busy_channels_.insert(channel);
            shared_.background_tasks.spawn("notices to " + channel, deliver(channel, std::move(notices)));
        }
        const auto until = wake_time(due, disk_refused);
        co_await shared_.notice_wakeup.wait(shared_.deps.time, until);
    }
}

task<> outbox::deliver(std::string channel, std::vector<ledger::notice_record> due)
{
    const busy_mark mark(busy_channels_, channel, shared_.notice_wakeup);
    for (auto& notice : due) {
        if (shared_.stopping)
            break;
        const bool stored = co_await deliver_one(channel, std::move(notice));
        if (!stored)
            break;
    }
}

/// False: the disk refused the outcome, and the notice will be delivered again.
task<bool> outbox::deliver_one(std::string channel, ledger::notice_record record)
{
    const parsed_notice notice(std::move(record));
    ULAK_FAILPOINT("notice/send");
    auto made = co_await send_to_channel(channel, notice);
    if (made.failure && made.failure->code == errc::cancelled && shared_.stopping)
        co_return true; // no attempt: the daemon stops
    ULAK_FAILPOINT("notice/sent");
    auto changes = attempt_changes(notice, made, shared_.wall(), shared_.wall_trusted());
    auto done = co_await shared_.deps.recorder.commit(std::move(changes));
    ULAK_FAILPOINT("notice/settled");
    if (!done)
        co_await shared_.deps.time.sleep_for(poll_interval);
    co_return done.has_value();
}

task<attempt> outbox::send_to_channel(const std::string& channel, const parsed_notice& notice)
{
    const auto held = shared_.notify_channels; // a reload may put others in their place
    const auto found = held->find(channel);
    if (found == held->end())
        co_return attempt(error(errc::not_found, "there is no channel " + channel + " any more"), false);
    auto& destination = found->second.destination;
    if (const auto* sms = std::get_if<sms_channel>(&destination))
        co_return co_await deliver_by_sms(shared_, *sms, notice);
    // What the machine lacks (descriptors, threads) shows as an exception of the libraries below. No money hangs on it.
    std::string lacks;
    try {
        if (auto* hook = std::get_if<webhook>(&destination))
            co_return co_await deliver_to_webhook(shared_, *hook, notice);
        co_return co_await deliver_to_program(shared_, std::get<program>(destination), notice);
    } catch (const boost::system::system_error& e) {
        lacks = e.what();
    } catch (const std::system_error& e) {
        lacks = e.what();
    }
    co_return attempt(error(errc::unavailable, "the machine refuses: " + lacks), true);
}

} // namespace ulak::engine
