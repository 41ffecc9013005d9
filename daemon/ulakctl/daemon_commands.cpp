#include "ulakctl/daemon_commands.hpp"

#include "core/text.hpp"
#include "ulakctl/cells.hpp"
#include "ulakctl/query.hpp"
#include "ulakctl/views.hpp"

#include <boost/json/array.hpp>
#include <fmt/core.h>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

/// "  new", or "  changed: schedule, budget"
std::string difference_text(const json::object& file)
{
    if (const json::value* added = file.if_contains("added"); added && added->is_bool() && added->get_bool())
        return "  new";
    std::string text;
    if (const json::value* changed = file.if_contains("changed"); changed && changed->is_array())
        for (const json::value& key : changed->get_array())
            text += (text.empty() ? "  changed: " : ", ") + cell(&key);
    return text;
}

int adopt_account(cli_context& s, const std::string& name)
{
    auto got = s.daemon.post("/v1/accounts/" + path_segment(name) + "/adopt", json::object());
    if (!got)
        return s.fail(got.error());
    if (!s.show_json(*got) && !s.quiet())
        s.print("account " + name + " is the wallet that it was; what waited for it goes on\n");
    return exit_ok;
}

} // namespace

int show_status(cli_context& s, const arguments&)
{
    auto got = s.daemon.get("/v1/status");
    if (!got)
        return s.fail(got.error());
    if (s.show_json(*got))
        return exit_ok;
    const json::object& o = got->get_object();
    const json::object& jobs = o.at("jobs").get_object();
    if (const auto trouble = store_problem(o); !trouble.empty())
        s.print(paint(s.out, tone::bad, trouble) + "\n");
    if (const auto trouble = clock_problem(o); !trouble.empty())
        s.print(paint(s.out, tone::bad, trouble) + "\n");
    s.print(fmt::format("ulakd {}, up {}, {} ({} broken, {} paused), {} running\n", cell(o, "version"),
                        cell(o, "uptime"), counted(jobs.at("total").to_number<std::size_t>(), "job"),
                        cell(jobs, "broken"), cell(jobs, "paused"), cell(o, "running")));
    if (cell(o, "attention") != "0")
        s.print(paint(s.out, tone::warn, cell(o, "attention") + " need attention: ulakctl attention") + "\n");
    if (const json::value* waiting = o.if_contains("waiting"); waiting && waiting->is_array())
        for (const json::value& v : waiting->get_array()) {
            const json::object& w = v.get_object();
            const std::string until = cell(w, "until") == "-" ? "" : " until " + short_time(w, "until");
            s.print("run " + cell(w, "run") + " of " + cell(w, "job") + " waits for " + cell(w, "for") + until + "\n");
        }
    s.print("\n" + accounts_table(o.at("accounts").get_array()).text(s.out));
    if (!o.at("next").get_array().empty())
        s.print("\n" + firings_table(o.at("next").get_array()).text(s.out));
    return exit_ok;
}

int show_health(cli_context& s, const arguments&)
{
    auto got = s.daemon.get("/v1/health");
    if (!got)
        return s.fail(got.error());
    if (!s.show_json(*got) && !s.quiet())
        s.print("ok\n");
    return exit_ok;
}

int reload_files(cli_context& s, const arguments& a)
{
    auto got = s.daemon.post(a.dry_run ? "/v1/reload?dry_run=1" : "/v1/reload", json::object());
    if (!got)
        return s.fail(got.error());
    bool rejected = false;
    for (const json::value& v : got->at("files").get_array())
        rejected |= cell(v.get_object(), "result") == "rejected";
    const int code = rejected ? exit_problems : exit_ok;
    if (s.show_json(*got))
        return code;
    for (const json::value& v : got->at("files").get_array()) {
        const json::object& o = v.get_object();
        s.print(fmt::format("{} {}{}\n",
                            paint(s.out, tone_of(cell(o, "result")), fmt::format("{:<10}", cell(o, "result"))),
                            cell(o, "file"), difference_text(o)));
        print_problems(s, o.at("problems").get_array());
    }
    if (a.dry_run)
        s.print("only looked: nothing is taken over\n");
    return code;
}

int adopt(cli_context& s, const arguments& a)
{
    if (!a.names.empty())
        return adopt_account(s, a.names.front());
    auto got = s.daemon.post("/v1/adopt", json::object());
    if (!got)
        return s.fail(got.error());
    if (!s.show_json(*got) && !s.quiet())
        s.print("the state folder is this daemon's own from now on; what it holds goes on\n");
    return exit_ok;
}

int settle_clock(cli_context& s, const arguments& a)
{
    if (a.names.front() != "confirm")
        return s.fail(usage_error("clock takes: confirm"));
    auto got = s.daemon.post("/v1/clock/confirm", json::object());
    if (!got)
        return s.fail(got.error());
    if (!s.show_json(*got) && !s.quiet())
        s.print("the machine's clock is trusted: it is " + cell(got->get_object(), "time") + "; what waited goes on\n");
    return exit_ok;
}

} // namespace ulak::ctl
