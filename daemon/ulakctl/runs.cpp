// Starting, watching, showing and ending runs.
#include "core/wall_time.hpp"
#include "ulakctl/commands.hpp"
#include "ulakctl/words.hpp"

#include <boost/json/array.hpp>
#include <fmt/core.h>

#include <chrono>
#include <cstdio>
#include <optional>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

using clock = std::chrono::steady_clock;

/// One question to the daemon waits so long; a bulk send's progress is drawn anew after each.
constexpr std::chrono::seconds watched_turn{1};
constexpr std::chrono::seconds quiet_turn{30};
constexpr std::size_t bar_width = 24;

bool is_over(const json::object& run)
{
    const std::string state = cell(run, "state");
    return state != "queued" && state != "running" && state != "paused";
}

/// `--wait` alone has no end.
result<std::optional<clock::time_point>> end_of_wait(const std::string& text)
{
    auto d = parse_duration(text);
    if (!d) {
        error e(errc::invalid_argument, "--wait: " + d.error().message);
        e.http_status = 400;
        return e;
    }
    if (d->count() == 0)
        return std::optional<clock::time_point>();
    return std::optional<clock::time_point>(clock::now() + *d);
}

void draw_progress(const json::object& run)
{
    if (const std::string bar = progress_of(run, bar_width); !bar.empty())
        std::fprintf(stderr, "\r%s ", bar.c_str());
}

/// Long polls until the run is over or the wait is; the last state that was seen.
result<json::object> watch(session& s, json::object run, std::optional<clock::time_point> until)
{
    const bool drawn = s.out.terminal && !s.quiet() && !s.json();
    while (!is_over(run) && (!until || clock::now() < *until)) {
        std::chrono::milliseconds turn = drawn ? watched_turn : quiet_turn;
        if (until)
            turn = std::min(turn, std::chrono::ceil<std::chrono::milliseconds>(*until - clock::now()));
        auto got = s.link.get("/v1/runs/" + cell(run, "id") + "?wait=" + std::to_string(turn.count()) + "ms",
                              turn + usual_patience);
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

/// The value that a script wants: a code, an order, a balance; else the state.
std::string value_of(const json::object& run)
{
    const json::value* v = run.if_contains("result");
    if (const json::object* r = v ? v->if_object() : nullptr)
        for (const char* key : {"code", "order"})
            if (const std::string text = cell(*r, key); text != "-")
                return text;
    return cell(run, "state");
}

/// "accounts": one line for each entry, its values side by side; a long list is cut, `-o json` has all of it.
constexpr std::size_t shown_entries = 10;

void print_list(const session& s, std::string_view name, const json::array& entries)
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

void print_object(const session& s, const char* title, const json::object& run, const char* key)
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

void print_run(const session& s, const json::object& run)
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

int report(session& s, const json::object& run)
{
    if (!s.show_json(run)) {
        if (s.quiet())
            s.print(value_of(run) + "\n");
        else
            print_run(s, run);
    }
    if (!is_over(run)) {
        std::fprintf(stderr, "ulakctl: still %s; the run goes on: ulakctl wait %s\n", cell(run, "state").c_str(),
                     cell(run, "id").c_str());
        return exit_wait_over;
    }
    return code_of_run(run);
}

int wait_and_report(session& s, json::object run, const std::string& wait)
{
    auto until = end_of_wait(wait);
    if (!until)
        return s.fail(until.error());
    auto last = watch(s, std::move(run), *until);
    if (!last)
        return s.fail(last.error());
    return report(s, *last);
}

result<json::value> start(session& s, const arguments& a)
{
    auto params = params_of(a.params);
    if (!params)
        return params.error();
    http::header_list headers;
    if (!a.key.empty())
        headers.emplace_back("Idempotency-Key", a.key);
    json::object body{{"params", std::move(*params)}};
    return s.link.post("/v1/jobs/" + path_segment(a.names.front()) + "/runs", body, std::move(headers));
}

} // namespace

int start_run(session& s, const arguments& a)
{
    if (a.simulated)
        return run_simulated(s, a);
    auto begun = start(s, a);
    if (!begun)
        return s.fail(begun.error());
    const json::object& run = begun->get_object();
    if (!a.wait.empty())
        return wait_and_report(s, run, a.wait);
    if (s.show_json(run))
        return exit_ok;
    if (s.quiet())
        s.print(cell(run, "id") + "\n");
    else
        s.print("started run " + cell(run, "id") + "; watch it with: ulakctl wait " + cell(run, "id") + "\n");
    return exit_ok;
}

int wait_for_run(session& s, const arguments& a)
{
    auto got = s.link.get("/v1/runs/" + path_segment(a.names.front()));
    if (!got)
        return s.fail(got.error());
    return wait_and_report(s, std::move(got->get_object()), a.wait.empty() ? "0s" : a.wait);
}

int list_runs(session& s, const arguments& a)
{
    query q;
    q.add("limit", std::to_string(a.count > 0 ? a.count : 20));
    if (!a.job.empty())
        q.add("job", a.job);
    if (!a.state.empty())
        q.add("state", a.state);
    auto got = s.link.get("/v1/runs" + q.text());
    if (!got)
        return s.fail(got.error());
    if (s.show_json(*got))
        return exit_ok;
    if (s.quiet()) {
        for (const json::value& v : got->at("runs").get_array())
            s.print(cell(v.get_object(), "id") + "\n");
        return exit_ok;
    }
    table t({"RUN", "JOB", "STATE", "STARTED", "SPENT", "RESULT"});
    for (const json::value& v : got->at("runs").get_array()) {
        const json::object& o = v.get_object();
        const json::value* e = o.if_contains("error");
        const std::string said = e && e->is_object() ? cell(e->get_object(), "message") : value_of(o);
        t.row({cell(o, "id"), cell(o, "job"), cell(o, "state"), short_time(o, "started_at"), cell(o, "spent"),
               said == cell(o, "state") ? "-" : said});
    }
    s.print(t.empty() ? "no runs\n" : t.text(s.out));
    return exit_ok;
}

int show_run(session& s, const arguments& a)
{
    const std::string path = "/v1/runs/" + path_segment(a.names.front());
    auto got = s.link.get(path);
    if (!got)
        return s.fail(got.error());
    if (!a.items) {
        if (!s.show_json(*got))
            print_run(s, got->get_object());
        return exit_ok;
    }
    query q;
    if (!a.state.empty())
        q.add("state", a.state);
    auto items = s.link.get(path + "/items" + q.text());
    if (!items)
        return s.fail(items.error());
    if (s.show_json(*items))
        return exit_ok;
    print_run(s, got->get_object());
    table t({"#", "PHONE", "STATE", "SEGMENTS", "QUEUE", "REASON"});
    for (const json::value& v : items->at("items").get_array()) {
        const json::object& o = v.get_object();
        t.row({cell(o, "position"), cell(o, "phone"), cell(o, "state"), cell(o, "segments"), cell(o, "queue"),
               cell(o, "reason")});
    }
    s.print("\n" + t.text(s.out));
    return exit_ok;
}

int cancel_run(session& s, const arguments& a)
{
    auto got = s.link.post("/v1/runs/" + path_segment(a.names.front()) + "/cancel", json::object());
    if (!got)
        return s.fail(got.error());
    if (a.wait.empty()) {
        if (!s.show_json(*got) && !s.quiet())
            s.print("asked; what costs money is given back first\n");
        return exit_ok;
    }
    const int code = wait_and_report(s, std::move(got->get_object()), a.wait);
    return code == exit_run_failed ? exit_ok : code; // cancelled is what was asked for
}

} // namespace ulak::ctl
