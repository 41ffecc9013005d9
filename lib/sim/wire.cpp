#include "sim/wire.hpp"

#include <string_view>

namespace ulak::sim {
namespace {

constexpr std::chrono::minutes endless{10}; // longer than any client waits

http::reply page(int status, std::string_view title)
{
    return http::reply(status,
                       "<!DOCTYPE html><html><head><title>" + std::string(title) +
                           "</title></head><body><form action=\"/login\">" + std::string(title) +
                           "</form></body></html>",
                       "text/html; charset=UTF-8");
}

http::reply cut_off(http::wire_fault how)
{
    http::reply r(200, "");
    r.fault = how;
    return r;
}

http::reply status_page(const std::string& what, const std::string& parameter)
{
    auto r = page(std::stoi(what.substr(0, 3)), what.substr(0, 3));
    if (what.starts_with('3'))
        r.headers.emplace_back("Location", parameter.empty() ? "https://localhost/login" : parameter);
    else if (!parameter.empty())
        r.headers.emplace_back("Retry-After", parameter);
    return r;
}

void plan_status(call& c, wire_plan& plan)
{
    auto hit = c.here.faults.strike_status(c.protocol, c.operation);
    if (!hit)
        return;
    c.note.faults.push_back(hit->second.empty() ? hit->first : hit->first + ':' + hit->second);
    auto& slot = hit->first.ends_with("-after") ? plan.over : plan.instead;
    slot = status_page(hit->first, hit->second);
}

void plan_waits(call& c, wire_plan& plan)
{
    if (auto d = c.fault("delay"))
        plan.after = read_delay(*d).value_or(std::chrono::seconds(1));
    if (auto d = c.fault("cancel-timeout"))
        plan.after = d->empty() ? endless : read_delay(*d).value_or(endless);
    if (auto d = c.fault("delay-before"))
        plan.before = read_delay(*d).value_or(std::chrono::seconds(1));
}

void plan_body(call& c, wire_plan& plan)
{
    plan.empty_body = c.fault("empty").has_value();
    plan.bom = c.fault("bom").has_value();
    plan.warnings = c.fault("warning-around").has_value();
    plan.garbage = c.fault("garbage-after").has_value();
    if (auto bytes = c.fault("truncate")) {
        auto n = read_id(*bytes);
        plan.truncate_at = n ? static_cast<std::size_t>(*n) : std::string_view::npos;
    }
}

} // namespace

wire_plan plan_wire(call& c)
{
    wire_plan plan;
    if (c.here.faults.empty())
        return plan;
    plan_waits(c, plan);
    plan_status(c, plan);
    plan_body(c, plan);
    if (c.fault("html"))
        plan.instead = page(200, "Giriş");
    if (c.fault("html-after"))
        plan.over = page(200, "Giriş");
    if (c.fault("reset"))
        plan.instead = cut_off(http::wire_fault::reset_unanswered);
    if (c.fault("reset-after"))
        plan.over = cut_off(http::wire_fault::reset_unanswered);
    if (c.fault("drop-before"))
        plan.instead = cut_off(http::wire_fault::close_unanswered);
    if (c.fault("drop-after"))
        plan.over = cut_off(http::wire_fault::close_unanswered);
    return plan;
}

void disturb(const wire_plan& plan, http::reply& r)
{
    if (plan.over)
        r = *plan.over;
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
