#include "ulakctl/exit_codes.hpp"

#include "ulakctl/cells.hpp"

namespace ulak::ctl {

namespace {

bool is_policy(std::string_view code)
{
    return code == "budget" || code == "window" || code == "paused";
}

} // namespace

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

int error_exit_code(const error& e)
{
    if (e.code == errc::connect_failed)
        return exit_no_daemon;
    if (e.code == errc::timed_out)
        return exit_wait_timeout;
    if (is_policy(e.provider_code))
        return exit_policy;
    return e.http_status == 400 ? exit_usage : exit_run_failed;
}

} // namespace ulak::ctl
