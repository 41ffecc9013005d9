#include "kinds/balance_watch/account_check.hpp"

#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "events/event_names.hpp"
#include "kinds/balance_watch/runway.hpp"

namespace ulak::kinds::balance {
namespace {

namespace json = boost::json;

constexpr std::size_t max_readings = 2000;

std::string setting_name(const run_context& c, const std::string& account)
{
    return "alarm:" + c.run().job + ":" + account;
}

/// The alarm as an earlier run left it.
task<alarm> load_alarm(run_context& c, std::string name)
{
    auto found = co_await c.store().settings(name);
    if (found)
        for (const auto& [key, value] : *found)
            if (key == name)
                co_return parse_alarm(value);
    co_return alarm();
}

/// Nobody knows whether 300 TRY are below 50 USD.
error not_comparable(const money& balance, const std::string& unit)
{
    return error(errc::validation, "the balance is " + balance.text() + ", and the limits are in " + unit +
                                       ": write them in " + balance.unit);
}

/// One event of the alarm, and its notices.
void add_notification(run_context& c, const providers::account& account, const transition& t,
                      const std::string& balance, json::object data, ledger::batch& changes)
{
    std::string text;
    const char* event = nullptr;
    switch (t.notification) {
    case moment::none: return;
    case moment::firing:
    case moment::reminder:
        event = events::balance_firing;
        text = "balance of " + account.name + " is " + balance +
               (t.next_alarm.why == "runway" ? ", and will soon be used up" : ", " + t.next_alarm.why + " its limit");
        data["why"] = t.next_alarm.why;
        data["reminder"] = t.notification == moment::reminder;
        break;
    case moment::cleared:
        event = events::balance_cleared;
        text = "balance of " + account.name + " is fine again: " + balance;
        break;
    case moment::unreadable:
        event = events::balance_unreadable;
        text = "balance of " + account.name + " cannot be read";
        break;
    }
    json::object notice_data = data;
    notice_data["account"] = account.name;
    const auto notices = c.notices(std::string(name(t.notification)), text, std::move(notice_data));
    changes.insert(changes.end(), notices.begin(), notices.end());
    const auto severity = t.notification == moment::cleared ? events::level::notice : events::level::warning;
    changes.push_back(c.event(account, event, severity, text, std::move(data)));
}

/// What was read becomes a reading of the alarm, with the runway that the earlier balances give.
task<reading> take_balance(run_context& c, const providers::account& account, const money& balance, wall_point at,
                           account_check& check)
{
    check.report["balance"] = balance.amount_text();
    check.report["unit"] = balance.unit;
    ledger::record_balance note;
    note.balance.account = account.name;
    note.balance.balance = balance;
    note.balance.at = at;
    auto past = co_await c.store().balances(account.name, max_readings);
    std::vector<ledger::balance_record> newest_first{note.balance};
    if (past)
        newest_first.insert(newest_first.end(), past->begin(), past->end());
    check.changes.push_back(std::move(note));
    json::object data;
    data["balance"] = ulak::json_of(balance);
    check.changes.push_back(c.event(account, events::balance_read, events::level::info,
                                    "balance of " + account.name + ": " + balance.text(), std::move(data)));
    reading r;
    r.amount = balance.amount;
    r.runway = estimate_runway(newest_first);
    co_return r;
}

} // namespace

task<account_check> check_account(run_context& c, const watched_account& watched)
{
    account_check check;
    check.report["account"] = watched.account;
    check.report["balance"] = nullptr;
    check.report["unit"] = nullptr;
    check.report["state"] = "unreadable";
    const auto account = c.account(watched.account);
    if (!account || !account->balances) {
        check.failure.emplace(errc::not_found, "the account " + watched.account + " is gone from ulak.yaml");
        co_return check;
    }
    auto balance = co_await account->balances->balance(c.clock().now() + account->read_timeout);
    ULAK_FAILPOINT("watch/read");
    if (!balance && balance.error().code == errc::cancelled) {
        check.failure = balance.error();
        co_return check;
    }
    if (balance && !watched.unit.empty() && balance->unit != watched.unit) {
        check.report["balance"] = balance->amount_text();
        check.report["unit"] = balance->unit;
        balance = not_comparable(*balance, watched.unit);
    }
    const wall_point at = c.clock().wall_now();
    reading r;
    json::object data;
    if (balance) {
        data["balance"] = ulak::json_of(*balance);
        r = co_await take_balance(c, *account, *balance, at, check);
    } else {
        check.failure = balance.error();
        data["error"] = ulak::json_of(balance.error());
        check.changes.push_back(c.event(*account, events::provider_error, events::level::warning,
                                        "balance of " + account->name + ": " + balance.error().message, data));
    }
    // The alarm's step, and the alarm itself if it changed.
    const std::string setting = setting_name(c, watched.account);
    const alarm before = co_await load_alarm(c, setting);
    const transition t = step(watched.limits, before, r, at);
    check.report["state"] = balance ? name(t.next_alarm.condition_now) : name(condition::unreadable);
    const std::string text = balance ? balance->text() : std::string();
    add_notification(c, *account, t, text, std::move(data), check.changes);
    if (!(t.next_alarm == before)) {
        ledger::put_setting put;
        put.name = setting;
        put.value = to_text(t.next_alarm);
        check.changes.push_back(std::move(put));
    }
    co_return check;
}

} // namespace ulak::kinds::balance
