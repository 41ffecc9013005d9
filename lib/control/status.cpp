#include "control/handlers.hpp"
#include "control/problem.hpp"
#include "control/routes.hpp"
#include "control/views.hpp"

#include <boost/json/array.hpp>

namespace ulak::control {

namespace json = boost::json;

namespace {

constexpr std::size_t shown_firings = 5;
constexpr std::size_t looked_back = 100; ///< readings, for what an account loses in an hour

json::value text_or_null(const std::string& text)
{
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::array next_firings(engine::engine& machine)
{
    json::array all;
    if (auto next = machine.next({}, shown_firings, std::nullopt))
        for (const engine::firing_view& f : *next)
            all.push_back(view(f));
    return all;
}

json::object count_jobs(const std::vector<engine::job_view>& jobs)
{
    std::size_t broken = 0, paused = 0;
    for (const engine::job_view& j : jobs) {
        broken += j.broken;
        paused += j.paused;
    }
    return {{"total", jobs.size()}, {"broken", broken}, {"paused", paused}};
}

json::object told(const ledger::store_health& s)
{
    if (s.healthy())
        return {{"state", "ok"}, {"reason", nullptr}};
    const bool held = !s.held.empty();
    return {{"state", held ? "held" : "blocked"}, {"reason", held ? s.held : s.blocked}};
}

task<result<json::array>> list_accounts(desk& at)
{
    json::array all;
    const auto held = at.with.machine.accounts();
    for (const auto& [name, account] : *held) {
        auto read = co_await at.store().balances(name, looked_back);
        if (!read)
            co_return read.error();
        all.push_back(view(*account, *read));
    }
    co_return all;
}

task<result<json::object>> describe(desk& at)
{
    json::object o;
    const wall_point now = at.with.time.wall_now();
    o["version"] = at.with.version;
    o["started_at"] = rfc3339(at.since);
    o["uptime"] = duration_text(std::chrono::floor<std::chrono::seconds>(now - at.since));
    if (at.with.known)
        o["metrics"] = text_or_null(at.with.known().metrics_address);
    o["stopping"] = at.with.machine.stopping();
    o["store"] = told(at.store().health());
    o["running"] = at.with.machine.running();
    o["jobs"] = count_jobs(at.with.machine.jobs());
    o["next"] = next_firings(at.with.machine);
    auto accounts = co_await list_accounts(at);
    if (!accounts)
        co_return accounts.error();
    o["accounts"] = std::move(*accounts);
    auto open = co_await at.store().attention(true);
    if (!open)
        co_return open.error();
    o["attention"] = open->size();
    co_return o;
}

} // namespace

namespace {

task<result<std::vector<engine::file_change>>> reread(desk& at, bool dry_run)
{
    if (at.with.reload)
        co_return co_await at.with.reload(dry_run);
    co_return co_await at.with.machine.reload(dry_run);
}

} // namespace

task<http::reply> get_index(call&)
{
    json::array all;
    for (const route& r : routes())
        all.push_back(json::object{{"method", r.verb}, {"path", r.pattern}, {"help", r.help}});
    co_return json_reply({{"routes", std::move(all)}});
}

task<http::reply> get_status(call& c)
{
    auto o = co_await describe(c.at);
    if (!o)
        co_return problem(o.error());
    co_return json_reply(*o);
}

task<http::reply> get_accounts(call& c)
{
    auto all = co_await list_accounts(c.at);
    if (!all)
        co_return problem(all.error());
    co_return json_reply({{"accounts", std::move(*all)}});
}

task<http::reply> get_health(call& c)
{
    if (c.at.with.machine.stopping())
        co_return problem(503, "unavailable", "the daemon is stopping");
    const auto stands = c.at.store().health();
    if (!stands.healthy())
        co_return problem(503, stands.held.empty() ? "unavailable" : "paused",
                          stands.held.empty() ? stands.blocked : stands.held);
    auto o = co_await describe(c.at);
    if (!o)
        co_return problem(503, "unavailable", o.error().message);
    json::object healthy{{"status", "ok"}};
    healthy.insert(o->begin(), o->end());
    co_return json_reply(healthy);
}

task<http::reply> post_adopt(call& c)
{
    const auto why = c.at.store().health().held;
    auto adopted = co_await c.at.with.machine.adopt(c.in.remote.uid, c.in.remote.pid);
    if (!adopted)
        co_return problem(adopted.error());
    co_return json_reply({{"adopted", true}, {"was", why}});
}

task<http::reply> get_job_schema(call& c)
{
    co_return json_reply(c.at.with.job_schema);
}

task<http::reply> get_config_schema(call& c)
{
    co_return json_reply(c.at.with.config_schema);
}

task<http::reply> post_reload(call& c)
{
    const std::string_view dry = c.in.parameter("dry_run");
    auto changes = co_await reread(c.at, dry == "1" || dry == "true");
    if (!changes)
        co_return problem(changes.error());
    json::array files;
    for (const engine::file_change& change : *changes)
        files.push_back(view(change));
    co_return json_reply({{"files", std::move(files)}});
}

} // namespace ulak::control
