#include "ulakctl/account_commands.hpp"

#include "ulakctl/cells.hpp"
#include "ulakctl/list_pages.hpp"
#include "ulakctl/query.hpp"
#include "ulakctl/table.hpp"

#include <boost/json/array.hpp>

namespace ulak::ctl {

namespace json = boost::json;

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
        t.add_row({cell(o, "id"), cell(o, "price"), cell(o, "stock"), cell(o, "min"), cell(o, "max"),
                   cell(o, "category"), cell(o, "name")});
    }
    s.print(t.text(s.out));
    return exit_ok;
}

int show_spend(cli_context& s, const arguments& a)
{
    auto rows = all_rows(s, "/v1/spend?by=" + a.by, "spend");
    if (!rows)
        return s.fail(rows.error());
    const json::object got{{"spend", std::move(*rows)}};
    if (s.show_json(got))
        return exit_ok;
    table t({a.by == "job" ? "JOB" : a.by == "account" ? "ACCOUNT" : "DAY", "SPENT", "OPEN", "EFFECTS"});
    for (const json::value& v : got.at("spend").get_array()) {
        const json::object& o = v.get_object();
        t.add_row({cell(o, a.by), cell(o, "spent"), cell(o, "open"), cell(o, "effects")});
    }
    s.print(t.empty() ? "nothing was spent\n" : t.text(s.out));
    return exit_ok;
}

} // namespace ulak::ctl
