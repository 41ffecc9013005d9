#include "sim/protocols/smmonayim_numbers/catalog.hpp"

#include "sim/protocols/smmonayim_numbers/replies.hpp"

#include <algorithm>

namespace ulak::sim::smmonayim_numbers {
namespace {

/// The document shows the price as a text without needless zeros: "8"
json::value details(const number_service& s)
{
    return json::object({{"id", json::number(s.id)},
                         {"price", json::text(s.price.text())},
                         {"stock", json::number(std::max<std::int64_t>(0, s.stock))}});
}

number_service* asked_service(call& c, std::size_t segment)
{
    auto id = c.path_id(segment);
    if (!id)
        c.add_mistake("the service id in the path is not a number");
    return id ? c.account.numbers->catalog.find(static_cast<std::int64_t>(*id)) : nullptr;
}

} // namespace

number_catalog make_catalog()
{
    return {{{1, "Whatsapp", "whatsapp"}, {2, "Google", "google"}, {3, "Discord", "discord"}},
            {{1, 1, "Whatsapp Fransa", "+3378", 7, hundredths(800), 190},
             {2, 1, "Whatsapp Endonezya", "+6281", 8, hundredths(200), 170},
             {3, 2, "Google Singapur", "+6578", 7, hundredths(550), 120},
             {4, 3, "Discord Almanya", "+49151", 8, hundredths(325), 0}}};
}

http::reply categories(call& c)
{
    std::vector<json::value> out;
    for (const auto& one : c.account.numbers->catalog.categories)
        out.push_back(json::object({{"id", json::number(one.id)}, {"name", json::text(one.name)}}));
    c.accept();
    return json_reply(json::array(out));
}

http::reply services(call& c)
{
    auto category = c.path_id(1);
    std::vector<json::value> out;
    for (const auto& s : c.account.numbers->catalog.services)
        if (category && s.category == static_cast<std::int64_t>(*category))
            out.push_back(json::object(
                {{"id", json::number(s.id)}, {"name", json::text(s.name)}, {"category", json::number(s.category)}}));
    if (!category)
        c.add_mistake("the category id in the path is not a number");
    c.accept();
    return json_reply(json::array(out));
}

/// Another service comes first in the array of two, so that a client which takes the first is found out.
http::reply service_details(call& c)
{
    auto* asked = asked_service(c, 1);
    if (!asked)
        return refuse("Servis bulunamadı");
    c.accept();
    if (c.fault("details-object"))
        return json_reply(details(*asked));
    bool two = c.fault("details-array") || !c.fault("details-alone");
    std::vector<json::value> out;
    const auto& all = c.account.numbers->catalog.services;
    auto other = std::find_if(all.begin(), all.end(), [&](const number_service& s) { return s.id != asked->id; });
    if (two && other != all.end())
        out.push_back(details(*other));
    out.push_back(details(*asked));
    return json_reply(json::array(out));
}

} // namespace ulak::sim::smmonayim_numbers
