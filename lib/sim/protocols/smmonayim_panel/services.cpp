#include "sim/protocols/smmonayim_panel/services.hpp"

namespace ulak::sim::smmonayim_panel {

std::vector<panel_service> make_services()
{
    return {{1, "Followers", "Default", "First Category", hundredths(90), 50, 10'000},
            {2, "Comments", "Custom Comments", "Second Category", hundredths(800), 10, 1'500},
            {3, "Likes", "Default", "First Category", decimal::from_micros(278'190), 10, 100'000}};
}

http::reply services(call& c)
{
    c.form.allow_only(c, {"key", "action"});
    std::vector<json::value> out;
    bool text_ids = c.fault("ids-text").has_value();
    for (const auto& s : c.account.panel->services)
        out.push_back(json::object({{"service", json::numeral(s.id, text_ids)},
                                    {"name", json::text(s.name)},
                                    {"type", json::text(s.type)},
                                    {"category", json::text(s.category)},
                                    {"rate", json::text(s.rate.text(2))},
                                    {"min", json::numeral(s.min, true)},
                                    {"max", json::numeral(s.max, true)}}));
    c.accept();
    return json_reply(json::array(out));
}

http::reply balance(call& c)
{
    c.form.allow_only(c, {"key", "action"});
    c.accept();
    return json_reply(
        json::object({{"balance", json::text(c.account.money.balance().text())}, {"currency", json::text("USD")}}));
}

} // namespace ulak::sim::smmonayim_panel
