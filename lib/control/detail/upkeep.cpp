#include "control/detail/upkeep.hpp"

#include "control/detail/json_reply.hpp"
#include "control/detail/problem.hpp"
#include "control/detail/request_parsing.hpp"

namespace ulak::control {

/// Goes on to its end although the client leaves: half a backup is none.
task<http::reply> post_backup(request_context& c)
{
    auto body = parse_body(c.request, {"file"});
    if (!body)
        co_return problem(body.error());
    const auto* file = body->if_contains("file");
    if (!file || !file->is_string())
        co_return problem(error(errc::invalid_argument, "file: say where the backup goes, by an absolute path"));
    const std::string path(file->get_string());
    auto made = co_await c.store().backup(path);
    if (!made)
        co_return problem(made.error());
    co_return json_reply(c, {{"file", path}, {"bytes", *made}, {"verified", true}});
}

task<http::reply> post_verify(request_context& c)
{
    const http::scoped_wait patient(c.request);
    auto found = co_await c.store().verify();
    if (!found)
        co_return problem(found.error());
    co_return json_reply(c, {{"sound", *found == "ok"}, {"found", *found}});
}

task<http::reply> post_channel_test(request_context& c)
{
    const http::scoped_wait patient(c.request);
    const std::string channel(c.path_param("channel"));
    auto done = co_await c.engine().test_channel(channel);
    if (!done)
        co_return problem(done.error());
    co_return json_reply(c, {{"channel", channel}, {"result", *done}});
}

} // namespace ulak::control
