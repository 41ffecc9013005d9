#include "engine/detail/accounts.hpp"

#include "core/json_text.hpp"
#include "events/event_names.hpp"
#include "providers/registry.hpp"

namespace ulak::engine {
namespace {

result<std::shared_ptr<providers::account>> find_account(const shared_state& c, const std::string& name)
{
    const auto found = c.deps.accounts->find(name);
    if (found == c.deps.accounts->end())
        return error(errc::not_found, "there is no account " + name);
    return found->second;
}

} // namespace

task<result<balance_view>> read_balance(shared_state& c, std::string account)
{
    auto who = find_account(c, account);
    if (!who)
        co_return who.error();
    if (!(*who)->balances)
        co_return error(errc::unsupported, "account " + account + " has no balance to read");
    // A person asks: a suspended account gets one more chance, and a sound answer makes it usable again.
    if (auto tried = providers::reset_breaker(**who, c.wall()))
        co_await c.deps.recorder.publish(std::move(*tried));
    auto read = co_await (*who)->balances->balance(c.steady_in((*who)->read_timeout));
    if (!read)
        co_return read.error();
    balance_view view{account, std::move(*read), c.wall()};
    auto e = make_event(events::balance_read, events::level::info, "balance " + view.balance.text());
    e.account = account;
    e.provider = (*who)->provider;
    e.data["balance"] = json_of(view.balance);
    ledger::record_balance note;
    note.balance.account = account;
    note.balance.balance = view.balance;
    note.balance.at = view.at;
    ledger::batch all;
    all.push_back(std::move(note));
    all.push_back(ledger::append_event{std::move(e)});
    // The answer is worth having even if the disk does not take the note.
    co_await c.deps.recorder.commit(std::move(all));
    co_return view;
}

task<result<std::vector<providers::service>>> read_services(shared_state& c, std::string account)
{
    auto who = find_account(c, account);
    if (!who)
        co_return who.error();
    const auto deadline = c.steady_in((*who)->read_timeout);
    if ((*who)->numbers)
        co_return co_await (*who)->numbers->services(deadline);
    if ((*who)->panel)
        co_return co_await (*who)->panel->services(deadline);
    co_return error(errc::unsupported, "account " + account + " has no list of services");
}

} // namespace ulak::engine
