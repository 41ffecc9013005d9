#include "engine/detail/accounts.hpp"

#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "core/phone.hpp"
#include "events/event_names.hpp"
#include "providers/registry.hpp"

#include <set>

namespace ulak::engine {
namespace {

result<std::shared_ptr<providers::account>> find_account(const shared_state& shared, const std::string& name)
{
    const auto at = shared.deps.accounts->find(name);
    if (at == shared.deps.accounts->end())
        return error(errc::not_found, "there is no account " + name);
    return at->second;
}

} // namespace

task<result<balance_view>> read_balance(shared_state& shared, std::string account)
{
    auto found = find_account(shared, account);
    if (!found)
        co_return found.error();
    if (!(*found)->balances)
        co_return error(errc::unsupported, "account " + account + " has no balance to read");
    // A sound answer makes a suspended account usable again.
    if (auto tried = providers::reset_breaker(**found, shared.wall()))
        co_await shared.deps.recorder.publish(std::move(*tried));
    auto read = co_await (*found)->balances->balance(shared.steady_in((*found)->read_timeout));
    if (!read)
        co_return read.error();
    balance_view view{account, std::move(*read), shared.wall()};
    auto e = make_event(events::balance_read, events::level::info, "balance " + view.balance.text());
    e.account = account;
    e.provider = (*found)->provider;
    e.data["balance"] = json_of(view.balance);
    ledger::record_balance note;
    note.balance.account = account;
    note.balance.balance = view.balance;
    note.balance.at = view.at;
    ledger::batch all;
    all.push_back(std::move(note));
    all.push_back(ledger::append_event{std::move(e)});
    // The answer is worth having even if the disk does not take the note.
    co_await shared.deps.recorder.commit(std::move(all));
    co_return view;
}

task<result<std::vector<providers::service>>> read_services(shared_state& shared, std::string account)
{
    auto found = find_account(shared, account);
    if (!found)
        co_return found.error();
    const auto deadline = shared.steady_in((*found)->read_timeout);
    if ((*found)->numbers)
        co_return co_await (*found)->numbers->services(deadline);
    if ((*found)->panel)
        co_return co_await (*found)->panel->services(deadline);
    co_return error(errc::unsupported, "account " + account + " has no list of services");
}

task<result<std::vector<std::string>>> read_opt_outs(shared_state& shared, std::string account)
{
    constexpr int most_pages = 10'000;
    auto found = find_account(shared, account);
    if (!found)
        co_return found.error();
    if (!(*found)->sms)
        co_return error(errc::unsupported, "account " + account + " sends no SMS");
    std::set<std::string> all;
    for (int page = 1; page <= most_pages; ++page) {
        auto numbers = co_await (*found)->sms->opt_outs(page, shared.steady_in((*found)->read_timeout));
        if (!numbers)
            co_return numbers.error();
        const auto before = all.size();
        for (const std::string& n : *numbers)
            if (auto number = phone::parse(n))
                all.insert(number->digits());
        if (all.size() == before)
            break; // the end, or a provider that knows no pages
    }
    co_return std::vector<std::string>(all.begin(), all.end());
}

task<result<void>> adopt_account(shared_state& shared, held_runs& held, std::string name, std::uint32_t uid)
{
    auto found = find_account(shared, name);
    if (!found)
        co_return found.error();
    auto former = co_await held.former_identities(**found);
    if (!former)
        co_return former.error();
    if (former->empty())
        co_return error(errc::conflict, "account " + name + " is what it was: nothing waits for it");
    ledger::batch all;
    for (const auto& id : *former) {
        ledger::adopt_identity change;
        change.account = name;
        change.from = id;
        change.to = (*found)->identity_id;
        all.push_back(std::move(change));
    }
    auto e = make_event(events::account_adopted, events::level::notice,
                        "uid " + std::to_string(uid) + " says that account " + name +
                            " is the wallet that it was before its site or login changed");
    e.account = name;
    e.provider = (*found)->provider;
    e.data["uid"] = uid;
    all.push_back(ledger::append_event{std::move(e)});
    ULAK_FAILPOINT("adopt/account");
    auto done = co_await shared.deps.recorder.commit(std::move(all));
    ULAK_FAILPOINT("adopt/account-own");
    if (!done)
        co_return done.error();
    co_return result<void>();
}

task<result<account_uses>> uses_by_calls(shared_state& shared)
{
    ledger::effect_query q;
    q.states = {ledger::effect_state::intent, ledger::effect_state::dispatched};
    auto open = co_await shared.store().effects(std::move(q));
    if (!open)
        co_return open.error();
    account_uses all;
    for (const auto& e : *open)
        all.try_emplace(e.account, "a call of run " + e.run.text() + " has no outcome yet");
    co_return all;
}

} // namespace ulak::engine
