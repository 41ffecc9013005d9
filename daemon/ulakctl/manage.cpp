// Pausing jobs, reading the files anew, the opt-out list.
#include "core/text.hpp"
#include "ulakctl/cells.hpp"
#include "ulakctl/commands.hpp"
#include "ulakctl/table.hpp"
#include "ulakctl/query.hpp"

#include <boost/json/array.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <fstream>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

int change_job(cli_context& s, const arguments& a, const char* verb, const char* done)
{
    auto got = s.daemon.post("/v1/jobs/" + path_segment(a.names.front()) + "/" + verb, json::object());
    if (!got)
        return s.fail(got.error());
    if (!s.show_json(*got) && !s.quiet())
        s.print(a.names.front() + done);
    return exit_ok;
}

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

error usage(std::string text)
{
    error e(errc::invalid_argument, std::move(text));
    e.http_status = 400;
    return e;
}

result<std::vector<std::string>> numbers_in(const std::string& path)
{
    std::ifstream in(path);
    if (!in)
        return usage(path + " cannot be read");
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
        return s.fail(usage("no numbers are given"));
    for (std::size_t at = 0; at < numbers.size(); at += max_numbers_per_request) {
        const auto first = numbers.begin() + static_cast<std::ptrdiff_t>(at);
        const auto size = std::min(max_numbers_per_request, numbers.size() - at);
        json::object body{{"phones", json::array(first, first + static_cast<std::ptrdiff_t>(size))}};
        if (!reason.empty())
            body["reason"] = reason;
        auto got = s.daemon.post("/v1/suppressions", body);
        if (!got && at > 0)
            std::fprintf(stderr, "ulakctl: the first %zu are on the list\n", at);
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
    auto got = s.daemon.get("/v1/suppressions");
    if (!got)
        return s.fail(got.error());
    if (s.show_json(*got))
        return exit_ok;
    table t({"PHONE", "SINCE", "REASON"});
    for (const json::value& v : got->at("suppressions").get_array()) {
        const json::object& o = v.get_object();
        t.add_row({cell(o, "phone"), short_time(o, "at"), cell(o, "reason")});
    }
    s.print(t.empty() ? "the opt-out list is empty\n" : t.text(s.out));
    return exit_ok;
}

} // namespace

int pause_job(cli_context& s, const arguments& a)
{
    return change_job(s, a, "pause", " is paused; runs under way go on\n");
}

int resume_job(cli_context& s, const arguments& a)
{
    return change_job(s, a, "resume", " takes runs again\n");
}

int adopt_folder(cli_context& s, const arguments&)
{
    auto got = s.daemon.post("/v1/adopt", json::object());
    if (!got)
        return s.fail(got.error());
    if (!s.show_json(*got) && !s.quiet())
        s.print("the state folder is this daemon's own from now on; what it holds goes on\n");
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
    return s.fail(usage("suppress takes: add NUMBER…, rm NUMBER…, list, import FILE (one number a line)"));
}

} // namespace ulak::ctl
