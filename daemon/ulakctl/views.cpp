#include "ulakctl/views.hpp"

#include "core/text.hpp"
#include "ulakctl/cells.hpp"
#include "yaml/problem_json.hpp"

#include <fmt/core.h>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

/// "total 5, to_send 2"; entries of a list stand side by side.
std::string one_line(const json::value& v)
{
    const json::object* o = v.if_object();
    if (const json::array* list = v.if_array()) {
        std::string text;
        for (const json::value& one : *list)
            append_joined(text, ", ", cell(&one));
        return text.empty() ? "-" : text;
    }
    if (!o || o->contains("amount"))
        return cell(&v);
    std::string text;
    for (const auto& member : *o)
        append_joined(text, ", ", std::string(member.key()) + " " + cell(&member.value()));
    return text;
}

} // namespace

table accounts_table(const json::array& all)
{
    table t({"ACCOUNT", "PROVIDER", "STATE", "BALANCE", time_head("READ AT")});
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

void print_problems(const cli_context& s, const json::array& problems)
{
    for (const json::value& v : problems)
        s.print(yaml::to_text(yaml::from_json(v.get_object()), s.out.colour));
}

} // namespace ulak::ctl
