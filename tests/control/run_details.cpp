#include "control/control_world.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(run_details_)

using ledger::effect_state;
using ledger::item_state;

namespace {

/// A run with five recipients, of whom the first three were submitted by one purchase.
struct bulk_world : control_world {
    bulk_world()
    {
        ledger::create_run c;
        c.run.id = run_id("R1");
        c.run.job = "bulk";
        c.run.kind = "sms.send";
        c.run.trigger = "manual";
        c.run.state = ledger::run_state::succeeded;
        ledger::add_items items;
        items.run = run_id("R1");
        for (int n = 0; n < 5; ++n) {
            items.items.emplace_back();
            items.items.back().position = n;
            items.items.back().phone = "555111223" + std::to_string(n);
            items.items.back().text = n == 0 ? "Hello Ada" : "";
        }
        commit({c, items});
        boot();
        open();
    }
    json::array items(http::header_list query = {})
    {
        return object_in(read("/v1/runs/R1/items", std::move(query))).at("items").as_array();
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(recipients_come_by_position_in_pages)
{
    bulk_world w;
    BOOST_TEST_REQUIRE(w.items().size() == 5u);
    const auto first = w.items({{"limit", "2"}});
    BOOST_TEST_REQUIRE(first.size() == 2u);
    const auto after = std::to_string(first[1].as_object().at("position").to_number<int>());
    const auto rest = w.items({{"after", after}});
    BOOST_TEST_REQUIRE(rest.size() == 3u);
    BOOST_TEST(text_at(rest[0].as_object(), "phone") == "5551112232");
}

BOOST_AUTO_TEST_CASE(recipients_are_chosen_by_state)
{
    bulk_world w;
    BOOST_TEST(w.items({{"state", "pending"}}).size() == 5u);
    BOOST_TEST(w.items({{"state", "delivered,rejected"}}).empty());
}

BOOST_AUTO_TEST_CASE(a_page_that_cannot_be_read_is_refused)
{
    bulk_world w;
    const http::header_list bad[] = {
        {{"state", "lost"}}, {{"limit", "0"}}, {{"limit", "10001"}}, {{"after", "x"}}, {{"after", "1x"}}};
    for (const auto& query : bad)
        BOOST_TEST(code_in(w.read("/v1/runs/R1/items", query)) == "invalid_argument", query[0].second);
    BOOST_TEST(code_in(w.read("/v1/runs/none/items")) == "not_found");
    BOOST_TEST(code_in(w.read("/v1/runs/none/effects")) == "not_found");
}

BOOST_AUTO_TEST_CASE(who_may_only_look_sees_neither_numbers_nor_texts)
{
    bulk_world w;
    BOOST_TEST(text_at(w.items()[0].as_object(), "text") == "Hello Ada");
    BOOST_TEST(!w.items()[1].as_object().contains("text"));
    w.listener = control::view_listener;
    const auto masked = w.read("/v1/runs/R1/items").body;
    BOOST_TEST(masked.find("5551112230") == std::string::npos);
    BOOST_TEST(masked.find("Hello") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(costly_calls_are_shown_with_what_became_of_them)
{
    bulk_world w;
    ledger::intend i;
    i.effect.id = effect_id("E1");
    i.effect.run = run_id("R1");
    i.effect.step = "batch/1";
    i.effect.job = "bulk";
    i.effect.account = "acc";
    i.effect.operation = "sms.send";
    i.effect.expected = money(decimal::from_integer(3), "credits");
    i.effect.intended_at = w.wall();
    ledger::batch all{i};
    for (const auto s : {effect_state::dispatched, effect_state::accepted}) {
        ledger::move_effect m(effect_id("E1"), s);
        m.at = w.wall();
        if (s == effect_state::accepted)
            m.provider_ref = "77";
        all.push_back(m);
    }
    w.commit(std::move(all));
    const auto effects = object_in(w.read("/v1/runs/R1/effects")).at("effects").as_array();
    BOOST_TEST_REQUIRE(effects.size() == 1u);
    const auto& e = effects[0].as_object();
    BOOST_TEST(text_at(e, "state") == "accepted");
    BOOST_TEST(text_at(e, "ref") == "77");
    BOOST_TEST(text_at(e.at("expected").as_object(), "unit") == "credits");
    BOOST_TEST(e.at("charged").is_null());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
