#include "sim/detail/transport_faults.hpp"

#include "sim/detail/call.hpp"

#include <span>
#include <string_view>

namespace ulak::sim {
namespace {

constexpr std::chrono::seconds usual_delay{1};
constexpr std::chrono::minutes longest_delay{10}; ///< longer than any client waits

http::reply html_page(int status, std::string_view title)
{
    return http::reply(status,
                       "<!DOCTYPE html><html><head><title>" + std::string(title) +
                           "</title></head><body><form action=\"/login\">" + std::string(title) +
                           "</form></body></html>",
                       "text/html; charset=UTF-8");
}

http::reply broken_connection(http::wire_fault how)
{
    http::reply r(200, "");
    r.fault = how;
    return r;
}

http::reply status_page(const std::string& kind, const std::string& parameter)
{
    auto r = html_page(std::stoi(kind.substr(0, 3)), kind.substr(0, 3));
    if (kind.starts_with('3'))
        r.headers.emplace_back("Location", parameter.empty() ? "https://localhost/login" : parameter);
    else if (!parameter.empty())
        r.headers.emplace_back("Retry-After", parameter);
    return r;
}

void plan_status(call& c, transport_faults& plan)
{
    auto hit = c.world.faults.trigger_status(c.protocol.name, c.operation_name());
    if (!hit)
        return;
    c.entry.faults.push_back(hit->second.empty() ? hit->first : hit->first + ':' + hit->second);
    auto& slot = hit->first.ends_with("-after") ? plan.reply_over : plan.reply_instead;
    slot = status_page(hit->first, hit->second);
}

/// Bytes of the body; without a number half of them.
std::size_t read_bytes(const std::string& parameter)
{
    auto n = parse_id(parameter);
    return n ? static_cast<std::size_t>(*n) : std::string_view::npos;
}

using plan_function = void (*)(transport_faults&, const std::string& parameter);

struct transport_fault {
    fault_kind kind;
    plan_function plan;
};

/// In the order in which they are asked for: of two that write the same part of the plan the later one counts. A status
/// is asked for after the delays.
constexpr transport_fault delays[] = {
    {{"delay", "do it at once, answer after MS milliseconds (or 2s, 1m)"},
     [](transport_faults& p, const std::string& d) { p.delay_after = parse_delay(d).value_or(usual_delay); }},
    {{"cancel-timeout", "do it, answer after D (default 10m)"},
     [](transport_faults& p, const std::string& d) {
         p.delay_after = d.empty() ? longest_delay : parse_delay(d).value_or(longest_delay);
     }},
    {{"delay-before", "wait MS milliseconds, then do it and answer"},
     [](transport_faults& p, const std::string& d) { p.delay_before = parse_delay(d).value_or(usual_delay); }},
};

constexpr transport_fault replies[] = {
    {{"empty", "do it, answer 200 with an empty body"},
     [](transport_faults& p, const std::string&) { p.empty_body = true; }},
    {{"bom", "do it, a byte order mark before the JSON"},
     [](transport_faults& p, const std::string&) { p.bom = true; }},
    {{"warning-around", "do it, PHP warnings before and after the JSON"},
     [](transport_faults& p, const std::string&) { p.warnings = true; }},
    {{"garbage-after", "do it, write bytes after the answer"},
     [](transport_faults& p, const std::string&) { p.garbage = true; }},
    {{"truncate", "do it, cut the body after BYTES (default: half)"},
     [](transport_faults& p, const std::string& bytes) { p.truncate_at = read_bytes(bytes); }},
    {{"html", "200 with an HTML login page; nothing was done"},
     [](transport_faults& p, const std::string&) { p.reply_instead = html_page(200, "Giriş"); }},
    {{"html-after", "do it, answer 200 with an HTML page"},
     [](transport_faults& p, const std::string&) { p.reply_over = html_page(200, "Giriş"); }},
    {{"reset", "reset the connection; nothing was done"},
     [](transport_faults& p, const std::string&) {
         p.reply_instead = broken_connection(http::wire_fault::reset_unanswered);
     }},
    {{"reset-after", "do it, then reset the connection"},
     [](transport_faults& p, const std::string&) {
         p.reply_over = broken_connection(http::wire_fault::reset_unanswered);
     }},
    {{"drop-before", "close the connection without answer; nothing was done"},
     [](transport_faults& p, const std::string&) {
         p.reply_instead = broken_connection(http::wire_fault::close_unanswered);
     }},
    {{"drop-after", "do it, then close without answer (accept and drop)"},
     [](transport_faults& p, const std::string&) {
         p.reply_over = broken_connection(http::wire_fault::close_unanswered);
     }},
};

void plan_each(std::span<const transport_fault> table, call& c, transport_faults& plan)
{
    for (const auto& row : table)
        if (auto parameter = c.fault(row.kind.name))
            row.plan(plan, *parameter);
}

} // namespace

std::vector<fault_kind> transport_fault_kinds()
{
    std::vector<fault_kind> kinds;
    for (const auto& row : delays)
        kinds.push_back(row.kind);
    for (const auto& row : replies)
        kinds.push_back(row.kind);
    return kinds;
}

transport_faults plan_transport_faults(call& c)
{
    transport_faults plan;
    if (c.world.faults.empty())
        return plan;
    plan_each(delays, c, plan);
    plan_status(c, plan);
    plan_each(replies, c, plan);
    return plan;
}

void apply_transport_faults(const transport_faults& plan, http::reply& r)
{
    if (plan.reply_over)
        r = *plan.reply_over;
    if (plan.empty_body)
        r.body.clear();
    if (plan.warnings)
        r.body = "<br />\n<b>Warning</b>: Undefined index in <b>api.php</b><br />\n" + r.body +
                 "\n<br />\n<b>Notice</b><br />\n";
    if (plan.bom)
        r.body.insert(0, "\xEF\xBB\xBF");
    if (plan.garbage)
        r.fault = http::wire_fault::garbage_after;
    if (plan.truncate_at) {
        r.fault = http::wire_fault::truncate;
        r.truncate_at = *plan.truncate_at == std::string_view::npos ? r.body.size() / 2 : *plan.truncate_at;
    }
}

} // namespace ulak::sim
