#include "ulakctl/event_commands.hpp"

#include "core/json_text.hpp"
#include "ulakctl/cells.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/core.h>

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

// Events of other jobs are left out; that the feed was cut is always reported.
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
        s.warn("ulakctl: the daemon ended the feed; go on with: ulakctl events -f --after " + cell(*e, "after") + "\n");
    } else {
        const std::string level = cell(*e, "level");
        const tone t = level == "error" ? tone::bad : level == "warning" ? tone::warn : tone::plain;
        s.print(fmt::format("{}  {:<8} {:<20} {:<16} {}\n", local_time(*e, "time"), paint(s.out, t, level),
                            cell(*e, "event"), cell(*e, "job"), cell(*e, "message")));
    }
    s.flush();
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

std::vector<std::string> journal_command(const arguments& a, bool json)
{
    std::vector<std::string> words{"journalctl", "-u", "ulakd", "-o", json ? "json" : "short-iso"};
    if (a.follow)
        words.emplace_back("-f");
    if (a.count > 0)
        words.push_back("--lines=" + std::to_string(a.count));
    if (!a.job.empty())
        words.push_back("ULAK_JOB=" + a.job);
    if (!a.run.empty())
        words.push_back("ULAK_RUN=" + a.run);
    return words;
}

int show_logs(cli_context& s, const arguments& a)
{
    auto words = journal_command(a, s.json());
    std::vector<char*> argv;
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    ::execvp(argv.front(), argv.data());
    s.warn(std::string("ulakctl: journalctl cannot be run: ") + std::strerror(errno) +
           "\n  without systemd the log is on ulakd's standard error;\n  what happened is in: ulakctl events\n");
    return exit_run_failed;
}

} // namespace ulak::ctl
