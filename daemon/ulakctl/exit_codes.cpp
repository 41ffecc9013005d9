#include "ulakctl/exit_codes.hpp"

#include "ulakctl/cells.hpp"

namespace ulak::ctl {

namespace {

bool is_policy(std::string_view code)
{
    return code == "budget" || code == "window" || code == "paused" || code == "too_expensive" ||
           code == "plan_changed" || code == "not_approved";
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
    if (is_policy(e.provider_code) || e.code == errc::forbidden || e.http_status == 403)
        return exit_policy;
    const bool cannot_be_meant = e.http_status == 400 || e.http_status == 404; // no such job, run, account
    return cannot_be_meant ? exit_usage : exit_run_failed;
}

} // namespace ulak::ctl
