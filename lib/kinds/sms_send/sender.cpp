// Sending: the next group of pending recipients with the same text, when it may go.
#include "core/failpoint.hpp"
#include "kinds/sms_send/sms_run.hpp"
#include "kinds/waiting.hpp"

#include <algorithm>

namespace ulak::kinds::sms {

using ledger::item_state;
using ledger::run_state;
using namespace std::chrono_literals;

/// The opt-out list is read again when it is older than this.
constexpr std::chrono::milliseconds suppressed_max_age = 1s;

measured_text sms_run::text_of(const ledger::item_record& item) const
{
    if (item.text.empty() && progress_.common_text)
        return *progress_.common_text;
    auto m = measure(item.text, limits_);
    return m ? *m : measured_text();
}

task<std::optional<ending>> sms_run::rehearse()
{
    if (!settings_.rehearsal || progress_.stop_reason)
        co_return std::nullopt;
    if (!progress_.rehearsed) {
        auto reading = next_group();
        auto group = co_await std::move(reading);
        if (!group)
            co_return co_await stopped_or_failed(group.error());
        if (group->empty())
            co_return std::nullopt;
        reset_page(); // the group was only looked at
        items trial;
        for (const std::string& number : settings_.rehearsal->to) {
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
                          [&](const ledger::item_record& i) { return suppressed_.contains(phone_key(i.phone)); });
        std::vector<phone> numbers;
        for (const ledger::item_record& i : trial)
            numbers.push_back(phone::parse(i.phone).value());
        if (!numbers.empty()) {
            const measured_text text = text_of(group->front());
            auto sending = make_purchase("rehearsal", std::move(numbers), text, true);
            auto done = co_await std::move(sending);
            if (!done && context_.stopping())
                co_return ending::stopped();
            if (!done && done.error().code == errc::denied_now) {
                auto again = rehearse();
                co_return co_await std::move(again);
            }
            if (!done)
                co_return co_await stop_sending(done.error(), item_state::skipped, "rehearsal");
            if (done->classified_as == providers::classification::ambiguous)
                co_return co_await stop_sending(
                    error(errc::ambiguous, "it is not known whether the rehearsal was sent"), item_state::skipped,
                    "rehearsal");
            if (done->classified_as != providers::classification::accepted)
                co_return co_await stop_sending(
                    done->failure.value_or(error(errc::validation, "the rehearsal was refused")), item_state::skipped,
                    "rehearsal");
        }
    }
    if (progress_.wait_until)
        co_await sleep_until_wall(context_, *progress_.wait_until);
    co_return std::nullopt;
}

/// Items came back to pending.
void sms_run::reset_page()
{
    page_.clear();
    page_after_ = -1;
}

/// Pending items that share a text, at most a chunk of them. Empty: nothing is pending any more.
task<result<sms_run::items>> sms_run::next_group()
{
    while (page_.empty()) {
        ledger::item_query q;
        q.run = context_.run().id;
        q.states = {item_state::pending};
        q.after = page_after_;
        q.limit = settings_.chunk;
        auto reading = context_.store().items(std::move(q));
        auto page = co_await std::move(reading);
        if (!page)
            co_return page.error();
        if (page->empty() && page_after_ < 0)
            co_return items();
        page_after_ = page->empty() ? -1 : page->back().position;
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
task<std::optional<ending>> sms_run::wait_for_turn(const items& group)
{
    if (pace_) {
        double tokens = static_cast<double>(group.size());
        if (settings_.pace->unit == "segments")
            tokens *= std::max(1, group.front().segments);
        if (settings_.pace->unit == "requests")
            tokens = 1;
        co_await reset_cancellation();
        auto taking = pace_->acquire(tokens);
        co_await std::move(taking); // a cancellation shows in the flags below
        co_await reset_cancellation();
    }
    while (settings_.window && !context_.stopping() && !context_.cancel_requested() &&
           !settings_.window->is_open(context_.clock().wall_now())) {
        const auto opens = settings_.window->next_open(context_.clock().wall_now());
        if (!opens)
            co_return co_await stop_sending(error(errc::window, "the window never opens"), item_state::skipped,
                                            "window");
        co_await sleep_until_wall(context_, *opens);
    }
    if (context_.stopping())
        co_return ending::stopped();
    if (context_.cancel_requested())
        co_return co_await stop_sending(error(errc::cancelled, "cancelled"), item_state::skipped, "cancelled");
    auto none = items();
    auto refreshing = drop_suppressed(none);
    auto fresh = co_await std::move(refreshing);
    if (!fresh)
        co_return co_await stopped_or_failed(fresh.error());
    co_return std::nullopt;
}

task<result<void>> sms_run::refresh_suppressed()
{
    const auto now = context_.clock().now();
    if (suppressed_read_at_ && now - *suppressed_read_at_ < suppressed_max_age)
        co_return result<void>();
    auto reading = read_suppressed(context_);
    auto numbers = co_await std::move(reading);
    if (!numbers)
        co_return numbers.error();
    suppressed_ = std::move(*numbers);
    suppressed_read_at_ = now;
    co_return result<void>();
}

/// Who asked to be left alone after the list was made. True: somebody was taken out.
task<result<bool>> sms_run::drop_suppressed(items& group)
{
    auto refreshing = refresh_suppressed();
    auto fresh = co_await std::move(refreshing);
    if (!fresh)
        co_return fresh.error();
    ledger::move_items move;
    move.run = context_.run().id;
    move.from = item_state::pending;
    move.to = item_state::skipped;
    move.reason = "opt-out";
    for (const ledger::item_record& i : group) {
        if (!suppressed_.contains(phone_key(i.phone)))
            continue;
        move.positions.push_back(i.position);
        counts_.segments -= i.segments;
    }
    if (move.positions.empty())
        co_return false;
    move_count(item_state::pending, item_state::skipped, static_cast<std::int64_t>(move.positions.size()));
    std::erase_if(group, [&](const ledger::item_record& i) { return suppressed_.contains(phone_key(i.phone)); });
    ledger::batch changes;
    changes.push_back(std::move(move));
    auto kept = co_await save(std::move(changes));
    if (!kept)
        co_return kept.error();
    co_return true;
}

task<std::optional<ending>> sms_run::send_all()
{
    while (true) {
        if (context_.stopping())
            co_return ending::stopped();
        if (context_.cancel_requested())
            co_return co_await stop_sending(error(errc::cancelled, "cancelled"), item_state::skipped, "cancelled");
        auto reading = next_group();
        auto group = co_await std::move(reading);
        if (!group)
            co_return co_await stopped_or_failed(group.error());
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
            co_return co_await stopped_or_failed(dropped.error());
        if (group->empty())
            continue;
        auto sending = send_group(std::move(*group));
        over = co_await std::move(sending);
        if (over)
            co_return over;
    }
}

} // namespace ulak::kinds::sms
