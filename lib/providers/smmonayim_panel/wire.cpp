#include "providers/smmonayim_panel/wire.hpp"

#include "core/text.hpp"
#include "http/form.hpp"

#include <algorithm>
#include <array>

namespace ulak::providers::smmonayim_panel::wire {
namespace {

constexpr std::size_t list_body = 32 * 1024 * 1024; // 5,000 services with long descriptions are 6 MB
constexpr std::size_t statuses_body = 256 * 1024;
constexpr std::array<std::string_view, 7> reserved_fields{"key",      "action", "service", "link",
                                                          "quantity", "runs",   "interval"};

// The base address is the whole address: most servers would redirect one with a slash behind it.
http::request post_form(const http::header_list& fields, std::string_view label)
{
    http::request r(http::method::post, "", label);
    r.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    r.body = http::form_encode(fields);
    return r;
}

http::header_list base_fields(std::string_view key, std::string action)
{
    return {{"key", std::string(key)}, {"action", std::move(action)}};
}

bool is_reserved(const std::string& field)
{
    return std::find(reserved_fields.begin(), reserved_fields.end(), field) != reserved_fields.end();
}

} // namespace

http::request services(std::string_view key)
{
    auto r = post_form(base_fields(key, "services"), "panel.services");
    r.max_body = list_body;
    return r;
}

result<http::request> add(std::string_view key, const panel_order& order)
{
    auto fields = base_fields(key, "add");
    fields.emplace_back("service", order.service);
    fields.emplace_back("link", order.link);
    if (order.quantity > 0) // lists of comments carry their own number
        fields.emplace_back("quantity", std::to_string(order.quantity));
    if (order.runs)
        fields.emplace_back("runs", std::to_string(*order.runs));
    if (order.interval_minutes)
        fields.emplace_back("interval", std::to_string(*order.interval_minutes));
    for (const auto& [field, value] : order.extra) {
        if (is_reserved(field))
            return error(errc::invalid_argument, "panel: extra may not set \"" + field + "\", which has its own key");
        fields.emplace_back(field, value);
    }
    if (order.quantity <= 0 && order.extra.empty())
        return error(errc::invalid_argument, "panel: the quantity must be above zero");
    return post_form(fields, "panel.add");
}

http::request status(std::string_view key, std::string_view order_id)
{
    auto fields = base_fields(key, "status");
    fields.emplace_back("order", order_id);
    return post_form(fields, "panel.status");
}

http::request statuses(std::string_view key, const std::vector<std::string>& order_ids)
{
    auto fields = base_fields(key, "status");
    fields.emplace_back("orders", join(order_ids, ","));
    auto r = post_form(fields, "panel.statuses");
    r.max_body = statuses_body;
    return r;
}

http::request balance(std::string_view key)
{
    return post_form(base_fields(key, "balance"), "panel.balance");
}

} // namespace ulak::providers::smmonayim_panel::wire
