#include "sim/fixture.hpp"

#include "sim/detail/panel_progress.hpp"
#include "sim/registry.hpp"

using namespace sim_test;
using sim::panel_outcome;

namespace {

struct progress_fixture {
    progress_fixture() : world(quiet_options())
    {
        world.advance(noon());
        account.money.set(decimal::from_integer(100));
    }

    sim::panel_order& place(panel_outcome outcome, std::int64_t left = 0, bool refund_missing = false)
    {
        sim::panel_order o;
        o.link = "https://example.com/a";
        o.quantity = 1'000;
        o.charge = decimal::from_integer(40);
        o.outcome = outcome;
        o.left_at_end = left;
        o.refund_missing = refund_missing;
        return sim::place_order(world, account, std::move(o));
    }

    sim::world_state world;
    sim::simulated_account& account = world.account(*sim::find_protocol("panel"));
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(panel_progress_, progress_fixture)

BOOST_AUTO_TEST_CASE(what_is_not_done_is_paid_back_at_the_end)
{
    const struct {
        panel_outcome outcome;
        std::int64_t left;
        bool refund_missing;
        const char *balance, *charge;
        std::uint64_t lines;
    } table[] = {
        {panel_outcome::completed, 0, false, "60", "40", 0}, {panel_outcome::stuck, 0, false, "60", "40", 0},
        {panel_outcome::partial, 250, false, "70", "30", 1}, {panel_outcome::canceled, 0, false, "100", "0", 1},
        {panel_outcome::partial, 250, true, "60", "40", 1},  {panel_outcome::canceled, 0, true, "60", "40", 1},
        {panel_outcome::partial, 0, false, "60", "40", 1},
    };
    for (const auto& t : table)
        BOOST_TEST_CONTEXT("outcome " << static_cast<int>(t.outcome) << ", left " << t.left)
        {
            account.money.set(decimal::from_integer(100));
            const auto before = world.log.last_number();
            const auto& o = place(t.outcome, t.left, t.refund_missing);
            BOOST_TEST(account.money.balance().text() == "60");
            world.skip(8s - 1ms);
            BOOST_TEST(account.money.balance().text() == "60");
            world.skip(1ms);
            BOOST_TEST(account.money.balance().text() == t.balance);
            BOOST_TEST(o.charge.text() == t.charge);
            BOOST_TEST(world.log.last_number() - before == t.lines);
        }
}

BOOST_AUTO_TEST_CASE(an_order_is_kept_with_its_time)
{
    const auto& o = place(panel_outcome::completed);
    BOOST_TEST((o.ordered_at == noon()));
    BOOST_TEST((o.duration == world.settings().order_after));
    BOOST_TEST(account.panel->orders.find(o.id) == &o);
    BOOST_TEST(account.panel->orders.active("https://example.com/a", world.now()));
}

BOOST_AUTO_TEST_SUITE_END()
