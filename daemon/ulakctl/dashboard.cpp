#include "ulakctl/dashboard.hpp"

#include "core/text.hpp"
#include "core/wall_time.hpp"
#include "ulakctl/cells.hpp"
#include "ulakctl/progress.hpp"
#include "ulakctl/table.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

constexpr std::size_t bar_width = 20;
constexpr std::size_t wide_screen = 100; ///< for a bar beside its numbers
constexpr std::size_t min_rows = 2;      ///< of a section, with its headers

/// A table under its title. `weight`: who gives way first when there is too little room; 0 is first.
struct section {
    section(std::string title_, std::vector<std::string> lines_, int weight_)
        : title(std::move(title_)), lines(std::move(lines_)), shown(lines.size()), weight(weight_)
    {}
    std::string title;
    std::vector<std::string> lines; ///< the headers first
    std::size_t shown;
    int weight;
};

std::string elapsed_since(const json::object& o, const char* key, std::chrono::system_clock::time_point now)
{
    const auto* v = o.if_contains(key);
    auto at = v && v->is_string() ? parse_rfc3339(v->get_string()) : result<wall_point>(error());
    if (!at)
        return "-";
    const auto gone = std::chrono::floor<std::chrono::seconds>(now - *at);
    return duration_text(std::max<std::chrono::milliseconds>(gone, std::chrono::milliseconds(0)));
}

std::string with_unit(const json::object& o, const char* key)
{
    const std::string amount = cell(o, key);
    return amount == "-" ? amount : amount + " " + cell(o, "unit");
}

section accounts(const dashboard_data& seen, const screen& s)
{
    const json::array& all = seen.status.at("accounts").as_array();
    const bool states =
        std::any_of(all.begin(), all.end(), [](const json::value& v) { return cell(v.as_object(), "state") != "-"; });
    std::vector<std::string> headers{"ACCOUNT", "PROVIDER", "BALANCE", "PER HOUR", "READ AT"};
    if (states)
        headers.emplace_back("STATE");
    table t(std::move(headers));
    for (const json::value& v : all) {
        const json::object& o = v.get_object();
        std::vector<std::string> cells{cell(o, "account"), cell(o, "provider"), with_unit(o, "balance"),
                                       cell(o, "per_hour"), short_time(o, "at")};
        if (states)
            cells.push_back(cell(o, "state"));
        t.add_row(std::move(cells));
    }
    return section("", t.lines(s), 2);
}

section runs(const dashboard_data& seen, const screen& s, std::chrono::system_clock::time_point now)
{
    table t({"RUN", "JOB", "STATE", "FOR", "PROGRESS"});
    for (const json::value& v : seen.runs) {
        const json::object& o = v.get_object();
        const std::string progress = progress_of(o, s.width == 0 || s.width >= wide_screen ? bar_width : 0);
        t.add_row({cell(o, "id"), cell(o, "job"), cell(o, "state"), elapsed_since(o, "started_at", now),
                   progress.empty() ? cell(o, "kind") : progress});
    }
    return section(fmt::format("{} under way", seen.runs.size()), t.lines(s), 1);
}

section firings(const dashboard_data& seen, const screen& s)
{
    table t({"NEXT", "JOB", "WHY"});
    for (const json::value& v : seen.status.at("next").as_array()) {
        const json::object& o = v.get_object();
        t.add_row({zone_time(o, "local"), cell(o, "job"), cell(o, "reason")});
    }
    return section("", t.lines(s), 0);
}

section attention(const dashboard_data& seen, const screen& s)
{
    if (s.width != 0 && s.width < wide_screen) {
        table narrow({"ATTENTION", "JOB", "AMOUNT", "EVIDENCE"});
        for (const json::value& v : seen.attention) {
            const json::object& o = v.get_object();
            narrow.add_row({cell(o, "id"), cell(o, "job"), cell(o, "amount"), cell(o, "evidence")});
        }
        return section("", narrow.lines(s), 3);
    }
    table t({"ATTENTION", "AT", "KIND", "JOB", "ACCOUNT", "AMOUNT", "EVIDENCE"});
    for (const json::value& v : seen.attention) {
        const json::object& o = v.get_object();
        t.add_row({cell(o, "id"), short_time(o, "at"), cell(o, "kind"), cell(o, "job"), cell(o, "account"),
                   cell(o, "amount"), cell(o, "evidence")});
    }
    return section("", t.lines(s), 3);
}

/// Lines that the sections take: a blank one before each, its title, its rows, and what says that rows are missing.
std::size_t lines_needed(const std::vector<section>& all)
{
    std::size_t lines = 0;
    for (const section& one : all)
        lines += 1 + !one.title.empty() + one.shown + (one.shown < one.lines.size());
    return lines;
}

void fit_sections(std::vector<section>& all, std::size_t room)
{
    for (int weight = 0; weight <= 3; ++weight)
        for (section& one : all)
            while (one.weight == weight && lines_needed(all) > room && one.shown > min_rows)
                --one.shown;
    for (int weight = 0; weight <= 3 && lines_needed(all) > room; ++weight)
        std::erase_if(all, [&](const section& one) { return one.weight == weight; });
}

std::string truncate(std::string text, std::size_t width)
{
    return width == 0 || count_code_points(text) <= width ? text : printable(text).substr(0, width);
}

std::string headline(const dashboard_data& seen, const screen& s, std::chrono::system_clock::time_point now)
{
    const json::object& o = seen.status;
    const json::object& jobs = o.at("jobs").as_object();
    const auto broken = cell(jobs, "broken");
    const auto total = counted(jobs.at("total").to_number<std::size_t>(), "job");
    const json::object clock{{"now", rfc3339(to_wall(now))}};
    return truncate(fmt::format("ulakd {}  up {}  {}  {}{}  {} running", cell(o, "version"), cell(o, "uptime"),
                                short_time(clock, "now"), total,
                                broken == "0" ? std::string() : " (" + broken + " broken)", cell(o, "running")),
                    s.width);
}

} // namespace

std::vector<std::string> render(const dashboard_data& seen, const screen& s, std::size_t height,
                                std::chrono::system_clock::time_point now)
{
    std::vector<section> all;
    if (!seen.attention.empty())
        all.push_back(attention(seen, s));
    all.push_back(accounts(seen, s));
    all.push_back(runs(seen, s, now));
    if (!seen.status.at("next").as_array().empty())
        all.push_back(firings(seen, s));
    std::vector<std::string> out{paint(s, tone::strong, headline(seen, s, now))};
    for (const auto& trouble : {store_problem(seen.status), clock_problem(seen.status)})
        if (!trouble.empty() && height > out.size())
            out.push_back(paint(s, tone::bad, truncate(trouble, s.width)));
    fit_sections(all, height > out.size() ? height - out.size() : 0);
    for (const section& one : all) {
        out.emplace_back();
        if (!one.title.empty())
            out.push_back(one.title);
        out.insert(out.end(), one.lines.begin(), one.lines.begin() + static_cast<std::ptrdiff_t>(one.shown));
        if (one.shown < one.lines.size())
            out.push_back(paint(s, tone::faint, fmt::format("… and {} more", one.lines.size() - one.shown)));
    }
    return out;
}

} // namespace ulak::ctl
