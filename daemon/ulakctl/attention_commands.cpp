#include "ulakctl/attention_commands.hpp"

#include "ulakctl/cells.hpp"
#include "ulakctl/list_pages.hpp"
#include "ulakctl/query.hpp"
#include "ulakctl/table.hpp"

#include <boost/json/array.hpp>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

/// On a terminal what is known of each entry stands below it, whole; for a pipe it is the last column.
void print_entries(const cli_context& s, const json::array& all, bool settled_too)
{
    std::vector<std::string> headers{"ID", "AT", "KIND", "JOB", "ACCOUNT", "AMOUNT"};
    if (settled_too || !s.out.terminal)
        headers.emplace_back("OUTCOME");
    if (!s.out.terminal)
        headers.emplace_back("EVIDENCE");
    const std::size_t columns = headers.size();
    table t(std::move(headers));
    for (const json::value& v : all) {
        const json::object& o = v.get_object();
        std::vector<std::string> cells{cell(o, "id"),     cell(o, "kind"),    cell(o, "job"),     cell(o, "account"),
                                       cell(o, "amount"), cell(o, "outcome"), cell(o, "evidence")};
        cells.insert(cells.begin() + 1, short_time(o, "at"));
        cells.resize(columns);
        t.add_row(std::move(cells));
    }
    const auto lines = t.lines(s.out);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        s.print(lines[i] + "\n");
        if (i > 0 && s.out.terminal)
            s.print("    " + cell(all[i - 1].get_object(), "evidence") + "\n");
    }
}

} // namespace

int show_attention(cli_context& s, const arguments& a)
{
    auto rows = all_rows(s, a.all ? "/v1/attention?all=1" : "/v1/attention", "attention");
    if (!rows)
        return s.fail(rows.error());
    const json::object got{{"attention", std::move(*rows)}};
    const json::array& all = got.at("attention").get_array();
    const bool open = !a.all && !all.empty();
    const int code = open ? exit_attention : exit_ok;
    if (s.show_json(got))
        return code;
    if (s.quiet()) {
        for (const json::value& v : all)
            s.print(cell(v.get_object(), "id") + "\n");
        return code;
    }
    if (all.empty())
        s.print("nothing needs attention\n");
    else
        print_entries(s, all, a.all);
    if (open)
        s.print("\nlook at the provider's panel, then: ulakctl resolve ID done|not-done|write-off\n");
    return code;
}

int resolve_entry(cli_context& s, const arguments& a)
{
    json::object body{{"outcome", a.names.at(1)}};
    auto got = s.daemon.post("/v1/attention/" + path_segment(a.names.front()) + "/resolve", body);
    if (!got)
        return s.fail(got.error());
    if (!s.show_json(*got) && !s.quiet())
        s.print("resolved as " + cell(got->get_object(), "outcome") + "\n");
    return exit_ok;
}

} // namespace ulak::ctl
