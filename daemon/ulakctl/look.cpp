// Looking at the daemon and its jobs.
#include "core/text.hpp"
#include "ulakctl/cells.hpp"
#include "ulakctl/commands.hpp"
#include "ulakctl/table.hpp"
#include "ulakctl/query.hpp"
#include "yaml/problem_json.hpp"

#include <boost/json/array.hpp>
#include <fmt/core.h>

#include <algorithm>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

table accounts_table(const json::array& all)
{
    table t({"ACCOUNT", "PROVIDER", "STATE", "BALANCE", "READ AT"});
    for (const json::value& v : all) {
        const json::object& o = v.get_object();
        const std::string amount = cell(o, "balance");
        t.add_row({cell(o, "account"), cell(o, "provider"), cell(o, "state"),
               amount == "-" ? amount : amount + " " + cell(o, "unit"), short_time(o, "at")});
    }
    return t;
}

table firings_table(const json::array& all)
{
    table t({"AT", "JOB", "WHY"});
    for (const json::value& v : all) {
        const json::object& o = v.get_object();
        t.add_row({zone_time(o, "local"), cell(o, "job"), cell(o, "reason")});
    }
    return t;
}

std::string job_state(const json::object& o)
{
    const auto is = [&](const char* key) {
        const json::value* v = o.if_contains(key);
        return v && v->is_bool() && v->get_bool();
    };
    return is("broken") ? "broken" : is("paused") ? "paused" : is("enabled") ? "ok" : "disabled";
}

/// "total 5, to_send 2"; entries of a list stand side by side.
std::string one_line(const json::value& v)
{
    const json::object* o = v.if_object();
    if (const json::array* list = v.if_array()) {
        std::string text;
        for (const json::value& one : *list)
            text += (text.empty() ? "" : ", ") + cell(&one);
        return text.empty() ? "-" : text;
    }
    if (!o || o->contains("amount"))
        return cell(&v);
    std::string text;
    for (const auto& member : *o)
        text += (text.empty() ? "" : ", ") + std::string(member.key()) + " " + cell(&member.value());
    return text;
}

void print_plan(const cli_context& s, const json::object& plan)
{
    for (const auto& member : plan) {
        const json::array* rows = member.value().if_array();
        if (!rows || rows->empty() || !rows->front().is_object()) {
            s.print(fmt::format("{:<14} {}\n", std::string_view(member.key()), one_line(member.value())));
            continue;
        }
        for (const json::value& row : *rows)
            s.print(fmt::format("{:<14} {}\n", &row == &rows->front() ? std::string_view(member.key()) : "",
                                one_line(row)));
    }
}

} // namespace

void print_problems(const cli_context& s, const json::array& problems)
{
    for (const json::value& v : problems)
        s.print(yaml::to_text(yaml::from_json(v.get_object()), s.out.colour));
}

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
    s.print(fmt::format("ulakd {}, up {}, {} ({} broken, {} paused), {} running\n", cell(o, "version"),
                        cell(o, "uptime"), counted(jobs.at("total").to_number<std::size_t>(), "job"),
                        cell(jobs, "broken"), cell(jobs, "paused"), cell(o, "running")));
    if (cell(o, "attention") != "0")
        s.print(paint(s.out, tone::warn, cell(o, "attention") + " need attention: ulakctl attention") + "\n");
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

int show_jobs(cli_context& s, const arguments&)
{
    auto got = s.daemon.get("/v1/jobs");
    if (!got)
        return s.fail(got.error());
    if (s.show_json(*got))
        return exit_ok;
    if (s.quiet()) {
        for (const json::value& v : got->at("jobs").get_array())
            s.print(cell(v.get_object(), "name") + "\n");
        return exit_ok;
    }
    table t({"JOB", "KIND", "STATE", "NEXT", "SCHEDULE", "DESCRIPTION"});
    for (const json::value& v : got->at("jobs").get_array()) {
        const json::object& o = v.get_object();
        t.add_row({cell(o, "name"), cell(o, "kind"), job_state(o), short_time(o, "next"), cell(o, "schedule"),
               cell(o, "description")});
    }
    s.print(t.empty() ? "no jobs; put a YAML file into the jobs folder and run: ulakctl reload\n" : t.text(s.out));
    for (const json::value& v : got->at("jobs").get_array())
        print_problems(s, v.at("problems").get_array());
    return exit_ok;
}

int show_job(cli_context& s, const arguments& a)
{
    auto got = s.daemon.get("/v1/jobs/" + path_segment(a.names.front()));
    if (!got)
        return s.fail(got.error());
    if (s.show_json(*got))
        return exit_ok;
    const json::object& o = got->get_object();
    for (const char* key : {"name", "kind", "file", "description", "schedule"})
        s.print(fmt::format("{:<12} {}\n", key, cell(o, key)));
    s.print(fmt::format("{:<12} {}\n{:<12} {}\n", "state", job_state(o), "next", local_time(o, "next")));
    for (const json::value& v : o.at("params").get_array()) {
        const json::object& p = v.get_object();
        s.print(
            fmt::format("{:<12} {} ({}), default {}\n", "param", cell(p, "name"), cell(p, "type"), cell(p, "default")));
    }
    print_problems(s, o.at("problems").get_array());
    return exit_ok;
}

int show_next(cli_context& s, const arguments& a)
{
    const std::string path = a.names.empty() ? "/v1/next" : "/v1/jobs/" + path_segment(a.names.front()) + "/next";
    query q;
    if (a.count > 0)
        q.add("n", std::to_string(a.count));
    if (!a.from.empty())
        q.add("from", a.from);
    auto got = s.daemon.get(path + q.text());
    if (!got)
        return s.fail(got.error());
    if (s.show_json(*got))
        return exit_ok;
    const json::object& o = got->get_object();
    const table t = firings_table(got->at("firings").get_array());
    if (t.empty())
        s.print(o.contains("note") ? cell(o, "note") + "\n" : "nothing is scheduled\n");
    else
        s.print(t.text(s.out));
    if (const json::value* missed = o.if_contains("missed"); missed && !missed->as_array().empty())
        s.print("\ndropped\n" + firings_table(missed->as_array()).text(s.out));
    return exit_ok;
}

int show_plan(cli_context& s, const arguments& a)
{
    auto params = parse_params(a.params);
    if (!params)
        return s.fail(params.error());
    json::object body{{"params", std::move(*params)}};
    auto got = s.daemon.post("/v1/jobs/" + path_segment(a.names.front()) + "/plan", body);
    if (!got)
        return s.fail(got.error());
    if (s.show_json(*got))
        return exit_ok;
    print_plan(s, got->get_object());
    return exit_ok;
}

} // namespace ulak::ctl
