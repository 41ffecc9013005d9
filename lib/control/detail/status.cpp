#include "control/detail/status.hpp"

#include "control/detail/accounts.hpp"
#include "control/detail/job_views.hpp"
#include "control/detail/json_reply.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/routes.hpp"
#include "control/detail/view_parts.hpp"

#include <boost/json/array.hpp>

namespace ulak::control {

namespace json = boost::json;

namespace {

constexpr std::size_t shown_firings = 5;
constexpr std::size_t shown_waiting = 20;

json::array next_firings(engine::engine& engine)
{
    json::array all;
    if (auto next = engine.next({}, shown_firings, std::nullopt))
        for (const engine::firing_view& f : *next)
            all.push_back(view(f));
    return all;
}

json::array waiting_runs(const engine::engine& engine)
{
    json::array all;
    for (const engine::waiting_run_view& w : engine.waiting(shown_waiting))
        all.push_back(
            json::object{{"run", w.id}, {"job", w.job}, {"for", w.waits.what}, {"until", json_or_null(w.waits.until)}});
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

json::object store_status(const ledger::store_health& s)
{
    if (s.healthy())
        return {{"state", "ok"}, {"reason", nullptr}};
    const bool held = !s.held.empty();
    return {{"state", held ? "held" : "blocked"}, {"reason", held ? s.held : s.blocked}};
}

json::object clock_status(const engine::clock_view& clock)
{
    return {{"state", clock.doubt.empty() ? "ok" : "held"},
            {"reason", text_or_null(clock.doubt)},
            {"synchronised", clock.synchronised}};
}

task<result<json::object>> describe(server_state& server)
{
    json::object o;
    const wall_point now = server.deps.time.wall_now();
    o["version"] = server.deps.version;
    o["started_at"] = rfc3339(server.started_at);
    o["uptime"] = duration_text(std::chrono::floor<std::chrono::seconds>(now - server.started_at));
    if (server.deps.info)
        o["metrics"] = text_or_null(server.deps.info().metrics_address);
    o["stopping"] = server.deps.engine.stopping();
    o["store"] = store_status(server.store().health());
    o["clock"] = clock_status(server.deps.engine.clock());
    o["running"] = server.deps.engine.running();
    o["waiting"] = waiting_runs(server.deps.engine);
    o["jobs"] = count_jobs(server.deps.engine.jobs());
    o["next"] = next_firings(server.deps.engine);
    auto accounts = co_await list_accounts(server);
    if (!accounts)
        co_return accounts.error();
    o["accounts"] = std::move(*accounts);
    auto open = co_await server.store().count_attention();
    if (!open)
        co_return open.error();
    o["attention"] = *open;
    co_return o;
}

} // namespace

task<http::reply> get_index(request_context& c)
{
    json::array all;
    for (const route& r : routes())
        all.push_back(json::object{{"method", r.method}, {"path", r.pattern}, {"help", r.help}});
    co_return json_reply(c, {{"routes", std::move(all)}});
}

task<http::reply> get_status(request_context& c)
{
    auto o = co_await describe(c.server);
    if (!o)
        co_return problem(o.error());
    co_return json_reply(c, *o);
}

task<http::reply> get_health(request_context& c)
{
    if (c.engine().stopping())
        co_return problem(503, "unavailable", "the daemon is stopping");
    const auto stands = c.store().health();
    if (!stands.healthy())
        co_return problem(503, stands.held.empty() ? "unavailable" : "paused",
                          stands.held.empty() ? stands.blocked : stands.held);
    const auto clock = c.engine().clock();
    if (!clock.doubt.empty())
        co_return problem(503, "paused", clock.doubt);
    auto o = co_await describe(c.server);
    if (!o)
        co_return problem(503, "unavailable", o.error().message);
    json::object healthy{{"status", "ok"}};
    healthy.insert(o->begin(), o->end());
    co_return json_reply(c, healthy);
}

task<http::reply> post_adopt(request_context& c)
{
    const auto why = c.store().health().held;
    auto adopted = co_await c.engine().adopt(c.request.remote.uid, c.request.remote.pid);
    if (!adopted)
        co_return problem(adopted.error());
    co_return json_reply(c, {{"adopted", true}, {"was", why}});
}

task<http::reply> post_clock_confirm(request_context& c)
{
    const auto why = c.engine().clock().doubt;
    auto confirmed = co_await c.engine().confirm_clock(c.request.remote.uid, c.request.remote.pid);
    if (!confirmed)
        co_return problem(confirmed.error());
    co_return json_reply(c, {{"confirmed", true}, {"was", why}, {"time", rfc3339(c.server.deps.time.wall_now())}});
}

} // namespace ulak::control
