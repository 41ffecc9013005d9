#include "ulakctl/run_report.hpp"

#include "ulakctl/cells.hpp"
#include "ulakctl/list_pages.hpp"
#include "ulakctl/query.hpp"
#include "ulakctl/run_items.hpp"
#include "ulakctl/run_view.hpp"
#include "ulakctl/table.hpp"

#include <fmt/core.h>

#include <map>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

json::array by_reason(const json::array& items)
{
    struct sums {
        std::int64_t recipients = 0, segments = 0;
    };
    std::map<std::pair<std::string, std::string>, sums> all;
    for (const json::value& v : items) {
        const json::object& o = v.get_object();
        auto& to = all[{cell(o, "state"), cell(o, "reason")}];
        ++to.recipients;
        to.segments += integer_of(o, "segments");
    }
    json::array rows;
    for (const auto& [key, sum] : all) {
        json::object row{{"state", key.first}, {"reason", nullptr}};
        if (key.second != "-")
            row["reason"] = key.second;
        row["recipients"] = sum.recipients;
        row["segments"] = sum.segments;
        rows.push_back(std::move(row));
    }
    return rows;
}

result<json::array> attention_of_run(cli_context& s, const std::string& run)
{
    auto got = all_rows(s, "/v1/attention?all=1", "attention");
    if (!got)
        return got.error();
    json::array own;
    for (json::value& v : *got)
        if (cell(v.get_object(), "run") == run)
            own.push_back(std::move(v));
    return own;
}

result<json::object> fetch_report(cli_context& s, const std::string& id)
{
    const std::string path = "/v1/runs/" + path_segment(id);
    auto run = s.daemon.get(path);
    if (!run)
        return run.error();
    auto items = all_items(s, id, {});
    if (!items)
        return items.error();
    auto effects = all_rows(s, path + "/effects", "effects");
    if (!effects)
        return effects.error();
    auto open = attention_of_run(s, id);
    if (!open)
        return open.error();
    return json::object{{"run", std::move(*run)},
                        {"recipients", by_reason(*items)},
                        {"effects", std::move(*effects)},
                        {"attention", std::move(*open)}};
}

void print_rows(const cli_context& s, const char* title, const json::array& rows, std::vector<std::string> headers,
                const std::vector<const char*>& keys)
{
    if (rows.empty())
        return;
    table t(std::move(headers));
    for (const json::value& v : rows) {
        std::vector<std::string> cells;
        for (const char* key : keys)
            cells.push_back(cell(v.get_object(), key));
        t.add_row(std::move(cells));
    }
    s.print(fmt::format("\n{}\n{}", title, t.text(s.out)));
}

} // namespace

int report_run(cli_context& s, const arguments& a)
{
    if (s.csv())
        return print_items_csv(s, a.names.front(), {});
    auto all = fetch_report(s, a.names.front());
    if (!all)
        return s.fail(all.error());
    if (s.show_json(*all))
        return exit_ok;
    print_run(s, all->at("run").get_object());
    print_rows(s, "recipients", all->at("recipients").get_array(), {"STATE", "RECIPIENTS", "SEGMENTS", "REASON"},
               {"state", "recipients", "segments", "reason"});
    print_rows(s, "calls that cost", all->at("effects").get_array(),
               {"STEP", "ACCOUNT", "OPERATION", "STATE", "EXPECTED", "CHARGED", "REFUNDED", "EVIDENCE"},
               {"step", "account", "operation", "state", "expected", "charged", "refunded", "evidence"});
    print_rows(s, "for a person to settle", all->at("attention").get_array(),
               {"ID", "KIND", "AMOUNT", "OUTCOME", "EVIDENCE"}, {"id", "kind", "amount", "outcome", "evidence"});
    return exit_ok;
}

} // namespace ulak::ctl
