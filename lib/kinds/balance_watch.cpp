#include "kinds/balance_watch.hpp"

#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "events/names.hpp"
#include "kinds/waiting.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::kinds::balance {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

/// A pace is taken from the readings of a week, and not from less than an hour.
constexpr std::chrono::milliseconds longest_past = 7 * 24h;
constexpr std::chrono::milliseconds shortest_past = 1h;
constexpr std::size_t most_readings = 2000;
constexpr std::chrono::milliseconds longest_runway = 10 * 365 * 24h;

std::string setting_name(const context& c, const std::string& account)
{
    return "alarm:" + c.run().job + ":" + account;
}

/// One account's part of a run.
struct looked {
    looked() = default;

    json::object shown{};
    ledger::batch changes{};
    std::optional<error> why{};
};

task<alarm> stored_alarm(context& c, std::string name)
{
    auto reading = c.store().settings(name);
    auto found = co_await std::move(reading);
    if (found)
        for (const auto& [key, value] : *found)
            if (key == name)
                co_return alarm_from(value);
    co_return alarm();
}

void tell(context& c, const providers::account& who, const char* what, events::level severity, const std::string& text,
          json::object data, ledger::batch& changes)
{
    auto e = c.event(what, severity, text, std::move(data));
    e.event.account = who.name;
    e.event.provider = who.provider;
    changes.push_back(std::move(e));
}

void tell_moment(context& c, const providers::account& who, const turn& t, const std::string& balance,
                 json::object data, ledger::batch& changes)
{
    std::string text;
    const char* what = nullptr;
    switch (t.tell) {
    case moment::none: return;
    case moment::firing:
    case moment::reminder:
        what = events::balance_firing;
        text = "balance of " + who.name + " is " + balance +
               (t.next.why == "runway" ? ", and will soon be used up" : ", " + t.next.why + " its limit");
        data["why"] = t.next.why;
        data["reminder"] = t.tell == moment::reminder;
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
    auto notices = c.notices(std::string(name(t.tell)), text, std::move(noticed));
    changes.insert(changes.end(), notices.begin(), notices.end());
    const bool fine = t.tell == moment::cleared;
    tell(c, who, what, fine ? events::level::notice : events::level::warning, text, std::move(data), changes);
}

task<looked> look(context& c, const watched& w)
{
    looked l;
    l.shown["account"] = w.account;
    l.shown["balance"] = nullptr;
    l.shown["unit"] = nullptr;
    l.shown["state"] = "unreadable";
    const auto who = c.account(w.account);
    if (!who || !who->balances) {
        l.why.emplace(errc::not_found, "the account " + w.account + " is gone from ulak.yaml");
        co_return l;
    }
    auto asking = who->balances->balance(c.time().now() + who->read_timeout);
    auto got = co_await std::move(asking);
    ULAK_FAILPOINT("watch/read");
    if (!got && got.error().code == errc::cancelled) {
        l.why = got.error();
        co_return l;
    }
    const wall_point at = c.time().wall_now();
    reading r;
    json::object data;
    if (got) {
        r.amount = got->amount;
        l.shown["balance"] = got->amount_text();
        l.shown["unit"] = got->unit;
        data["balance"] = ulak::json_of(*got);
        ledger::balance_record record;
        record.account = who->name;
        record.balance = *got;
        record.at = at;
        auto past_reading = c.store().balances(who->name, most_readings);
        auto past = co_await std::move(past_reading);
        std::vector<ledger::balance_record> all{record};
        if (past)
            all.insert(all.end(), past->begin(), past->end());
        r.runway = runway(all);
        ledger::record_balance note;
        note.balance = record;
        l.changes.push_back(std::move(note));
        tell(c, *who, events::balance_read, events::level::info, "balance of " + who->name + ": " + got->text(), data,
             l.changes);
    } else {
        l.why = got.error();
        data["error"] = ulak::json_of(got.error());
        tell(c, *who, events::provider_error, events::level::warning,
             "balance of " + who->name + ": " + got.error().message, data, l.changes);
    }
    const std::string setting = setting_name(c, w.account);
    auto recalling = stored_alarm(c, setting);
    const alarm before = co_await std::move(recalling);
    const turn t = step(w.at, before, r, at);
    l.shown["state"] = got ? name(t.next.now) : name(condition::unreadable);
    tell_moment(c, *who, t, got ? got->text() : std::string(), std::move(data), l.changes);
    if (!(t.next == before)) {
        ledger::put_setting put;
        put.name = setting;
        put.value = to_text(t.next);
        l.changes.push_back(std::move(put));
    }
    co_return l;
}

} // namespace

std::optional<std::chrono::milliseconds> runway(const std::vector<ledger::balance_record>& newest_first)
{
    if (newest_first.size() < 2)
        return std::nullopt;
    const ledger::balance_record& now = newest_first.front();
    decimal spent;
    wall_point oldest = now.at;
    for (std::size_t i = 1; i < newest_first.size(); ++i) {
        const auto& later = newest_first[i - 1];
        const auto& earlier = newest_first[i];
        if (earlier.balance.unit != now.balance.unit || now.at - earlier.at > longest_past)
            break;
        oldest = earlier.at;
        if (earlier.balance.amount > later.balance.amount)
            spent = spent + (earlier.balance.amount - later.balance.amount);
    }
    const auto past = now.at - oldest;
    if (past < shortest_past || spent.zero())
        return std::nullopt;
    if (now.balance.amount.negative())
        return 0ms;
    const double lasts = static_cast<double>(past.count()) * static_cast<double>(now.balance.amount.micros()) /
                         static_cast<double>(spent.micros());
    return std::chrono::milliseconds(
        static_cast<std::int64_t>(std::min(lasts, static_cast<double>(longest_runway.count()))));
}

task<ending> watch_job::run(context& c) const
{
    using ledger::run_state;
    ledger::batch changes;
    json::array shown;
    std::size_t unread = 0;
    std::optional<error> last;
    for (const watched& w : accounts_) {
        co_await hear_cancellation();
        if (c.stopping())
            co_return ending::stopped();
        if (c.cancel_asked())
            co_return ending(run_state::cancelled);
        auto looking = look(c, w);
        auto l = co_await std::move(looking);
        if (l.why && l.why->code == errc::cancelled)
            co_return c.stopping() ? ending::stopped() : ending(run_state::cancelled);
        changes.insert(changes.end(), l.changes.begin(), l.changes.end());
        shown.push_back(std::move(l.shown));
        unread += l.why ? 1 : 0;
        if (l.why)
            last = std::move(l.why);
    }
    json::object result;
    result["accounts"] = std::move(shown);
    ledger::update_run state(c.run().id);
    state.result = json::serialize(result);
    auto keeping = c.keep(std::move(state), std::move(changes));
    auto kept = co_await std::move(keeping);
    ULAK_FAILPOINT("watch/kept");
    if (!kept)
        co_return ending::stopped();
    if (unread == accounts_.size())
        co_return ending(run_state::failed, last);
    co_return ending(run_state::succeeded);
}

task<result<json::object>> watch_job::plan(context&) const
{
    json::array reads;
    for (const watched& w : accounts_)
        reads.push_back(json::value(json::string(w.account)));
    json::object plan;
    plan["reads"] = std::move(reads);
    co_return plan;
}

} // namespace ulak::kinds::balance
