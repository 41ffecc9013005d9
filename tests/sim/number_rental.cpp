#include "sim/fixture.hpp"

#include "sim/detail/number_rental.hpp"
#include "sim/registry.hpp"

using namespace sim_test;
using sim::number_state;

namespace {

struct rental_fixture {
    rental_fixture() : world(quiet_options()) { world.advance(noon()); }

    sim::rented_number& rent(sim::number_plan plan = {})
    {
        sim::rented_number wanted;
        wanted.plan = plan;
        return sim::rent_number(world, account, service, decimal::from_integer(8), std::move(wanted));
    }
    std::string balance() { return account.money.balance().text(); }
    std::string last_line()
    {
        const auto lines = world.log.lines(0, {}, 100);
        return lines.empty() ? "" : std::string(lines.back());
    }

    sim::world_state world;
    sim::simulated_account& account = world.account(*sim::find_protocol("numbers"));
    sim::number_service& service = account.numbers->catalog.services.front();
    const std::int64_t stock = service.stock;
};

sim::number_plan sms_after(std::chrono::milliseconds d)
{
    sim::number_plan plan;
    plan.sms_after = d;
    return plan;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(number_rental_, rental_fixture)

BOOST_AUTO_TEST_CASE(renting_takes_the_money_and_one_of_the_stock)
{
    const auto& n = rent();
    BOOST_TEST(balance() == "92");
    BOOST_TEST(service.stock == stock - 1);
    BOOST_TEST(n.number.starts_with(service.prefix));
    BOOST_TEST(n.number.size() == service.prefix.size() + static_cast<std::size_t>(service.digits));
    BOOST_TEST(n.code == "012345");
    BOOST_TEST(n.text == service.name + " kodunuz: 012345");
    BOOST_TEST(n.price.text() == "8");
    BOOST_TEST((n.ordered_at == noon()));
    BOOST_TEST((n.expires_at == noon() + 20min));
    BOOST_TEST(account.money.history().back().reason == "number " + std::to_string(n.id));
}

BOOST_AUTO_TEST_CASE(the_sms_comes_at_its_time_and_the_number_no_longer_expires)
{
    auto& n = rent(sms_after(3s));
    world.advance(noon() + 3s - 1ms);
    BOOST_TEST(sim::name(n.state) == "waiting");
    world.advance(noon() + 3s);
    BOOST_TEST(sim::name(n.state) == "received");
    world.advance(noon() + 1h);
    BOOST_TEST(sim::name(n.state) == "received");
    BOOST_TEST(balance() == "92");
    BOOST_TEST(last_line() == "");
}

BOOST_AUTO_TEST_CASE(a_number_without_an_sms_expires_with_a_refund_and_a_line)
{
    auto& n = rent();
    world.advance(noon() + 20min);
    BOOST_TEST(sim::name(n.state) == "expired");
    BOOST_TEST(n.refunded);
    BOOST_TEST(balance() == "100");
    BOOST_TEST(service.stock == stock);
    BOOST_TEST(last_line().find("\"operation\":\"_expired\"") != std::string::npos);
    BOOST_TEST(last_line().find("\"amount\":\"-8\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_number_can_die_before_its_sms)
{
    auto plan = sms_after(10s);
    plan.dies_after = 5s;
    auto& n = rent(plan);
    world.advance(noon() + 30s);
    BOOST_TEST(sim::name(n.state) == "cancelled");
    BOOST_TEST(balance() == "100");
    BOOST_TEST(last_line().find("\"operation\":\"_died\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_sms_that_comes_first_keeps_the_number_alive)
{
    auto plan = sms_after(5s);
    plan.dies_after = 10s;
    auto& n = rent(plan);
    world.advance(noon() + 1h);
    BOOST_TEST(sim::name(n.state) == "received");
    BOOST_TEST(balance() == "92");
}

BOOST_AUTO_TEST_CASE(a_refund_can_stay_away_but_the_number_is_free_again)
{
    sim::number_plan plan;
    plan.refund_missing = true;
    auto& n = rent(plan);
    world.advance(noon() + 20min);
    BOOST_TEST(sim::name(n.state) == "expired");
    BOOST_TEST(!n.refunded);
    BOOST_TEST(balance() == "92");
    BOOST_TEST(service.stock == stock);
}

BOOST_AUTO_TEST_CASE(an_ended_number_gets_no_sms)
{
    auto& n = rent();
    BOOST_TEST(sim::refund_number(world, account, n, number_state::cancelled).text() == "8");
    sim::deliver_sms(n);
    BOOST_TEST(sim::name(n.state) == "cancelled");
    world.advance(noon() + 1h);
    BOOST_TEST(balance() == "100"); // once
}

BOOST_AUTO_TEST_SUITE_END()
