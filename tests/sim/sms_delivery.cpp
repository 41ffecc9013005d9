#include "sim/fixture.hpp"

#include "sim/detail/sms_delivery.hpp"
#include "sim/registry.hpp"

using namespace sim_test;

namespace {

struct delivery_fixture {
    delivery_fixture() : world(quiet_options()) { world.advance(noon()); }

    sim::sms_queue& send(std::size_t undelivered, bool pays_for_undelivered)
    {
        sim::sms_queue q;
        q.submitted_at = q.due_at = noon();
        q.numbers = {5551112231, 5551112232, 5551112233, 5551112234};
        q.charge = decimal::from_integer(8);
        q.undelivered_tail = undelivered;
        return sim::accept_send(world, account, std::move(q), pays_for_undelivered);
    }
    std::string spent() { return (account.protocol.balance - account.money.balance()).text(); }

    sim::world_state world;
    sim::simulated_account& account = world.account(*sim::find_protocol("iletimerkezi"));
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(sms_delivery_, delivery_fixture)

BOOST_AUTO_TEST_CASE(an_accepted_send_is_paid_for_at_once_and_delivered_with_time)
{
    const auto& q = send(0, true);
    BOOST_TEST(spent() == "8");
    BOOST_TEST((q.delivery_time == world.settings().delivery_after));
    BOOST_TEST(account.messages->sends.find(q.id) == &q);
    world.advance(noon() + 1h);
    BOOST_TEST(q.tally(world.now()).delivered == 4u);
    BOOST_TEST(spent() == "8");
    BOOST_TEST(world.log.last_number() == 0u);
}

BOOST_AUTO_TEST_CASE(only_a_provider_that_pays_for_undelivered_ones_gives_their_share_back)
{
    const struct {
        bool pays;
        const char *spent, *refunded;
        std::uint64_t lines;
    } table[] = {{true, "6", "2", 1}, {false, "14", "0", 1}};
    for (const auto& t : table)
        BOOST_TEST_CONTEXT("pays " << t.pays)
        {
            const auto& q = send(1, t.pays);
            world.skip(1h);
            BOOST_TEST(q.refunded.text() == t.refunded);
            BOOST_TEST(spent() == t.spent);
            BOOST_TEST(world.log.last_number() == t.lines);
        }
    BOOST_TEST(world.log.lines(0, {}, 1).at(0).find("\"_undelivered\"") != std::string_view::npos);
}

BOOST_AUTO_TEST_CASE(no_more_can_stay_undelivered_than_were_sent)
{
    const auto& q = send(99, true);
    BOOST_TEST(q.undelivered_tail == 4u);
    world.skip(1h);
    BOOST_TEST(q.refunded.text() == "8");
    BOOST_TEST(spent() == "0");
}

BOOST_AUTO_TEST_CASE(a_cancelled_send_is_paid_back_once)
{
    auto& q = send(2, true);
    BOOST_TEST(sim::cancel_send(world, account, q).text() == "8");
    BOOST_TEST(spent() == "0");
    world.skip(1h);
    BOOST_TEST(spent() == "0");
    BOOST_TEST(q.tally(world.now()).undelivered == 4u);
    BOOST_TEST(world.log.last_number() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
