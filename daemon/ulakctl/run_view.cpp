#include "ulakctl/run_view.hpp"

#include "ulakctl/cells.hpp"

#include <boost/json/array.hpp>
#include <fmt/core.h>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

/// A long list is cut; `-o json` has all of it.
constexpr std::size_t shown_entries = 10;

void print_list(const cli_context& s, std::string_view name, const json::array& entries)
{
    for (std::size_t i = 0; i < entries.size() && i < shown_entries; ++i) {
        std::string line;
        const json::object* o = entries[i].if_object();
        if (!o)
            line = cell(&entries[i]);
        else
            for (const auto& member : *o)
                line += fmt::format("{} {}  ", std::string_view(member.key()), cell(&member.value()));
        s.print(fmt::format("  {:<12} {}\n", i == 0 ? name : std::string_view(), line));
    }
    if (entries.size() > shown_entries)
        s.print(fmt::format("  {:<12} … and {} more: -o json\n", "", entries.size() - shown_entries));
}

void print_object(const cli_context& s, const char* title, const json::object& run, const char* key)
{
    const json::value* v = run.if_contains(key);
    const json::object* o = v ? v->if_object() : nullptr;
    if (!o || o->empty())
        return;
    s.print(fmt::format("{}\n", title));
    for (const auto& member : *o)
        if (member.value().is_array())
            print_list(s, member.key(), member.value().get_array());
        else
            s.print(fmt::format("  {:<12} {}\n", std::string_view(member.key()), cell(&member.value())));
}

} // namespace

std::string run_state_text(const json::object& run)
{
    std::string text = cell(run, "state");
    const json::value* v = run.if_contains("waits");
    const json::object* waits = v ? v->if_object() : nullptr;
    if (!waits)
        return text;
    text += " (waits for " + cell(*waits, "for");
    if (cell(*waits, "until") != "-")
        text += " until " + short_time(*waits, "until");
    return text + ")";
}

std::string result_value(const json::object& run)
{
    const json::value* v = run.if_contains("result");
    if (const json::object* r = v ? v->if_object() : nullptr)
        for (const char* key : {"code", "order"})
            if (const std::string text = cell(*r, key); text != "-")
                return text;
    return cell(run, "state");
}

void print_run(const cli_context& s, const json::object& run)
{
    s.print(fmt::format("run {}  job {}  {}\n", cell(run, "id"), cell(run, "job"),
                        paint(s.out, tone_of(cell(run, "state")), run_state_text(run))));
    s.print(fmt::format("  {:<12} {}\n  {:<12} {}\n  {:<12} {}\n", "started", local_time(run, "started_at"), "finished",
                        local_time(run, "finished_at"), "spent", cell(run, "spent")));
    if (const json::value* e = run.if_contains("error"); e && e->is_object())
        s.print(
            fmt::format("  {:<12} {}: {}\n", "error", cell(e->get_object(), "code"), cell(e->get_object(), "message")));
    if (const json::value* w = run.if_contains("waits"); w && w->is_object())
        s.print(fmt::format("  {:<12} {} {}\n", "waits for", cell(w->get_object(), "for"),
                            cell(w->get_object(), w->get_object().contains("why") ? "why" : "until")));
    print_object(s, "counts", run, "counts");
    print_object(s, "result", run, "result");
}

} // namespace ulak::ctl
