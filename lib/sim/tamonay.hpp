// Tamonay: a REST API with a Bearer token, Laravel behind it.
#pragma once

#include "sim/call.hpp"

namespace ulak::sim::tamonay {

std::vector<std::string> operations();
/// "user", "categories", "services", "category-services", "order", "orders", "order-detail", "update-status", "history"
/// or "unknown".
std::string operation_of(call& c);
std::string safe_path(const call& c);
http::reply serve(call& c);

// The parts; `serve` has checked the token and the method.
http::reply user(call& c);
http::reply categories(call& c);
http::reply services(call& c);
http::reply category_services(call& c);
http::reply order(call& c);
http::reply orders(call& c);
http::reply order_detail(call& c);
http::reply update_status(call& c);
http::reply history(call& c);

/// {"success":true,"data":…}
http::reply success_reply(call& c, json::value data, int status = 200, std::string_view message = {});
/// {"success":false,"message":…}
http::reply refuse(int status, std::string_view message);

/// A page of a list in one of three shapes; the document shows none of them.
struct page {
    std::size_t number = 1;
    std::size_t size = 15;
    std::size_t total = 0;

    std::size_t first() const { return (number - 1) * size; }
    std::size_t last_number() const { return total == 0 ? 1 : (total + size - 1) / size; }
};
page read_page(call& c, std::size_t total);
http::reply page_reply(call& c, const page& p, const std::vector<json::value>& rows);

} // namespace ulak::sim::tamonay
