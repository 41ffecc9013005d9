#include "ulakctl/run_wait.hpp"

#include "core/wall_time.hpp"
#include "ulakctl/cells.hpp"
#include "ulakctl/progress.hpp"
#include "ulakctl/run_view.hpp"

#include <algorithm>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

using clock = std::chrono::steady_clock;

/// How long one request waits for a change. The progress of a bulk send is drawn after each.
constexpr std::chrono::seconds progress_poll_time{1};
constexpr std::chrono::seconds quiet_poll_time{30};
constexpr std::size_t progress_width = 24;

bool is_over(const json::object& run)
{
    const std::string state = cell(run, "state");
    return state != "queued" && state != "running" && state != "paused";
}

void draw_progress(const cli_context& s, const json::object& run)
{
    const std::string waits = cell(run, "state") == "paused" ? run_state_text(run) : std::string();
    if (const std::string bar = progress_of(run, progress_width); !bar.empty() || !waits.empty())
        s.warn("\r\033[K" + bar + " " + waits + " ");
}

/// Long polls until the run is over or the wait is; returns the run as it was seen last.
result<json::object> poll_until_over(cli_context& s, json::object run, wait_deadline end)
{
    const bool drawn = s.out.terminal && !s.quiet() && !s.json();
    while (!is_over(run) && (!end || clock::now() < *end)) {
        std::chrono::milliseconds turn = drawn ? progress_poll_time : quiet_poll_time;
        if (end)
            turn = std::min(turn, std::chrono::ceil<std::chrono::milliseconds>(*end - clock::now()));
        auto got = s.daemon.get("/v1/runs/" + cell(run, "id") + "?wait=" + std::to_string(turn.count()) + "ms",
                                turn + default_timeout);
        if (!got)
            return got.error();
        run = std::move(got->get_object());
        if (drawn)
            draw_progress(s, run);
    }
    if (drawn)
        s.warn("\r\033[K");
    return run;
}

/// On standard error: a script that reads the value must never take the word "failed" for a code.
void print_failure(const cli_context& s, const json::object& run)
{
    const json::value* e = run.if_contains("error");
    const std::string why = e && e->is_object() ? ": " + cell(e->get_object(), "message") : std::string();
    s.warn("ulakctl: run " + cell(run, "id") + ": " + cell(run, "state") + why + "\n");
}

int report(cli_context& s, const json::object& run)
{
    const int code = is_over(run) ? run_exit_code(run) : exit_wait_timeout;
    if (s.show_json(run) || !s.quiet()) {
        if (!s.json())
            print_run(s, run);
    } else if (code == exit_ok) {
        s.print(result_value(run) + "\n");
    } else if (is_over(run)) {
        print_failure(s, run);
    }
    if (!is_over(run))
        s.warn("ulakctl: still " + run_state_text(run) + "; the run goes on: ulakctl wait " + cell(run, "id") + "\n");
    return code;
}

} // namespace

result<wait_deadline> parse_wait(const std::string& text, std::string_view option)
{
    auto d = parse_duration(text);
    if (!d)
        return usage_error(std::string(option) + ": " + d.error().message);
    if (d->count() == 0)
        return wait_deadline();
    return wait_deadline(clock::now() + *d);
}

int wait_and_report(cli_context& s, json::object run, wait_deadline end)
{
    auto last = poll_until_over(s, std::move(run), end);
    if (!last)
        return s.fail(last.error());
    return report(s, *last);
}

} // namespace ulak::ctl
