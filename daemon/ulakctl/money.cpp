// Balances, spending, and what needs a person.
#include "ulakctl/cells.hpp"
#include "ulakctl/commands.hpp"
#include "ulakctl/table.hpp"
#include "ulakctl/query.hpp"

#include <boost/json/array.hpp>
#include <fmt/core.h>

#include <cstdio>

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
    auto got = s.daemon.get(a.all ? "/v1/attention?all=1" : "/v1/attention");
    if (!got)
        return s.fail(got.error());
    const json::array& all = got->at("attention").get_array();
    const bool open = !a.all && !all.empty();
    const int code = open ? exit_attention : exit_ok;
    if (s.show_json(*got))
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

namespace {

result<json::array> read_balances(cli_context& s, const arguments& a)
{
    std::vector<std::string> names = a.names;
    if (names.empty()) {
        auto accounts = s.daemon.get("/v1/accounts");
        if (!accounts)
            return accounts.error();
        for (const json::value& v : accounts->at("accounts").get_array())
            names.push_back(cell(v.get_object(), "account"));
    }
    json::array all;
    for (const std::string& name : names) {
        auto got = s.daemon.get("/v1/accounts/" + path_segment(name) + "/balance");
        if (!got && (got.error().http_status == 0 || names.size() == 1))
            return got.error();
        if (got)
            all.push_back(std::move(*got));
        else
            all.push_back(json::object{{"account", name}, {"error", got.error().message}});
    }
    return all;
}

} // namespace

int show_balance(cli_context& s, const arguments& a)
{
    auto all = read_balances(s, a);
    if (!all)
        return s.fail(all.error());
    if (s.show_json(a.names.empty() ? json::value(*all) : all->front()))
        return exit_ok;
    table t({"ACCOUNT", "BALANCE", "NOTE"});
    bool unreadable = false;
    for (const json::value& v : *all) {
        const json::object& o = v.get_object();
        unreadable |= o.contains("error");
        if (s.quiet())
            s.print(a.names.empty() ? cell(o, "account") + " " + cell(o, "balance") + "\n" : cell(o, "balance") + "\n");
        t.add_row({cell(o, "account"), o.contains("error") ? "-" : cell(o, "balance") + " " + cell(o, "unit"),
               cell(o, "error")});
    }
    if (!s.quiet())
        s.print(t.text(s.out));
    return unreadable ? exit_run_failed : exit_ok;
}

int show_services(cli_context& s, const arguments& a)
{
    auto got = s.daemon.get("/v1/accounts/" + path_segment(a.names.front()) + "/services");
    if (!got)
        return s.fail(got.error());
    if (s.show_json(*got))
        return exit_ok;
    table t({"ID", "PRICE", "STOCK", "MIN", "MAX", "CATEGORY", "NAME"});
    for (const json::value& v : got->at("services").get_array()) {
        const json::object& o = v.get_object();
        t.add_row({cell(o, "id"), cell(o, "price"), cell(o, "stock"), cell(o, "min"), cell(o, "max"), cell(o, "category"),
               cell(o, "name")});
    }
    s.print(t.text(s.out));
    return exit_ok;
}

int show_spend(cli_context& s, const arguments& a)
{
    auto got = s.daemon.get("/v1/spend?by=" + a.by);
    if (!got)
        return s.fail(got.error());
    if (s.show_json(*got))
        return exit_ok;
    table t({a.by == "job" ? "JOB" : a.by == "account" ? "ACCOUNT" : "DAY", "SPENT", "OPEN", "EFFECTS"});
    for (const json::value& v : got->at("spend").get_array()) {
        const json::object& o = v.get_object();
        t.add_row({cell(o, a.by), cell(o, "spent"), cell(o, "open"), cell(o, "effects")});
    }
    s.print(t.empty() ? "nothing was spent\n" : t.text(s.out));
    return exit_ok;
}

} // namespace ulak::ctl
