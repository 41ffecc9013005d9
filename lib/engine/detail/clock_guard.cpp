#include "engine/detail/clock_guard.hpp"

#include "core/duration.hpp"
#include "core/failpoint.hpp"
#include "core/rfc3339.hpp"
#include "events/event_names.hpp"

#include <algorithm>
#include <utility>

namespace ulak::engine {
namespace {

using std::chrono::milliseconds;

/// The name of the stored setting.
constexpr char last_reading[] = "clock:last";
/// A clock may drift by an hour over the years; within a day it must not.
constexpr auto anchor_period = std::chrono::hours(24);
/// The last reading in the store is at most this old after a crash, and less where schedules fire. A clock that goes
/// back by less over a restart of the machine is not noticed.
constexpr auto keep_interval = std::chrono::hours(24);
/// While the clock is in doubt: whether NTP agrees by now.
constexpr auto doubt_interval = std::chrono::seconds(10);
/// No machine that runs this has an earlier time.
constexpr wall_point earliest_time(std::chrono::seconds(1'735'689'600)); // 2025-01-01

/// Nobody reads milliseconds in a jump of years.
std::string rounded_text(milliseconds by)
{
    return duration_text(std::chrono::floor<std::chrono::minutes>(by < by.zero() ? -by : by));
}

events::event jump_event(const clock_reading& now, milliseconds by, wall_point expected, const std::string& reason)
{
    events::event e(events::clock_jumped, events::level::error, reason);
    e.data["by_seconds"] = std::chrono::floor<std::chrono::seconds>(by).count();
    e.data["shows"] = rfc3339(now.wall);
    e.data["expected"] = rfc3339(expected);
    return e;
}

} // namespace

clock_guard::clock_guard(executor ex, async::clock& time, ledger::recorder& recorder, std::function<void()> on_trusted)
    : time_(time), recorder_(recorder), on_trusted_(std::move(on_trusted)), wakeup_(ex)
{}

clock_guard::~clock_guard()
{
    time_.forget_judge(*this);
}

task<result<void>> clock_guard::start()
{
    auto stored = co_await recorder_.store().settings(last_reading);
    if (!stored)
        co_return stored.error();
    const auto now = read_clocks(time_);
    const auto last = stored->empty() ? std::nullopt : clock_reading_from(stored->front().second);
    anchor_ = last.value_or(now);
    if (!last)
        anchor_.wall = std::max(anchor_.wall, earliest_time);
    // A machine that was off, with a clock that NTP keeps: that is no jump.
    else if (!same_boot(*last, now) && wall_drift(*last, now) > max_wall_step && time_.synchronised())
        anchor_ = now;
    time_.set_judge(*this);
    look();
    if (!jumped_)
        anchor_ = now;
    co_await publish_news();
    co_await keep_reading();
    co_return result<void>();
}

clock_reading clock_guard::look()
{
    const auto now = read_clocks(time_);
    const auto by = wall_drift(anchor_, now);
    const bool apart = by > max_wall_step || by < -max_wall_step;
    if (!jumped_ && apart)
        suspect(now, by);
    if (jumped_ && !apart)
        trust(same_boot(anchor_, now) ? anchor_ : now, "it is back where it should be");
    else if (jumped_ && time_.synchronised())
        trust(now, "NTP agrees");
    else if (!jumped_ && now.since_boot - anchor_.since_boot >= anchor_period)
        anchor_ = now;
    return now;
}

void clock_guard::suspect(const clock_reading& now, milliseconds by)
{
    jumped_ = by;
    news_.push_back(jump_event(now, by, now.wall - by, reason()));
    wakeup_.set();
}

/// `now` is what later readings are compared with.
void clock_guard::trust(const clock_reading& now, const std::string& why)
{
    anchor_ = now;
    jumped_.reset();
    news_.push_back(
        events::event(events::clock_trusted, events::level::notice, "the machine's clock is trusted again: " + why));
    kept_at_.reset();
    wakeup_.set();
    on_trusted_();
}

std::string clock_guard::reason() const
{
    if (!jumped_)
        return {};
    const bool ahead = *jumped_ > milliseconds(0);
    return "the machine's clock is " + rounded_text(*jumped_) + (ahead ? " ahead of" : " behind") +
           " the time that passed; schedules, purges and whatever costs wait until NTP agrees, or until a person has "
           "looked at `date` and says `ulakctl clock confirm`";
}

std::string clock_guard::doubt()
{
    look();
    return reason();
}

std::optional<wall_point> clock_guard::expected_wall()
{
    const auto now = look();
    return jumped_ ? std::optional(now.wall - wall_drift(anchor_, now)) : std::nullopt;
}

task<result<void>> clock_guard::confirm(std::uint32_t uid, std::int64_t pid)
{
    const auto now = look();
    if (!jumped_)
        co_return error(errc::conflict, "nobody doubts the machine's clock");
    trust(now, "uid " + std::to_string(uid) + " says that " + rfc3339(now.wall) + " is right");
    news_.back().data["uid"] = uid;
    news_.back().data["pid"] = pid;
    const bool told = co_await publish_news();
    const bool kept = co_await keep_reading();
    if (!told || !kept)
        co_return error(errc::unavailable, "the clock is trusted until the next start; the disk did not take it");
    co_return result<void>();
}

/// False: the disk refuses.
task<bool> clock_guard::publish_news()
{
    if (news_.empty())
        co_return true;
    auto news = std::exchange(news_, {});
    ledger::batch all;
    for (const auto& e : news)
        all.push_back(ledger::append_event{e});
    auto done = co_await recorder_.commit(std::move(all));
    if (!done)
        news_.insert(news_.begin(), news.begin(), news.end());
    co_return done.has_value();
}

ledger::put_setting clock_guard::reading_change() const
{
    return ledger::put_setting{last_reading, text_of(read_clocks(time_))};
}

/// Only a time that is trusted. False: the disk refuses.
task<bool> clock_guard::keep_reading()
{
    if (!doubt().empty())
        co_return true;
    ledger::batch all;
    all.push_back(reading_change());
    ULAK_FAILPOINT("clock/keep");
    auto done = co_await recorder_.commit(std::move(all));
    if (done)
        kept_at_ = time_.now();
    co_return done.has_value();
}

task<> clock_guard::loop()
{
    while (!stopping_) {
        const bool doubted = !doubt().empty();
        const bool told = co_await publish_news();
        bool kept = true;
        if (!doubted && (!kept_at_ || time_.now() - *kept_at_ >= keep_interval))
            kept = co_await keep_reading();
        const bool again = doubted || !told || !kept;
        const auto until = again || !kept_at_ ? time_.now() + doubt_interval : *kept_at_ + keep_interval;
        co_await wakeup_.wait(time_, until);
    }
    co_await keep_reading();
}

task<> clock_guard::watch()
{
    while (!stopping_) {
        const auto stopped = co_await time_.wait_until_set();
        if (stopped)
            co_return;
        wakeup_.set();
    }
}

void clock_guard::stop()
{
    stopping_ = true;
    wakeup_.set();
}

} // namespace ulak::engine
