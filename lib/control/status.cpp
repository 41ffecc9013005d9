#include "control/detail/handlers.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/routes.hpp"
#include "control/detail/views.hpp"

#include <boost/json/array.hpp>

namespace ulak::control {

namespace json = boost::json;

namespace {

constexpr std::size_t shown_firings = 5;
constexpr std::size_t balance_samples = 100; ///< readings, for what an account loses in an hour

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

task<result<json::array>> list_accounts(server_state& at)
{
    json::array all;
    const auto held = at.deps.engine.accounts();
    for (const auto& [name, account] : *held) {
        auto read = co_await at.store().balances(name, balance_samples);
        if (!read)
            co_return read.error();
        all.push_back(view(*account, *read));
    }
    co_return all;
}

task<result<json::object>> describe(server_state& at)
{
    json::object o;
    const wall_point now = at.deps.time.wall_now();
    o["version"] = at.deps.version;
    o["started_at"] = rfc3339(at.started_at);
    o["uptime"] = duration_text(std::chrono::floor<std::chrono::seconds>(now - at.started_at));
    if (at.deps.info)
        o["metrics"] = text_or_null(at.deps.info().metrics_address);
    o["stopping"] = at.deps.engine.stopping();
    o["store"] = told(at.store().health());
    o["running"] = at.deps.engine.running();
    o["jobs"] = count_jobs(at.deps.engine.jobs());
    o["next"] = next_firings(at.deps.engine);
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

task<result<std::vector<engine::file_change>>> reload_files(server_state& at, bool dry_run)
{
    if (at.deps.reload)
        co_return co_await at.deps.reload(dry_run);
    co_return co_await at.deps.engine.reload(dry_run);
}

} // namespace

task<http::reply> get_index(request_context&)
{
    json::array all;
    for (const route& r : routes())
        all.push_back(json::object{{"method", r.method}, {"path", r.pattern}, {"help", r.help}});
    co_return json_reply({{"routes", std::move(all)}});
}

task<http::reply> get_status(request_context& c)
{
    auto o = co_await describe(c.server);
    if (!o)
        co_return problem(o.error());
    co_return json_reply(*o);
}

task<http::reply> get_accounts(request_context& c)
{
    auto all = co_await list_accounts(c.server);
    if (!all)
        co_return problem(all.error());
    co_return json_reply({{"accounts", std::move(*all)}});
}

task<http::reply> get_health(request_context& c)
{
    if (c.server.deps.engine.stopping())
        co_return problem(503, "unavailable", "the daemon is stopping");
    const auto stands = c.server.store().health();
    if (!stands.healthy())
        co_return problem(503, stands.held.empty() ? "unavailable" : "paused",
                          stands.held.empty() ? stands.blocked : stands.held);
    auto o = co_await describe(c.server);
    if (!o)
        co_return problem(503, "unavailable", o.error().message);
    json::object healthy{{"status", "ok"}};
    healthy.insert(o->begin(), o->end());
    co_return json_reply(healthy);
}

task<http::reply> post_adopt(request_context& c)
{
    const auto why = c.server.store().health().held;
    auto adopted = co_await c.server.deps.engine.adopt(c.request.remote.uid, c.request.remote.pid);
    if (!adopted)
        co_return problem(adopted.error());
    co_return json_reply({{"adopted", true}, {"was", why}});
}

task<http::reply> get_job_schema(request_context& c)
{
    co_return json_reply(c.server.deps.job_schema);
}

task<http::reply> get_config_schema(request_context& c)
{
    co_return json_reply(c.server.deps.config_schema);
}

task<http::reply> post_reload(request_context& c)
{
    const std::string_view dry = c.request.parameter("dry_run");
    auto changes = co_await reload_files(c.server, dry == "1" || dry == "true");
    if (!changes)
        co_return problem(changes.error());
    json::array files;
    for (const engine::file_change& change : *changes)
        files.push_back(view(change));
    co_return json_reply({{"files", std::move(files)}});
}

} // namespace ulak::control
