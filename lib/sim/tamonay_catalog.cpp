#include "sim/civil_time.hpp"
#include "sim/tamonay.hpp"

#include <algorithm>

namespace ulak::sim::tamonay {
namespace {

/// `amount` is a bare number with two digits, as in the document: 4.00
json::value service_of(const number_service& s, const category* whole)
{
    std::vector<json::member> members{
        {"id", json::number(s.id)}, {"name", json::text(s.name)}, {"category_id", json::number(s.category)}};
    if (whole)
        members.emplace_back("category", json::object({{"id", json::number(whole->id)},
                                                       {"name", json::text(whole->name)},
                                                       {"slug", json::text(whole->slug)}}));
    members.emplace_back("amount", s.price.text(2));
    members.emplace_back("quantity", json::number(std::max<std::int64_t>(0, s.stock)));
    return json::object(members);
}

std::vector<json::value> services_in(const number_catalog& catalog, std::int64_t category_id, bool with_category)
{
    std::vector<json::value> out;
    for (const auto& s : catalog.services)
        if (category_id == 0 || s.category == category_id)
            out.push_back(service_of(s, with_category ? catalog.find_category(s.category) : nullptr));
    return out;
}

} // namespace

http::reply user(call& c)
{
    c.accept();
    return success_reply(c, json::object({{"id", c.fault("ids-text") ? json::text("1") : json::number(1)},
                                 {"name", json::text("Deneme")},
                                 {"surname", json::text("Kullanıcı")},
                                 {"email", json::text("deneme@example.com")},
                                 {"balance", json::text(c.account_wallet().balance().text(2))},
                                 {"created_at", json::text("2023-01-01T00:00:00.000000Z")}}));
}

http::reply categories(call& c)
{
    const auto& catalog = c.world.tamonay.catalog;
    std::vector<json::value> out;
    for (const auto& one : catalog.categories)
        out.push_back(json::object({{"id", json::number(one.id)},
                                    {"name", json::text(one.name)},
                                    {"slug", json::text(one.slug)},
                                    {"services", json::array(services_in(catalog, one.id, false))}}));
    c.accept();
    return success_reply(c, json::array(out));
}

http::reply services(call& c)
{
    c.accept();
    return success_reply(c, json::array(services_in(c.world.tamonay.catalog, 0, true)));
}

http::reply category_services(call& c)
{
    auto id = c.path_id(1);
    const auto& catalog = c.world.tamonay.catalog;
    if (!id || !catalog.find_category(static_cast<std::int64_t>(*id)))
        return refuse(404, "Kategori bulunamadı");
    c.accept();
    return success_reply(c, json::array(services_in(catalog, static_cast<std::int64_t>(*id), true)));
}

http::reply history(call& c)
{
    const auto& moves = c.account_wallet().history();
    auto p = read_page(c, moves.size());
    std::vector<json::value> rows;
    for (auto i = p.first(); i < std::min(p.first() + p.size, moves.size()); ++i) {
        const auto& m = moves[moves.size() - 1 - i]; // newest first
        rows.push_back(json::object({{"id", json::number(static_cast<std::int64_t>(m.id))},
                                     {"type", json::text(m.amount.negative() ? "debit" : "credit")},
                                     {"amount", json::text(m.amount.text(2))},
                                     {"balance", json::text(m.balance.text(2))},
                                     {"description", json::text(m.reason)},
                                     {"created_at", json::text(laravel_time(m.at))}}));
    }
    return page_reply(c, p, rows);
}

} // namespace ulak::sim::tamonay
