#include "sim/detail/wallet.hpp"

#include <boost/test/unit_test.hpp>

using namespace ulak;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(wallet_)

namespace {

decimal amount(const char* text)
{
    return decimal::parse(text).value();
}

} // namespace

BOOST_AUTO_TEST_CASE(it_covers_exactly_what_it_holds)
{
    const sim::wallet w(amount("10"), "TRY");
    BOOST_TEST(w.unit() == "TRY");
    BOOST_TEST(w.covers(amount("10")));
    BOOST_TEST(w.covers(decimal()));
    BOOST_TEST(!w.covers(amount("10.000001")));
}

BOOST_AUTO_TEST_CASE(every_movement_is_kept_with_the_balance_after_it)
{
    sim::wallet w(amount("10"), "TRY");
    w.post(wall_point(1ms), amount("-2.5"), "number 1");
    w.post(wall_point(2ms), amount("2.5"), "refund of number 1");
    BOOST_REQUIRE_EQUAL(w.history().size(), 2u);
    BOOST_TEST(w.history()[0].id == 1u);
    BOOST_TEST(w.history()[0].balance.text() == "7.5");
    BOOST_TEST(w.history()[0].amount.negative());
    BOOST_TEST(w.history()[1].id == 2u);
    BOOST_TEST(w.history()[1].balance.text() == "10");
    BOOST_TEST(w.history()[1].reason == "refund of number 1");
    BOOST_TEST((w.history()[1].at == wall_point(2ms)));
    BOOST_TEST(w.balance().text() == "10");
}

BOOST_AUTO_TEST_CASE(setting_the_balance_is_no_movement)
{
    sim::wallet w(amount("10"), "TRY");
    w.set(amount("3"));
    BOOST_TEST(w.balance().text() == "3");
    BOOST_TEST(w.history().empty());
}

BOOST_AUTO_TEST_CASE(only_the_newest_movements_are_kept_and_ids_go_on)
{
    sim::wallet w(decimal(), "credits");
    for (int i = 0; i < 5'003; ++i)
        w.post(wall_point(), amount("1"), "deposit");
    BOOST_TEST(w.history().size() == 5'000u);
    BOOST_TEST(w.history().front().id == 4u);
    BOOST_TEST(w.history().back().id == 5'003u);
    BOOST_TEST(w.balance().text() == "5003");
}

BOOST_AUTO_TEST_SUITE_END()
