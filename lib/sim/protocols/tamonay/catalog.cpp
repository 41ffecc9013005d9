#include "sim/protocols/tamonay/catalog.hpp"

#include "sim/protocols/tamonay/replies.hpp"

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

number_catalog make_catalog()
{
    return {{{1, "Sosyal Medya", "sosyal-medya"}, {2, "Diğer", "diger"}},
            {{1, 1, "WhatsApp", "+90555", 7, hundredths(400), 100},
             {2, 1, "Telegram", "+90555", 7, hundredths(350), 50},
             {3, 2, "Google", "+90555", 7, hundredths(275), 25},
             {4, 2, "Instagram", "+90555", 7, hundredths(300), 0}}};
}

http::reply categories(call& c)
{
    const auto& catalog = c.account.numbers->catalog;
    std::vector<json::value> out;
    for (const auto& one : catalog.categories)
        out.push_back(json::object({{"id", json::number(one.id)},
                                    {"name", json::text(one.name)},
                                    {"slug", json::text(one.slug)},
                                    {"services", json::array(services_in(catalog, one.id, false))}}));
    c.accept();
    return success_reply(json::array(out));
}

http::reply services(call& c)
{
    c.accept();
    return success_reply(json::array(services_in(c.account.numbers->catalog, 0, true)));
}

http::reply category_services(call& c)
{
    auto id = c.path_id(1);
    const auto& catalog = c.account.numbers->catalog;
    if (!id || !catalog.find_category(static_cast<std::int64_t>(*id)))
        return refuse(404, "Kategori bulunamadı");
    c.accept();
    return success_reply(json::array(services_in(catalog, static_cast<std::int64_t>(*id), true)));
}

} // namespace ulak::sim::tamonay
