#include "control/detail/config_files.hpp"

#include "control/detail/job_views.hpp"
#include "control/detail/json_reply.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/request_parsing.hpp"

#include <boost/json/array.hpp>

namespace ulak::control {

namespace json = boost::json;

namespace {

task<result<std::vector<engine::file_change>>> reload_files(server_state& server, bool dry_run)
{
    if (server.deps.reload)
        co_return co_await server.deps.reload(dry_run);
    co_return co_await server.deps.engine.reload(dry_run);
}

} // namespace

task<http::reply> get_job_schema(request_context& c)
{
    co_return json_reply(c, c.server.deps.job_schema);
}

task<http::reply> get_config_schema(request_context& c)
{
    co_return json_reply(c, c.server.deps.config_schema);
}

task<http::reply> post_reload(request_context& c)
{
    const auto dry_run = parse_flag(c.request, "dry_run");
    if (!dry_run)
        co_return problem(dry_run.error());
    auto changes = co_await reload_files(c.server, *dry_run);
    if (!changes)
        co_return problem(changes.error());
    json::array files;
    for (const engine::file_change& change : *changes)
        files.push_back(view(change));
    co_return json_reply(c, {{"files", std::move(files)}});
}

} // namespace ulak::control
