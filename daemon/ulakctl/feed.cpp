// What happened: the daemon's events, and its log in the journal.
#include "core/json_text.hpp"
#include "ulakctl/cells.hpp"
#include "ulakctl/commands.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/core.h>

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

void print_event(const cli_context& s, const arguments& a, std::string_view line)
{
    auto parsed = parse_json(line);
    const json::object* e = parsed ? parsed->if_object() : nullptr;
    if (!e)
        return;
    const bool cut = cell(*e, "event") == "feed.cut";
    if (!cut && !a.job.empty() && cell(*e, "job") != a.job)
        return;
    if (s.json()) {
        s.print(std::string(line) + "\n");
    } else if (cut) {
        std::fprintf(stderr, "ulakctl: the daemon ended the feed; go on with: ulakctl events -f --after %s\n",
                     cell(*e, "after").c_str());
    } else {
        const std::string level = cell(*e, "level");
        const tone t = level == "error" ? tone::bad : level == "warning" ? tone::warn : tone::plain;
        s.print(fmt::format("{}  {:<8} {:<20} {:<16} {}\n", local_time(*e, "time"), paint(s.out, t, level),
                            cell(*e, "event"), cell(*e, "job"), cell(*e, "message")));
    }
    std::fflush(stdout);
}

} // namespace

int show_events(cli_context& s, const arguments& a)
{
    std::string target = "/v1/events?after=" + std::to_string(a.after);
    if (a.follow)
        target += "&follow=1";
    auto ended = s.daemon.follow(target, [&](std::string_view line) { print_event(s, a, line); });
    return ended ? exit_ok : s.fail(ended.error());
}

int show_logs(cli_context& s, const arguments& a)
{
    std::vector<std::string> words{"journalctl", "-u", "ulakd", "-o", s.json() ? "json" : "short-iso"};
    if (a.follow)
        words.emplace_back("-f");
    if (a.count > 0)
        words.push_back("--lines=" + std::to_string(a.count));
    if (!a.job.empty())
        words.push_back("ULAK_JOB=" + a.job);
    if (!a.run.empty())
        words.push_back("ULAK_RUN=" + a.run);
    std::vector<char*> argv;
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    ::execvp(argv.front(), argv.data());
    std::fprintf(stderr,
                 "ulakctl: journalctl cannot be run: %s\n  without systemd the log is on ulakd's standard error;\n"
                 "  what happened is in: ulakctl events\n",
                 std::strerror(errno));
    return exit_run_failed;
}

} // namespace ulak::ctl
