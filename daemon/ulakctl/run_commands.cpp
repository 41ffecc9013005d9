#include "ulakctl/run_commands.hpp"

#include "ulakctl/cells.hpp"
#include "ulakctl/query.hpp"
#include "ulakctl/run_items.hpp"
#include "ulakctl/run_view.hpp"
#include "ulakctl/run_wait.hpp"
#include "ulakctl/simulated_run.hpp"
#include "ulakctl/table.hpp"
#include "ulakctl/views.hpp"

#include <boost/json/array.hpp>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

result<json::value> start(cli_context& s, const arguments& a)
{
    auto params = parse_params(a.params);
    if (!params)
        return params.error();
    http::header_list headers;
    if (!a.key.empty())
        headers.emplace_back("Idempotency-Key", a.key);
    json::object body{{"params", std::move(*params)}};
    if (!a.only.empty())
        body["only"] = a.only;
    if (!a.of.empty())
        body["of"] = a.of;
    return s.daemon.post("/v1/jobs/" + path_segment(a.names.front()) + "/runs", body, std::move(headers));
}

/// Whether the job's file has problems and no good version is known; shows them.
bool is_broken(cli_context& s, const std::string& job)
{
    const auto got = s.daemon.get("/v1/jobs/" + path_segment(job));
    if (!got || !got->is_object() || !got->at("broken").is_bool() || !got->at("broken").get_bool() ||
        !got->at("kind").get_string().empty())
        return false;
    s.warn("ulakctl: job " + job + " is broken, and there is no good version of it; see: ulakctl check\n");
    print_problems(s, got->at("problems").get_array());
    return true;
}

} // namespace

int start_run(cli_context& s, const arguments& a)
{
    if (a.simulated)
        return run_simulated(s, a);
    auto end = parse_wait(a.wait.empty() ? "0s" : a.wait); // a slip is told before anything begins
    if (!end)
        return s.fail(end.error());
    auto begun = start(s, a);
    if (!begun)
        return begun.error().http_status == 409 && is_broken(s, a.names.front()) ? int(exit_problems)
                                                                                 : s.fail(begun.error());
    const json::object& run = begun->get_object();
    if (!a.wait.empty())
        return wait_and_report(s, run, *end);
    if (s.show_json(run))
        return exit_ok;
    if (s.quiet())
        s.print(cell(run, "id") + "\n");
    else
        s.print("started run " + cell(run, "id") + "; watch it with: ulakctl wait " + cell(run, "id") + "\n");
    return exit_ok;
}

int wait_for_run(cli_context& s, const arguments& a)
{
    auto end = parse_wait(a.wait.empty() ? "0s" : a.wait, "--for");
    if (!end)
        return s.fail(end.error());
    auto got = s.daemon.get("/v1/runs/" + path_segment(a.names.front()));
    if (!got)
        return s.fail(got.error());
    return wait_and_report(s, std::move(got->get_object()), *end);
}

int list_runs(cli_context& s, const arguments& a)
{
    query q;
    q.add("limit", std::to_string(a.count > 0 ? a.count : 20));
    if (!a.job.empty())
        q.add("job", a.job);
    if (!a.state.empty())
        q.add("state", a.state);
    auto got = s.daemon.get("/v1/runs" + q.text());
    if (!got)
        return s.fail(got.error());
    if (s.show_json(*got))
        return exit_ok;
    if (s.quiet()) {
        for (const json::value& v : got->at("runs").get_array())
            s.print(cell(v.get_object(), "id") + "\n");
        return exit_ok;
    }
    table t({"RUN", "JOB", "STATE", time_head("STARTED"), "SPENT", "RESULT"});
    for (const json::value& v : got->at("runs").get_array()) {
        const json::object& o = v.get_object();
        const json::value* e = o.if_contains("error");
        const std::string said = e && e->is_object() ? cell(e->get_object(), "message") : result_value(o);
        t.add_row({cell(o, "id"), cell(o, "job"), run_state_text(o), short_time(o, "started_at"), cell(o, "spent"),
                   said == cell(o, "state") ? "-" : said});
    }
    s.print(t.empty() ? "no runs\n" : t.text(s.out));
    return exit_ok;
}

int show_run(cli_context& s, const arguments& a)
{
    const std::string path = "/v1/runs/" + path_segment(a.names.front());
    auto got = s.daemon.get(path);
    if (!got)
        return s.fail(got.error());
    if (!a.items) {
        if (s.show_json(*got))
            return exit_ok;
        if (s.quiet())
            s.print(result_value(got->get_object()) + "\n");
        else
            print_run(s, got->get_object());
        return exit_ok;
    }
    auto items = all_items(s, a.names.front(), a.state);
    if (!items)
        return s.fail(items.error());
    if (s.show_json(json::object{{"items", *items}}))
        return exit_ok;
    print_run(s, got->get_object());
    table t({"#", "PHONE", "STATE", "SEGMENTS", "QUEUE", "REASON"});
    for (const json::value& v : *items) {
        const json::object& o = v.get_object();
        t.add_row({cell(o, "position"), cell(o, "phone"), cell(o, "state"), cell(o, "segments"), cell(o, "queue"),
                   cell(o, "reason")});
    }
    s.print("\n" + t.text(s.out));
    return exit_ok;
}

int change_run(cli_context& s, const std::string& id, const char* verb, const char* done)
{
    auto got = s.daemon.post("/v1/runs/" + path_segment(id) + "/" + verb, json::object());
    if (!got)
        return s.fail(got.error());
    if (!s.show_json(*got) && !s.quiet())
        s.print("run " + id + done);
    return exit_ok;
}

int cancel_run(cli_context& s, const arguments& a)
{
    auto end = parse_wait(a.wait.empty() ? "0s" : a.wait);
    if (!end)
        return s.fail(end.error());
    auto got = s.daemon.post("/v1/runs/" + path_segment(a.names.front()) + "/cancel", json::object());
    if (!got)
        return s.fail(got.error());
    if (a.wait.empty()) {
        if (s.show_json(*got) || s.quiet())
            return exit_ok;
        s.print("asked; what costs money is given back first\n");
        if (got->get_object().contains("waits"))
            print_run(s, got->get_object());
        return exit_ok;
    }
    const int code = wait_and_report(s, std::move(got->get_object()), *end);
    return code == exit_run_failed ? exit_ok : code; // cancelled is what was asked for
}

int acquire_code(cli_context& s, const arguments& a)
{
    json::object body{{"account", a.account}, {"service", a.service}};
    for (const auto& [key, value] :
         {std::pair("operator", &a.network), std::pair("max_price", &a.max_price), std::pair("wait", &a.wait)})
        if (!value->empty())
            body[key] = *value;
    if (a.count != 0)
        body["length"] = a.count;
    http::header_list headers;
    if (!a.key.empty())
        headers.emplace_back("Idempotency-Key", a.key);
    auto begun = s.daemon.post("/v1/otp", body, std::move(headers));
    if (!begun)
        return s.fail(begun.error());
    return wait_and_report(s, std::move(begun->get_object()), wait_deadline());
}

} // namespace ulak::ctl
