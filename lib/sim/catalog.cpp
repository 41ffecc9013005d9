#include "sim/catalog.hpp"

#include <algorithm>

namespace ulak::sim {
namespace {

decimal kurus(std::int64_t hundredths)
{
    return decimal::from_micros(hundredths * (decimal::scale / 100));
}

} // namespace

const category* number_catalog::find_category(std::int64_t id) const
{
    auto at = std::find_if(categories.begin(), categories.end(), [&](const category& c) { return c.id == id; });
    return at == categories.end() ? nullptr : &*at;
}

number_service* number_catalog::find(std::int64_t id)
{
    auto at = std::find_if(services.begin(), services.end(), [&](const number_service& s) { return s.id == id; });
    return at == services.end() ? nullptr : &*at;
}

number_catalog tamonay_catalog()
{
    return {{{1, "Sosyal Medya", "sosyal-medya"}, {2, "Diğer", "diger"}},
            {{1, 1, "WhatsApp", "+90555", 7, kurus(400), 100},
             {2, 1, "Telegram", "+90555", 7, kurus(350), 50},
             {3, 2, "Google", "+90555", 7, kurus(275), 25},
             {4, 2, "Instagram", "+90555", 7, kurus(300), 0}}};
}

number_catalog smmonayim_catalog()
{
    return {{{1, "Whatsapp", "whatsapp"}, {2, "Google", "google"}, {3, "Discord", "discord"}},
            {{1, 1, "Whatsapp Fransa", "+3378", 7, kurus(800), 190},
             {2, 1, "Whatsapp Endonezya", "+6281", 8, kurus(200), 170},
             {3, 2, "Google Singapur", "+6578", 7, kurus(550), 120},
             {4, 3, "Discord Almanya", "+49151", 8, kurus(325), 0}}};
}

std::vector<panel_service> panel_catalog()
{
    return {{1, "Followers", "Default", "First Category", kurus(90), 50, 10'000},
            {2, "Comments", "Custom Comments", "Second Category", kurus(800), 10, 1'500},
            {3, "Likes", "Default", "First Category", decimal::from_micros(278'190), 10, 100'000}};
}

} // namespace ulak::sim
