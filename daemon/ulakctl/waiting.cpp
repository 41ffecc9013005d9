#include "ulakctl/waiting.hpp"

#include "core/wall_time.hpp"
#include "ulakctl/cells.hpp"
#include "ulakctl/progress.hpp"

#include <boost/json/array.hpp>
#include <fmt/core.h>

#include <cstdio>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

using clock = std::chrono::steady_clock;

/// One question to the daemon waits so long; a bulk send's progress is drawn anew after each.
constexpr std::chrono::seconds progress_poll_time{1};
constexpr std::chrono::seconds quiet_poll_time{30};
constexpr std::size_t bar_width = 24;

bool is_over(const json::object& run)
{
    const std::string state = cell(run, "state");
    return state != "queued" && state != "running" && state != "paused";
}

void draw_progress(const json::object& run)
{
    if (const std::string bar = progress_of(run, bar_width); !bar.empty())
        std::fprintf(stderr, "\r%s ", bar.c_str());
}

/// Long polls until the run is over or the wait is; the last state that was seen.
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
            draw_progress(run);
    }
    if (drawn)
        std::fputs("\r\033[K", stderr);
    return run;
}

} // namespace

/// The value that a script wants: a code, an order, a balance; else the state.
std::string result_value(const json::object& run)
{
    const json::value* v = run.if_contains("result");
    if (const json::object* r = v ? v->if_object() : nullptr)
        for (const char* key : {"code", "order"})
            if (const std::string text = cell(*r, key); text != "-")
                return text;
    return cell(run, "state");
}

namespace {

/// "accounts": one line for each entry, its values side by side; a long list is cut, `-o json` has all of it.
constexpr std::size_t shown_entries = 10;

void print_list(const cli_context& s, std::string_view name, const json::array& entries)
{
    for (std::size_t i = 0; i < entries.size() && i < shown_entries; ++i) {
        std::string line;
        const json::object* o = entries[i].if_object();
        if (!o)
            line = cell(&entries[i]);
        else
            for (const auto& member : *o)
                line += fmt::format("{} {}  ", std::string_view(member.key()), cell(&member.value()));
        s.print(fmt::format("  {:<12} {}\n", i == 0 ? name : std::string_view(), line));
    }
    if (entries.size() > shown_entries)
        s.print(fmt::format("  {:<12} … and {} more: -o json\n", "", entries.size() - shown_entries));
}

void print_object(const cli_context& s, const char* title, const json::object& run, const char* key)
{
    const json::value* v = run.if_contains(key);
    const json::object* o = v ? v->if_object() : nullptr;
    if (!o || o->empty())
        return;
    s.print(fmt::format("{}\n", title));
    for (const auto& member : *o)
        if (member.value().is_array())
            print_list(s, member.key(), member.value().get_array());
        else
            s.print(fmt::format("  {:<12} {}\n", std::string_view(member.key()), cell(&member.value())));
}

} // namespace

void print_run(const cli_context& s, const json::object& run)
{
    s.print(fmt::format("run {}  job {}  {}\n", cell(run, "id"), cell(run, "job"),
                        paint(s.out, tone_of(cell(run, "state")), cell(run, "state"))));
    s.print(fmt::format("  {:<12} {}\n  {:<12} {}\n  {:<12} {}\n", "started", local_time(run, "started_at"), "finished",
                        local_time(run, "finished_at"), "spent", cell(run, "spent")));
    if (const json::value* e = run.if_contains("error"); e && e->is_object())
        s.print(
            fmt::format("  {:<12} {}: {}\n", "error", cell(e->get_object(), "code"), cell(e->get_object(), "message")));
    print_object(s, "counts", run, "counts");
    print_object(s, "result", run, "result");
}

namespace {

/// A script that takes the value must never take the word "failed" for a code.
void print_failure(const json::object& run)
{
    const json::value* e = run.if_contains("error");
    const std::string why = e && e->is_object() ? ": " + cell(e->get_object(), "message") : std::string();
    std::fprintf(stderr, "ulakctl: run %s: %s%s\n", cell(run, "id").c_str(), cell(run, "state").c_str(), why.c_str());
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
        print_failure(run);
    }
    if (!is_over(run))
        std::fprintf(stderr, "ulakctl: still %s; the run goes on: ulakctl wait %s\n", cell(run, "state").c_str(),
                     cell(run, "id").c_str());
    return code;
}

} // namespace

result<wait_deadline> parse_wait(const std::string& text)
{
    auto d = parse_duration(text);
    if (!d) {
        error e(errc::invalid_argument, "--wait: " + d.error().message);
        e.http_status = 400;
        return e;
    }
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
