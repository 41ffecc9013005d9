#include "ulakctl/suppression_commands.hpp"

#include "core/text.hpp"
#include "ulakctl/cells.hpp"
#include "ulakctl/list_pages.hpp"
#include "ulakctl/query.hpp"
#include "ulakctl/table.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <fstream>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

result<std::vector<std::string>> numbers_in(const std::string& path)
{
    std::ifstream in(path);
    if (!in)
        return usage_error(path + " cannot be read");
    std::vector<std::string> all;
    for (std::string line; std::getline(in, line);)
        if (const auto number = trim(line); !number.empty() && number.front() != '#')
            all.emplace_back(number);
    return all;
}

/// The daemon takes so many at once.
constexpr std::size_t max_numbers_per_request = 10'000;

int add_numbers(cli_context& s, const std::vector<std::string>& numbers, const std::string& reason)
{
    if (numbers.empty())
        return s.fail(usage_error("no numbers are given"));
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
            return s.fail(got.error());
    }
    if (!s.show_json(json::object{{"added", numbers.size()}}) && !s.quiet())
        s.print(std::to_string(numbers.size()) + " on the opt-out list\n");
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
    if (action == "import" && rest.size() == 1) {
        auto numbers = numbers_in(rest.front());
        return numbers ? add_numbers(s, *numbers, a.reason) : s.fail(numbers.error());
    }
    return s.fail(usage_error("suppress takes: add NUMBER…, rm NUMBER…, list, import FILE (one number a line)"));
}

} // namespace ulak::ctl
