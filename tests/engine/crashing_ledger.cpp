#include "engine/world.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

namespace ulak::testing {

namespace l = ulak::ledger;

task<> crashing_ledger::ask()
{
    ++questions;
    if (!dead)
        co_return;
    auto ex = co_await asio::this_coro::executor;
    using timer =
        asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, executor>;
    timer never(ex, timer::time_point::max());
    auto alone = asio::bind_cancellation_slot(asio::cancellation_slot(), use_task);
    co_await never.async_wait(std::move(alone));
}

task<result<l::receipt>> crashing_ledger::commit(l::batch changes)
{
    co_await ask();
    if (refuses)
        co_return error(errc::unavailable, "the disk is full");
    ++commits;
    const bool last = crash_after && crash_after(changes);
    auto made = co_await inner_.commit(std::move(changes));
    if (last) {
        dead = true;
        co_await ask();
    }
    co_return made;
}

task<result<l::run_record>> crashing_ledger::run(run_id id)
{
    co_await ask();
    co_return co_await inner_.run(std::move(id));
}

task<result<std::optional<l::run_record>>> crashing_ledger::run_by_key(std::string unique_key)
{
    co_await ask();
    co_return co_await inner_.run_by_key(std::move(unique_key));
}

task<result<std::vector<l::run_record>>> crashing_ledger::runs(l::run_query q)
{
    co_await ask();
    co_return co_await inner_.runs(std::move(q));
}

task<result<std::vector<l::item_record>>> crashing_ledger::items(l::item_query q)
{
    co_await ask();
    co_return co_await inner_.items(std::move(q));
}

task<result<l::item_counts>> crashing_ledger::count_items(run_id run)
{
    co_await ask();
    co_return co_await inner_.count_items(std::move(run));
}

task<result<std::vector<l::effect_record>>> crashing_ledger::effects(l::effect_query q)
{
    co_await ask();
    co_return co_await inner_.effects(std::move(q));
}

task<result<std::vector<l::identity_record>>> crashing_ledger::identities()
{
    co_await ask();
    co_return co_await inner_.identities();
}

task<result<std::vector<l::attention_record>>> crashing_ledger::attention(bool open_only)
{
    co_await ask();
    co_return co_await inner_.attention(open_only);
}

task<result<std::vector<l::attention_record>>> crashing_ledger::attention_page(l::attention_query q)
{
    co_await ask();
    co_return co_await inner_.attention_page(std::move(q));
}

task<result<std::int64_t>> crashing_ledger::count_attention()
{
    co_await ask();
    co_return co_await inner_.count_attention();
}

task<result<std::optional<wall_point>>> crashing_ledger::watermark(std::string job, std::string schedule_text)
{
    co_await ask();
    co_return co_await inner_.watermark(std::move(job), std::move(schedule_text));
}

task<result<std::vector<events::event>>> crashing_ledger::recent_events(std::string what, std::size_t limit)
{
    co_await ask();
    co_return co_await inner_.recent_events(std::move(what), limit);
}

task<result<std::vector<events::event>>> crashing_ledger::events_after(std::int64_t seq, std::size_t limit)
{
    co_await ask();
    co_return co_await inner_.events_after(std::move(seq), limit);
}

task<result<std::vector<l::notice_record>>> crashing_ledger::notices_due(wall_point now, std::size_t limit)
{
    co_await ask();
    co_return co_await inner_.notices_due(now, limit);
}

task<result<std::vector<l::suppression_record>>> crashing_ledger::suppressions()
{
    co_await ask();
    co_return co_await inner_.suppressions();
}

task<result<std::vector<l::suppression_record>>> crashing_ledger::suppressions_page(l::suppression_query q)
{
    co_await ask();
    co_return co_await inner_.suppressions_page(std::move(q));
}

task<result<std::int64_t>> crashing_ledger::count_suppressed(std::vector<std::string> phones)
{
    co_await ask();
    co_return co_await inner_.count_suppressed(std::move(phones));
}

task<result<std::vector<l::forbidden_recipient>>> crashing_ledger::forbidden_recipients(l::recipient_rules rules)
{
    co_await ask();
    co_return co_await inner_.forbidden_recipients(std::move(rules));
}

task<result<void>> crashing_ledger::check_budgets(l::effect_record asked, std::vector<l::budget_limit> limits)
{
    co_await ask();
    co_return co_await inner_.check_budgets(std::move(asked), std::move(limits));
}

task<result<std::vector<l::spend_total>>> crashing_ledger::spend_totals(l::spend_grouping by, time_zone zone)
{
    co_await ask();
    co_return co_await inner_.spend_totals(by, std::move(zone));
}

task<result<std::vector<l::balance_record>>> crashing_ledger::balances(std::string account, std::size_t limit)
{
    co_await ask();
    co_return co_await inner_.balances(std::move(account), limit);
}

task<result<std::vector<std::pair<std::string, std::string>>>> crashing_ledger::settings(std::string prefix)
{
    co_await ask();
    co_return co_await inner_.settings(std::move(prefix));
}

l::store_health crashing_ledger::health() const
{
    l::store_health s;
    s.held = held;
    return s;
}

task<result<void>> crashing_ledger::adopt()
{
    co_await ask();
    if (held.empty())
        co_return error(errc::conflict, "it is not held");
    held.clear();
    co_return result<void>();
}

} // namespace ulak::testing
