// A live view of the daemon.
#include "ulakctl/commands.hpp"
#include "ulakctl/picture.hpp"
#include "ulakctl/terminal.hpp"

#include <unistd.h>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

constexpr std::chrono::milliseconds between_pictures{1000};
constexpr std::chrono::seconds patience{5};
constexpr std::size_t no_limit = 100'000;

result<observation> observe(session& s)
{
    auto status = s.link.get("/v1/status", patience);
    if (!status)
        return status.error();
    auto runs = s.link.get("/v1/runs?state=running,queued,paused&limit=100", patience);
    if (!runs)
        return runs.error();
    auto open = s.link.get("/v1/attention", patience);
    if (!open)
        return open.error();
    observation seen;
    seen.status = std::move(status->as_object());
    seen.runs = std::move(runs->at("runs").as_array());
    seen.attention = std::move(open->at("attention").as_array());
    return seen;
}

int show_once(session& s)
{
    auto seen = observe(s);
    if (!seen)
        return s.fail(seen.error());
    json::object all{{"status", seen->status}, {"runs", seen->runs}, {"attention", seen->attention}};
    if (s.show_json(all))
        return exit_ok;
    for (const std::string& line : draw(*seen, s.out, no_limit, std::chrono::system_clock::now()))
        s.print(line + "\n");
    return exit_ok;
}

std::vector<std::string> picture_or_excuse(const result<observation>& seen, const screen& look, std::size_t height)
{
    if (seen)
        return draw(*seen, look, height, std::chrono::system_clock::now());
    return {"ulakctl top: " + seen.error().message, "", "trying again; q ends"};
}

} // namespace

int show_top(session& s, const arguments&)
{
    if (!s.out.terminal || s.json() || s.quiet() || ::isatty(STDIN_FILENO) != 1)
        return show_once(s);
    auto seen = observe(s);
    if (!seen) // nothing to look at: say so and leave the screen as it is
        return s.fail(seen.error());
    live_terminal screen_of;
    for (;;) {
        const screen look = look_at_output();
        screen_of.show(picture_or_excuse(seen, look, screen_of.height()));
        if (screen_of.wait(between_pictures) == live_terminal::heard::quit)
            return exit_ok;
        seen = observe(s);
    }
}

} // namespace ulak::ctl
