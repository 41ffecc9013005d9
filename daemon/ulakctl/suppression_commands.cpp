#include "ulakctl/suppression_commands.hpp"

#include "core/text.hpp"
#include "ulakctl/cells.hpp"
#include "ulakctl/csv_output.hpp"
#include "ulakctl/list_pages.hpp"
#include "ulakctl/number_list.hpp"
#include "ulakctl/query.hpp"
#include "ulakctl/table.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

/// The daemon takes so many at once.
constexpr std::size_t max_numbers_per_request = 10'000;

/// {"added": the new ones,"known"}
result<json::object> post_numbers(cli_context& s, const std::vector<std::string>& numbers, const std::string& reason)
{
    std::int64_t added = 0, known = 0;
    for (std::size_t at = 0; at < numbers.size(); at += max_numbers_per_request) {
        const auto first = numbers.begin() + static_cast<std::ptrdiff_t>(at);
        const auto size = std::min(max_numbers_per_request, numbers.size() - at);
        json::object body{{"phones", json::array(first, first + static_cast<std::ptrdiff_t>(size))}};
        if (!reason.empty())
            body["reason"] = reason;
        auto got = s.daemon.post("/v1/suppressions", body);
        if (!got && at > 0)
            s.warn("ulakctl: the first " + std::to_string(at) + " are on the list\n");
        if (!got)
            return got.error();
        added += got->at("added").to_number<std::int64_t>();
        known += got->at("known").to_number<std::int64_t>();
    }
    return json::object{{"added", added}, {"known", known}};
}

std::string added_text(const json::object& o)
{
    const auto known = cell(o, "known");
    return cell(o, "added") + " added to the opt-out list" + (known == "0" ? "" : ", " + known + " were on it") + "\n";
}

int add_numbers(cli_context& s, const std::vector<std::string>& numbers, const std::string& reason)
{
    if (numbers.empty())
        return s.fail(usage_error("no numbers are given"));
    auto done = post_numbers(s, numbers, reason);
    if (!done)
        return s.fail(done.error());
    if (!s.show_json(*done) && !s.quiet())
        s.print(added_text(*done));
    return exit_ok;
}

int import_from(cli_context& s, const arguments& a)
{
    json::object body{{"from", a.account}};
    if (!a.reason.empty())
        body["reason"] = a.reason;
    auto got = s.daemon.post("/v1/suppressions", body);
    if (!got)
        return s.fail(got.error());
    if (!s.show_json(*got) && !s.quiet())
        s.print(added_text(got->get_object()));
    return exit_ok;
}

/// Good rows go in; bad ones come back with their lines.
int import_file(cli_context& s, const std::string& path, const std::string& reason)
{
    auto list = read_number_list(path);
    if (!list)
        return s.fail(usage_error(list.error().message));
    if (list->numbers.empty() && list->bad.empty())
        return s.fail(usage_error(path + " is empty: it holds no number"));
    auto done = post_numbers(s, list->numbers, reason);
    if (!done)
        return s.fail(done.error());
    json::array bad;
    for (const number_list::bad_row& row : list->bad)
        bad.push_back(json::object{{"line", row.line}, {"value", row.value}, {"why", row.why}});
    (*done)["bad"] = std::move(bad);
    for (const number_list::bad_row& row : list->bad)
        s.warn(path + ":" + std::to_string(row.line) + ": " + row.value + ": " + row.why + "\n");
    if (!s.show_json(*done) && !s.quiet())
        s.print(added_text(*done) + (list->bad.empty() ? "" : counted(list->bad.size(), "row") + " left out\n"));
    return list->bad.empty() ? exit_ok : exit_problems;
}

/// Exit code 1 where it is not on the list.
int check_number(cli_context& s, const std::vector<std::string>& words)
{
    query q;
    q.add("phone", join(words, " "));
    auto got = s.daemon.get("/v1/suppressions" + q.text());
    if (!got)
        return s.fail(got.error());
    const auto& found = got->at("suppressions").get_array();
    if (s.show_json(*got) || s.quiet())
        return found.empty() ? exit_run_failed : exit_ok;
    if (found.empty()) {
        s.print(join(words, " ") + " is not on the opt-out list\n");
        return exit_run_failed;
    }
    const json::object& o = found.front().get_object();
    s.print(cell(o, "phone") + " is on the opt-out list since " + short_time(o, "at") +
            (cell(o, "reason").empty() || cell(o, "reason") == "-" ? "" : ": " + cell(o, "reason")) + "\n");
    return exit_ok;
}

/// As CSV, which `import` takes.
int export_numbers(cli_context& s)
{
    auto got = all_rows(s, "/v1/suppressions", "suppressions");
    if (!got)
        return s.fail(got.error());
    if (s.show_json(json::object{{"suppressions", *got}}))
        return exit_ok;
    s.print("phone,at,reason\n");
    for (const json::value& v : *got) {
        const json::object& o = v.get_object();
        s.print(csv_line({cell(o, "phone"), cell(o, "at"), cell(o, "reason") == "-" ? "" : cell(o, "reason")}));
    }
    return exit_ok;
}

int remove_numbers(cli_context& s, const std::vector<std::string>& numbers)
{
    std::int64_t removed = 0;
    for (const std::string& number : numbers) {
        query q;
        q.add("phone", number);
        auto got = s.daemon.remove("/v1/suppressions" + q.text());
        if (!got)
            return s.fail(got.error());
        removed += got->at("removed").to_number<std::int64_t>();
    }
    if (!s.show_json(json::object{{"removed", removed}}) && !s.quiet())
        s.print(std::to_string(removed) + " taken off the opt-out list\n");
    return exit_ok;
}

int list_numbers(cli_context& s)
{
    auto got = all_rows(s, "/v1/suppressions", "suppressions");
    if (!got)
        return s.fail(got.error());
    const json::object list{{"suppressions", std::move(*got)}};
    if (s.show_json(list))
        return exit_ok;
    if (s.quiet()) {
        for (const json::value& v : list.at("suppressions").get_array())
            s.print(cell(v.get_object(), "phone") + "\n");
        return exit_ok;
    }
    table t({"PHONE", time_head("SINCE"), "REASON"});
    for (const json::value& v : list.at("suppressions").get_array()) {
        const json::object& o = v.get_object();
        t.add_row({cell(o, "phone"), short_time(o, "at"), cell(o, "reason")});
    }
    s.print(t.empty() ? "the opt-out list is empty\n" : t.text(s.out));
    return exit_ok;
}

} // namespace

int change_suppressions(cli_context& s, const arguments& a)
{
    const std::string& action = a.names.front();
    std::vector<std::string> rest(a.names.begin() + 1, a.names.end());
    if (action == "list" && rest.empty())
        return list_numbers(s);
    if (action == "add")
        return add_numbers(s, rest, a.reason);
    if (action == "rm" && !rest.empty())
        return remove_numbers(s, rest);
    if (action == "import" && rest.size() == 1)
        return import_file(s, rest.front(), a.reason);
    if (action == "import" && rest.empty() && !a.account.empty())
        return import_from(s, a);
    if (action == "check" && !rest.empty())
        return check_number(s, rest);
    if (action == "export" && rest.empty())
        return export_numbers(s);
    return s.fail(usage_error("suppress takes: add NUMBER…, rm NUMBER…, list, check NUMBER, import FILE, import --from "
                              "ACCOUNT, export"));
}

} // namespace ulak::ctl
