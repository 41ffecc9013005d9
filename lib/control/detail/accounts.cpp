#include "control/detail/accounts.hpp"

#include "control/detail/account_views.hpp"
#include "control/detail/json_reply.hpp"
#include "control/detail/problem.hpp"

#include <boost/json/array.hpp>

namespace ulak::control {

namespace json = boost::json;

namespace {

constexpr std::size_t balance_samples = 100; ///< readings, for what an account loses in an hour

} // namespace

task<result<json::array>> list_accounts(server_state& server)
{
    json::array all;
    const auto held = server.deps.engine.accounts();
    for (const auto& [name, account] : *held) {
        auto read = co_await server.store().balances(name, balance_samples);
        if (!read)
            co_return read.error();
        all.push_back(view(*account, *read));
    }
    co_return all;
}

task<http::reply> get_accounts(request_context& c)
{
    auto all = co_await list_accounts(c.server);
    if (!all)
        co_return problem(all.error());
    co_return json_reply(c, {{"accounts", std::move(*all)}});
}

task<http::reply> get_balance(request_context& c)
{
    const http::scoped_wait patient(c.request);
    auto read = co_await c.engine().balance(c.path_param("a"));
    if (!read)
        co_return problem(read.error());
    json::object o;
    o["account"] = read->account;
    o["balance"] = read->balance.amount_text();
    o["unit"] = read->balance.unit;
    o["at"] = rfc3339(read->at);
    co_return json_reply(c, o);
}

task<http::reply> get_services(request_context& c)
{
    const http::scoped_wait patient(c.request);
    auto found = co_await c.engine().services(c.path_param("a"));
    if (!found)
        co_return problem(found.error());
    json::array all;
    for (const providers::service& s : *found)
        all.push_back(view(s));
    co_return json_reply(c, {{"services", std::move(all)}});
}

task<http::reply> post_account_adopt(request_context& c)
{
    std::string account(c.path_param("a"));
    auto adopted = co_await c.engine().adopt_account(account, c.request.remote.uid);
    if (!adopted)
        co_return problem(adopted.error());
    co_return json_reply(c, {{"adopted", true}, {"account", account}});
}

} // namespace ulak::control
