#include "sim/fixture.hpp"

#include "sim/registry.hpp"

using namespace sim_test;

namespace {

struct world_fixture {
    explicit world_fixture(sim::options o = quiet_options()) : world(std::move(o)) { world.advance(noon()); }

    sim::simulated_account& account(std::string_view name) { return world.account(*sim::find_protocol(name)); }

    sim::world_state world;
};

sim::options rich_options()
{
    auto o = quiet_options();
    o.balances["tamonay"] = decimal::from_integer(7);
    o.credentials["tamonay-token"] = "other-token";
    return o;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(world_state_, world_fixture)

BOOST_AUTO_TEST_CASE(every_protocol_has_an_account_with_what_it_sells)
{
    BOOST_REQUIRE_EQUAL(world.accounts().size(), sim::protocols().size());
    for (const auto& a : world.accounts())
        BOOST_TEST_CONTEXT(a->protocol.name)
        {
            BOOST_TEST(&world.account(a->protocol) == a.get());
            BOOST_TEST(a->money.balance().text() == a->protocol.balance.text());
            BOOST_TEST(a->money.unit() == a->protocol.unit);
            BOOST_TEST((a->numbers != nullptr) == (a->protocol.goods.numbers != nullptr));
            BOOST_TEST((a->messages != nullptr) == a->protocol.goods.messages);
            BOOST_TEST((a->panel != nullptr) == (a->protocol.goods.services != nullptr));
        }
}

BOOST_AUTO_TEST_CASE(options_change_balances_and_credentials)
{
    world_fixture rich(rich_options());
    const auto& tamonay = *sim::find_protocol("tamonay");
    BOOST_TEST(rich.account("tamonay").money.balance().text() == "7");
    BOOST_TEST(rich.world.credential_of(tamonay, "tamonay-token") == "other-token");
    BOOST_TEST(world.credential_of(tamonay, "tamonay-token") == "sim-token");
    BOOST_TEST(rich.account("panel").money.balance().text() == account("panel").money.balance().text());
}

BOOST_AUTO_TEST_CASE(time_goes_on_but_never_back)
{
    world.advance(noon() + 5s);
    world.advance(noon() + 1s);
    BOOST_TEST((world.now() == noon() + 5s));
    world.skip(10s);
    BOOST_TEST((world.now() == noon() + 15s));
    world.advance(noon() + 6s);
    BOOST_TEST((world.now() == noon() + 16s)); // what was skipped comes on top of the clock
}

BOOST_AUTO_TEST_CASE(what_is_scheduled_happens_at_its_own_time)
{
    std::vector<wall_point> seen;
    auto note = [&] { seen.push_back(world.now()); };
    world.schedule(noon() + 2s, note);
    world.schedule(noon() + 1s, note);
    world.schedule(noon() + 9s, note);
    world.advance(noon() + 5s);
    BOOST_REQUIRE_EQUAL(seen.size(), 2u);
    BOOST_TEST((seen[0] == noon() + 1s));
    BOOST_TEST((seen[1] == noon() + 2s));
    BOOST_TEST((world.now() == noon() + 5s));
    world.skip(10s);
    BOOST_TEST((seen.at(2) == noon() + 9s));
}

BOOST_AUTO_TEST_CASE(an_event_of_time_is_a_line_of_the_log)
{
    world.log_event(account("tamonay"), "_expired", sim::describe_refund_event(17, decimal::from_integer(4), "TRY"));
    const std::string line(world.log.lines(0, {}, 1).at(0));
    BOOST_TEST(line.find(R"("protocol":"tamonay","operation":"_expired")") != std::string::npos, line);
    BOOST_TEST(line.find(R"("accepted":true)") != std::string::npos, line);
    BOOST_TEST(line.find(R"("effect":{"kind":"refund","id":"17","amount":"-4","unit":"TRY"})") != std::string::npos,
               line);
}

BOOST_AUTO_TEST_CASE(the_seed_decides_ids)
{
    auto o = quiet_options();
    o.seed = 8;
    world_fixture other(o);
    world_fixture same;
    const auto first = [](world_fixture& f) { return f.account("tamonay").numbers->numbers.add({}).id; };
    const auto id = first(*this);
    BOOST_TEST(first(same) == id);
    BOOST_TEST(first(other) != id);
}

BOOST_AUTO_TEST_SUITE_END()
