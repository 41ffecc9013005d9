#include "ulakctl/job_commands.hpp"

#include "ulakctl/cells.hpp"
#include "ulakctl/list_pages.hpp"
#include "ulakctl/query.hpp"
#include "ulakctl/run_commands.hpp"
#include "ulakctl/views.hpp"

#include <boost/json/array.hpp>
#include <fmt/core.h>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

/// 26 letters and digits, as the daemon makes them.
bool is_run_id(const std::string& name)
{
    return name.size() == 26 && name.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == std::string::npos;
}

int change_job(cli_context& s, const arguments& a, const char* verb, const char* done)
{
    auto got = s.daemon.post("/v1/jobs/" + path_segment(a.names.front()) + "/" + verb, json::object());
    if (!got)
        return s.fail(got.error());
    if (!s.show_json(*got) && !s.quiet())
        s.print(a.names.front() + done);
    return exit_ok;
}

} // namespace

int show_jobs(cli_context& s, const arguments&)
{
    auto rows = all_rows(s, "/v1/jobs", "jobs");
    if (!rows)
        return s.fail(rows.error());
    const json::object got{{"jobs", std::move(*rows)}};
    if (s.show_json(got))
        return exit_ok;
    if (s.quiet()) {
        for (const json::value& v : got.at("jobs").get_array())
            s.print(cell(v.get_object(), "name") + "\n");
        return exit_ok;
    }
    table t({"JOB", "KIND", "STATE", "NEXT", "SCHEDULE", "DESCRIPTION"});
    for (const json::value& v : got.at("jobs").get_array()) {
        const json::object& o = v.get_object();
        t.add_row({cell(o, "name"), cell(o, "kind"), job_state(o), zone_time(o, "next_local"), cell(o, "schedule"),
                   cell(o, "description")});
    }
    s.print(t.empty() ? "no jobs; put a YAML file into the jobs folder and run: ulakctl reload\n" : t.text(s.out));
    for (const json::value& v : got.at("jobs").get_array())
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
    s.print(fmt::format("{:<12} {}\n{:<12} {}\n", "state", job_state(o), "next", zone_time(o, "next_local")));
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

int pause_job(cli_context& s, const arguments& a)
{
    if (is_run_id(a.names.front()))
        return change_run(s, a.names.front(), "pause", " is held; nothing more is sent until: ulakctl resume\n");
    return change_job(s, a, "pause", " is paused; runs under way go on\n");
}

int resume_job(cli_context& s, const arguments& a)
{
    if (is_run_id(a.names.front()))
        return change_run(s, a.names.front(), "resume", " goes on\n");
    return change_job(s, a, "resume", " takes runs again\n");
}

} // namespace ulak::ctl
