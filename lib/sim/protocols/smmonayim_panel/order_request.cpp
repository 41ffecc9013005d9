#include "sim/protocols/smmonayim_panel/order_request.hpp"

#include <algorithm>

namespace ulak::sim::smmonayim_panel {
namespace {

const panel_service* find_service(call& c, std::string_view text)
{
    auto id = parse_id(text);
    auto& all = c.account.panel->services;
    auto at = std::find_if(all.begin(), all.end(),
                           [&](const panel_service& s) { return id && s.id == static_cast<std::int64_t>(*id); });
    return at == all.end() ? nullptr : &*at;
}

/// A list of comments carries its own number: the lines that are not blank.
std::int64_t count_lines(std::string_view text)
{
    std::int64_t lines = 0;
    bool blank = true;
    for (const char c : text) {
        if (c == '\n')
            blank = true;
        else if (blank && c != ' ' && c != '\r' && c != '\t') {
            blank = false;
            ++lines;
        }
    }
    return lines;
}

/// What the order is about: of a list of comments its lines, else the field `quantity`.
std::int64_t ordered_quantity(call& c, const panel_service& service)
{
    if (service.type == "Custom Comments")
        return count_lines(c.form.get("comments"));
    const auto quantity = parse_id(c.form.get("quantity"));
    if (!quantity)
        c.add_mistake("quantity is no whole number");
    return quantity ? static_cast<std::int64_t>(*quantity) : 0;
}

constexpr std::uint64_t most_runs = 10'000; // with any service's greatest quantity the product still fits

} // namespace

std::string_view validate_order(call& c, order_request& w)
{
    w.service = find_service(c, c.form.get("service"));
    if (!w.service)
        return "error.incorrect_service_id";
    if (c.form.get("link").empty())
        return "neworder.error.link";
    if (w.service->type != "Default" && c.form.get("comments").empty())
        return "neworder.error.comments";
    w.quantity = ordered_quantity(c, *w.service);
    if (w.quantity < w.service->min)
        return "neworder.error.min_quantity";
    if (w.quantity > w.service->max)
        return "neworder.error.max_quantity";
    auto runs = c.form.find("runs");
    w.interval = parse_id(c.form.get("interval"));
    if (runs.has_value() != c.form.find("interval").has_value())
        c.add_mistake("of runs and interval one stands without the other");
    if (!runs)
        return {};
    auto count = parse_id(*runs);
    if (!count || *count == 0 || *count > most_runs || !w.interval)
        return "neworder.error.runs";
    w.runs = static_cast<std::int64_t>(*count);
    return {};
}

} // namespace ulak::sim::smmonayim_panel
