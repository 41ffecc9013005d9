#include "ulakctl/top.hpp"

#include "ulakctl/dashboard.hpp"
#include "ulakctl/terminal.hpp"

#include <unistd.h>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

constexpr std::chrono::milliseconds refresh_interval{1000};
constexpr std::chrono::seconds request_timeout{5};
constexpr std::size_t no_limit = 100'000;

result<dashboard_data> fetch_dashboard(cli_context& s)
{
    auto status = s.daemon.get("/v1/status", request_timeout);
    if (!status)
        return status.error();
    auto runs = s.daemon.get("/v1/runs?state=running,queued,paused&limit=100", request_timeout);
    if (!runs)
        return runs.error();
    auto open = s.daemon.get("/v1/attention", request_timeout);
    if (!open)
        return open.error();
    dashboard_data seen;
    seen.status = std::move(status->as_object());
    seen.runs = std::move(runs->at("runs").as_array());
    seen.attention = std::move(open->at("attention").as_array());
    return seen;
}

int show_once(cli_context& s)
{
    auto seen = fetch_dashboard(s);
    if (!seen)
        return s.fail(seen.error());
    json::object all{{"status", seen->status}, {"runs", seen->runs}, {"attention", seen->attention}};
    if (s.show_json(all))
        return exit_ok;
    for (const std::string& line : render(*seen, s.out, no_limit, std::chrono::system_clock::now()))
        s.print(line + "\n");
    return exit_ok;
}

std::vector<std::string> dashboard_or_error(const result<dashboard_data>& seen, const screen& look, std::size_t height)
{
    if (seen)
        return render(*seen, look, height, std::chrono::system_clock::now());
    return {"ulakctl top: " + seen.error().message, "", "trying again; q ends"};
}

} // namespace

int show_top(cli_context& s, const arguments&)
{
    if (!s.out.terminal || s.json() || s.quiet() || ::isatty(STDIN_FILENO) != 1)
        return show_once(s);
    auto seen = fetch_dashboard(s);
    if (!seen) // nothing to look at: say so and leave the screen as it is
        return s.fail(seen.error());
    live_terminal screen_of;
    for (;;) {
        const screen look = detect_output();
        screen_of.show(dashboard_or_error(seen, look, screen_of.height()));
        if (screen_of.wait(refresh_interval) == live_terminal::input::quit)
            return exit_ok;
        seen = fetch_dashboard(s);
    }
}

} // namespace ulak::ctl
