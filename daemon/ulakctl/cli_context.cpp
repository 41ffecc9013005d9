#include "ulakctl/cli_context.hpp"

#include "ulakctl/cells.hpp"

#include <boost/json/serialize.hpp>

#include <cstdio>

namespace ulak::ctl {

namespace {

bool is_policy(std::string_view code)
{
    return code == "budget" || code == "window" || code == "paused";
}

} // namespace

int cli_context::fail(const error& e) const
{
    if (e.code == errc::connect_failed) {
        std::fprintf(stderr,
                     "ulakctl: no daemon answers at %s\n  start it with: systemctl start ulakd\n"
                     "  or name its socket: --socket PATH or $ULAK_SOCKET\n",
                     daemon.socket().c_str());
        return exit_no_daemon;
    }
    std::fprintf(stderr, "ulakctl: %s\n", e.message.c_str());
    if (e.code == errc::timed_out)
        return exit_wait_timeout;
    if (is_policy(e.provider_code))
        return exit_policy;
    return e.http_status == 400 ? exit_usage : exit_run_failed;
}

bool cli_context::show_json(const boost::json::value& v) const
{
    if (json())
        print(boost::json::serialize(v) + "\n");
    return json();
}

void cli_context::print(std::string_view text) const
{
    std::fwrite(text.data(), 1, text.size(), stdout);
}

int run_exit_code(const boost::json::object& run)
{
    const std::string state = cell(run, "state");
    if (state == "succeeded")
        return exit_ok;
    if (state == "attention")
        return exit_attention;
    if (const auto* e = run.if_contains("error"); e && e->is_object() && is_policy(cell(e->get_object(), "code")))
        return exit_policy;
    return exit_run_failed;
}

} // namespace ulak::ctl
