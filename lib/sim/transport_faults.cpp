#include "sim/transport_faults.hpp"

#include <string_view>

namespace ulak::sim {
namespace {

constexpr std::chrono::minutes longest_delay{10}; // longer than any client waits

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

http::reply status_page(const std::string& what, const std::string& parameter)
{
    auto r = html_page(std::stoi(what.substr(0, 3)), what.substr(0, 3));
    if (what.starts_with('3'))
        r.headers.emplace_back("Location", parameter.empty() ? "https://localhost/login" : parameter);
    else if (!parameter.empty())
        r.headers.emplace_back("Retry-After", parameter);
    return r;
}

void plan_status(call& c, transport_faults& plan)
{
    auto hit = c.world.faults.trigger_status(c.protocol, c.operation);
    if (!hit)
        return;
    c.entry.faults.push_back(hit->second.empty() ? hit->first : hit->first + ':' + hit->second);
    auto& slot = hit->first.ends_with("-after") ? plan.reply_over : plan.reply_instead;
    slot = status_page(hit->first, hit->second);
}

void plan_delays(call& c, transport_faults& plan)
{
    if (auto d = c.fault("delay"))
        plan.delay_after = parse_delay(*d).value_or(std::chrono::seconds(1));
    if (auto d = c.fault("cancel-timeout"))
        plan.delay_after = d->empty() ? longest_delay : parse_delay(*d).value_or(longest_delay);
    if (auto d = c.fault("delay-before"))
        plan.delay_before = parse_delay(*d).value_or(std::chrono::seconds(1));
}

void plan_body(call& c, transport_faults& plan)
{
    plan.empty_body = c.fault("empty").has_value();
    plan.bom = c.fault("bom").has_value();
    plan.warnings = c.fault("warning-around").has_value();
    plan.garbage = c.fault("garbage-after").has_value();
    if (auto bytes = c.fault("truncate")) {
        auto n = parse_id(*bytes);
        plan.truncate_at = n ? static_cast<std::size_t>(*n) : std::string_view::npos;
    }
}

} // namespace

transport_faults plan_transport_faults(call& c)
{
    transport_faults plan;
    if (c.world.faults.empty())
        return plan;
    plan_delays(c, plan);
    plan_status(c, plan);
    plan_body(c, plan);
    if (c.fault("html"))
        plan.reply_instead = html_page(200, "Giriş");
    if (c.fault("html-after"))
        plan.reply_over = html_page(200, "Giriş");
    if (c.fault("reset"))
        plan.reply_instead = broken_connection(http::wire_fault::reset_unanswered);
    if (c.fault("reset-after"))
        plan.reply_over = broken_connection(http::wire_fault::reset_unanswered);
    if (c.fault("drop-before"))
        plan.reply_instead = broken_connection(http::wire_fault::close_unanswered);
    if (c.fault("drop-after"))
        plan.reply_over = broken_connection(http::wire_fault::close_unanswered);
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
