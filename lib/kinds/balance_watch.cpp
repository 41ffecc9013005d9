#include "kinds/balance_watch.hpp"

#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "events/event_names.hpp"
#include "kinds/waiting.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::kinds::balance {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

/// A pace is taken from the readings of a week, and not from less than an hour.
constexpr std::chrono::milliseconds pace_window = 7 * 24h;
constexpr std::chrono::milliseconds shortest_pace_window = 1h;
constexpr std::size_t max_readings = 2000;
constexpr std::chrono::milliseconds longest_runway = 10 * 365 * 24h;

std::string setting_name(const run_context& c, const std::string& account)
{
    return "alarm:" + c.run().job + ":" + account;
}

/// One account's part of a run.
struct account_check {
    account_check() = default;

    json::object report{};
    ledger::batch changes{};
    std::optional<error> failure{};
};

task<alarm> load_alarm(run_context& c, std::string name)
{
    auto reading = c.store().settings(name);
    auto found = co_await std::move(reading);
    if (found)
        for (const auto& [key, value] : *found)
            if (key == name)
                co_return parse_alarm(value);
    co_return alarm();
}

void add_event(run_context& c, const providers::account& who, const char* what, events::level severity, const std::string& text,
          json::object data, ledger::batch& changes)
{
    auto e = c.event(what, severity, text, std::move(data));
    e.event.account = who.name;
    e.event.provider = who.provider;
    changes.push_back(std::move(e));
}

void add_notification(run_context& c, const providers::account& who, const transition& t, const std::string& balance,
                 json::object data, ledger::batch& changes)
{
    std::string text;
    const char* what = nullptr;
    switch (t.notification) {
    case moment::none: return;
    case moment::firing:
    case moment::reminder:
        what = events::balance_firing;
        text = "balance of " + who.name + " is " + balance +
               (t.next_alarm.why == "runway" ? ", and will soon be used up" : ", " + t.next_alarm.why + " its limit");
        data["why"] = t.next_alarm.why;
        data["reminder"] = t.notification == moment::reminder;
        break;
    case moment::cleared:
        what = events::balance_cleared;
        text = "balance of " + who.name + " is fine again: " + balance;
        break;
    case moment::unreadable:
        what = events::balance_unreadable;
        text = "balance of " + who.name + " cannot be read";
        break;
    }
    json::object noticed = data;
    noticed["account"] = who.name;
    auto notices = c.notices(std::string(name(t.notification)), text, std::move(noticed));
    changes.insert(changes.end(), notices.begin(), notices.end());
    const bool fine = t.notification == moment::cleared;
    add_event(c, who, what, fine ? events::level::notice : events::level::warning, text, std::move(data), changes);
}

task<account_check> check_account(run_context& c, const watched_account& w)
{
    account_check l;
    l.report["account"] = w.account;
    l.report["balance"] = nullptr;
    l.report["unit"] = nullptr;
    l.report["state"] = "unreadable";
    const auto who = c.account(w.account);
    if (!who || !who->balances) {
        l.failure.emplace(errc::not_found, "the account " + w.account + " is gone from ulak.yaml");
        co_return l;
    }
    auto asking = who->balances->balance(c.clock().now() + who->read_timeout);
    auto got = co_await std::move(asking);
    ULAK_FAILPOINT("watch/read");
    if (!got && got.error().code == errc::cancelled) {
        l.failure = got.error();
        co_return l;
    }
    const wall_point at = c.clock().wall_now();
    reading r;
    json::object data;
    if (got) {
        r.amount = got->amount;
        l.report["balance"] = got->amount_text();
        l.report["unit"] = got->unit;
        data["balance"] = ulak::json_of(*got);
        ledger::balance_record record;
        record.account = who->name;
        record.balance = *got;
        record.at = at;
        auto past_reading = c.store().balances(who->name, max_readings);
        auto past = co_await std::move(past_reading);
        std::vector<ledger::balance_record> all{record};
        if (past)
            all.insert(all.end(), past->begin(), past->end());
        r.runway = estimate_runway(all);
        ledger::record_balance note;
        note.balance = record;
        l.changes.push_back(std::move(note));
        add_event(c, *who, events::balance_read, events::level::info, "balance of " + who->name + ": " + got->text(), data,
             l.changes);
    } else {
        l.failure = got.error();
        data["error"] = ulak::json_of(got.error());
        add_event(c, *who, events::provider_error, events::level::warning,
             "balance of " + who->name + ": " + got.error().message, data, l.changes);
    }
    const std::string setting = setting_name(c, w.account);
    auto recalling = load_alarm(c, setting);
    const alarm before = co_await std::move(recalling);
    const transition t = step(w.limits, before, r, at);
    l.report["state"] = got ? name(t.next_alarm.condition_now) : name(condition::unreadable);
    add_notification(c, *who, t, got ? got->text() : std::string(), std::move(data), l.changes);
    if (!(t.next_alarm == before)) {
        ledger::put_setting put;
        put.name = setting;
        put.value = to_text(t.next_alarm);
        l.changes.push_back(std::move(put));
    }
    co_return l;
}

} // namespace

std::optional<std::chrono::milliseconds> estimate_runway(const std::vector<ledger::balance_record>& newest_first)
{
    if (newest_first.size() < 2)
        return std::nullopt;
    const ledger::balance_record& now = newest_first.front();
    decimal spent;
    wall_point oldest = now.at;
    for (std::size_t i = 1; i < newest_first.size(); ++i) {
        const auto& later = newest_first[i - 1];
        const auto& earlier = newest_first[i];
        if (earlier.balance.unit != now.balance.unit || now.at - earlier.at > pace_window)
            break;
        oldest = earlier.at;
        if (earlier.balance.amount > later.balance.amount)
            spent = spent + (earlier.balance.amount - later.balance.amount);
    }
    const auto past = now.at - oldest;
    if (past < shortest_pace_window || spent.zero())
        return std::nullopt;
    if (now.balance.amount.negative())
        return 0ms;
    const double lasts = static_cast<double>(past.count()) * static_cast<double>(now.balance.amount.micros()) /
                         static_cast<double>(spent.micros());
    return std::chrono::milliseconds(
        static_cast<std::int64_t>(std::min(lasts, static_cast<double>(longest_runway.count()))));
}

task<ending> watch_job::run(run_context& c) const
{
    using ledger::run_state;
    ledger::batch changes;
    json::array shown;
    std::size_t unread = 0;
    std::optional<error> last;
    for (const watched_account& w : accounts_) {
        co_await reset_cancellation();
        if (c.stopping())
            co_return ending::stopped();
        if (c.cancel_requested())
            co_return ending(run_state::cancelled);
        auto looking = check_account(c, w);
        auto l = co_await std::move(looking);
        if (l.failure && l.failure->code == errc::cancelled)
            co_return c.stopping() ? ending::stopped() : ending(run_state::cancelled);
        changes.insert(changes.end(), l.changes.begin(), l.changes.end());
        shown.push_back(std::move(l.report));
        unread += l.failure ? 1 : 0;
        if (l.failure)
            last = std::move(l.failure);
    }
    json::object result;
    result["accounts"] = std::move(shown);
    ledger::update_run state(c.run().id);
    state.result = json::serialize(result);
    auto keeping = c.save_with_retry(std::move(state), std::move(changes));
    auto kept = co_await std::move(keeping);
    ULAK_FAILPOINT("watch/kept");
    if (!kept)
        co_return ending::stopped();
    if (unread == accounts_.size())
        co_return ending(run_state::failed, last);
    co_return ending(run_state::succeeded);
}

task<result<json::object>> watch_job::plan(run_context&) const
{
    json::array reads;
    for (const watched_account& w : accounts_)
        reads.push_back(json::value(json::string(w.account)));
    json::object plan;
    plan["reads"] = std::move(reads);
    co_return plan;
}

} // namespace ulak::kinds::balance
