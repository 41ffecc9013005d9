// Sending: the next group of pending recipients with the same text, when it may go.
#include "core/failpoint.hpp"
#include "kinds/sms_send/job.hpp"
#include "kinds/waiting.hpp"

#include <algorithm>

namespace ulak::kinds::sms {

using ledger::item_state;
using ledger::run_state;
using namespace std::chrono_literals;

/// The opt-out list is read again when it is older than this.
constexpr std::chrono::milliseconds suppressed_stay_fresh = 1s;

measured_text session::text_of(const ledger::item_record& item) const
{
    if (item.text.empty() && p_.common)
        return *p_.common;
    auto m = measure(item.text, limits_);
    return m ? *m : measured_text();
}

task<std::optional<ending>> session::rehearse()
{
    if (!s_.first || p_.stop)
        co_return std::nullopt;
    if (!p_.rehearsed) {
        auto reading = next_group();
        auto group = co_await std::move(reading);
        if (!group)
            co_return co_await in_trouble(group.error());
        if (group->empty())
            co_return std::nullopt;
        look_again(); // the group was only looked at
        items trial;
        for (const std::string& number : s_.first->to) {
            ledger::item_record i;
            i.phone = number;
            i.segments = group->front().segments;
            trial.push_back(std::move(i));
        }
        auto waiting = wait_for_turn(trial);
        auto over = co_await std::move(waiting);
        if (over)
            co_return over;
        if (!suppressed_.empty())
            std::erase_if(trial,
                          [&](const ledger::item_record& i) { return suppressed_.contains(as_number(i.phone)); });
        std::vector<phone> numbers;
        for (const ledger::item_record& i : trial)
            numbers.push_back(phone::parse(i.phone).value());
        if (!numbers.empty()) {
            const measured_text text = text_of(group->front());
            auto sending = send("rehearsal", std::move(numbers), text, true);
            auto done = co_await std::move(sending);
            if (!done && c_.stopping())
                co_return ending::stopped();
            if (!done && done.error().code == errc::denied_now) {
                auto again = rehearse();
                co_return co_await std::move(again);
            }
            if (!done)
                co_return co_await stop_sending(done.error(), item_state::skipped, "rehearsal");
            if (done->how.classified_as == providers::classification::ambiguous)
                co_return co_await stop_sending(
                    error(errc::ambiguous, "it is not known whether the rehearsal was sent"), item_state::skipped,
                    "rehearsal");
            if (done->how.classified_as != providers::classification::accepted)
                co_return co_await stop_sending(
                    done->how.failure.value_or(error(errc::validation, "the rehearsal was refused")), item_state::skipped,
                    "rehearsal");
        }
    }
    if (p_.wait_until)
        co_await sleep_until_wall(c_, *p_.wait_until);
    co_return std::nullopt;
}

/// Items came back to pending.
void session::look_again()
{
    page_.clear();
    after_ = -1;
}

/// Pending items that share a text, at most a chunk of them. Empty: nothing is pending any more.
task<result<session::items>> session::next_group()
{
    while (page_.empty()) {
        ledger::item_query q;
        q.run = c_.run().id;
        q.states = {item_state::pending};
        q.after = after_;
        q.limit = s_.chunk;
        auto reading = c_.store().items(std::move(q));
        auto page = co_await std::move(reading);
        if (!page)
            co_return page.error();
        if (page->empty() && after_ < 0)
            co_return items();
        after_ = page->empty() ? -1 : page->back().position;
        page_ = std::move(*page);
    }
    items group, rest;
    const std::string text = page_.front().text;
    for (ledger::item_record& i : page_)
        (i.text == text ? group : rest).push_back(std::move(i));
    page_ = std::move(rest);
    co_return group;
}

/// The job's pace, then the window.
task<std::optional<ending>> session::wait_for_turn(const items& group)
{
    if (pace_) {
        double tokens = static_cast<double>(group.size());
        if (s_.pace->unit == "segments")
            tokens *= std::max(1, group.front().segments);
        if (s_.pace->unit == "requests")
            tokens = 1;
        co_await reset_cancellation();
        auto taking = pace_->acquire(tokens);
        co_await std::move(taking); // a cancellation shows in the flags below
        co_await reset_cancellation();
    }
    while (s_.open && !c_.stopping() && !c_.cancel_requested() && !s_.open->is_open(c_.clock().wall_now())) {
        const auto opens = s_.open->next_open(c_.clock().wall_now());
        if (!opens)
            co_return co_await stop_sending(error(errc::window, "the window never opens"), item_state::skipped,
                                            "window");
        co_await sleep_until_wall(c_, *opens);
    }
    if (c_.stopping())
        co_return ending::stopped();
    if (c_.cancel_requested())
        co_return co_await stop_sending(error(errc::cancelled, "cancelled"), item_state::skipped, "cancelled");
    auto none = items();
    auto refreshing = drop_suppressed(none);
    auto fresh = co_await std::move(refreshing);
    if (!fresh)
        co_return co_await in_trouble(fresh.error());
    co_return std::nullopt;
}

task<result<void>> session::refresh_suppressed()
{
    const auto now = c_.clock().now();
    if (suppressed_at_ && now - *suppressed_at_ < suppressed_stay_fresh)
        co_return result<void>();
    auto reading = read_suppressed(c_);
    auto numbers = co_await std::move(reading);
    if (!numbers)
        co_return numbers.error();
    suppressed_ = std::move(*numbers);
    suppressed_at_ = now;
    co_return result<void>();
}

/// Who asked to be left alone after the list was made. True: somebody was taken out.
task<result<bool>> session::drop_suppressed(items& group)
{
    auto refreshing = refresh_suppressed();
    auto fresh = co_await std::move(refreshing);
    if (!fresh)
        co_return fresh.error();
    ledger::move_items move;
    move.run = c_.run().id;
    move.from = item_state::pending;
    move.to = item_state::skipped;
    move.reason = "opt-out";
    for (const ledger::item_record& i : group) {
        if (!suppressed_.contains(as_number(i.phone)))
            continue;
        move.positions.push_back(i.position);
        counts_.segments -= i.segments;
    }
    if (move.positions.empty())
        co_return false;
    count(item_state::pending, item_state::skipped, static_cast<std::int64_t>(move.positions.size()));
    std::erase_if(group, [&](const ledger::item_record& i) { return suppressed_.contains(as_number(i.phone)); });
    ledger::batch changes;
    changes.push_back(std::move(move));
    auto kept = co_await keep(std::move(changes));
    if (!kept)
        co_return kept.error();
    co_return true;
}

task<std::optional<ending>> session::send_all()
{
    while (true) {
        if (c_.stopping())
            co_return ending::stopped();
        if (c_.cancel_requested())
            co_return co_await stop_sending(error(errc::cancelled, "cancelled"), item_state::skipped, "cancelled");
        auto reading = next_group();
        auto group = co_await std::move(reading);
        if (!group)
            co_return co_await in_trouble(group.error());
        if (group->empty())
            co_return std::nullopt;
        auto waiting = wait_for_turn(*group);
        auto over = co_await std::move(waiting);
        ULAK_FAILPOINT("sms/turn");
        if (over)
            co_return over;
        auto dropping = drop_suppressed(*group);
        auto dropped = co_await std::move(dropping);
        if (!dropped)
            co_return co_await in_trouble(dropped.error());
        if (group->empty())
            continue;
        auto sending = send_next(std::move(*group));
        over = co_await std::move(sending);
        if (over)
            co_return over;
    }
}

} // namespace ulak::kinds::sms
