#include "kinds/otp_acquire/number_price.hpp"

#include "kinds/otp_acquire/otp_world.hpp"

#include <functional>

BOOST_AUTO_TEST_SUITE(number_price_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::effect_state;

/// A number that was bought without a price from an account of our own, with 100 lira before and 92 now.
struct unpriced_world : otp_parts {
    unpriced_world()
    {
        account("numbers").shared = false;
        progress.balance_before.emplace();
        progress.balance_before->amount = lira_of(100);
        progress.balance_before->at = clock.wall_now();
        pass(1s);
        hold_number();
        progress.price_unknown = true;
        progress.held->price = money();
    }
    void learn() { run(kinds::otp::learn_price(*context, settings, progress, account("numbers"))); }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(the_drop_of_the_balance_is_the_price, unpriced_world)
{
    learn();
    BOOST_TEST(progress.held->price.text() == "8.00 TRY");
    BOOST_TEST(stored_progress().held->price.text() == "8.00 TRY");
    BOOST_TEST(result_of(id).at("price").as_string() == "8.00");
    BOOST_TEST(effect_of(id).charged->text() == "8.00 TRY");
    BOOST_TEST(effect_of(id).evidence == "the price was not known; the balance fell by 8.00 TRY");
    const int commits = crashing.commits;
    learn(); // known by now
    BOOST_TEST(crashing.commits == commits);
}

BOOST_AUTO_TEST_CASE(a_drop_that_may_have_another_reason_is_no_price)
{
    struct row {
        const char* what;
        std::function<void(unpriced_world&)> make;
    };
    for (const row& r : std::vector<row>{
             {"the price was known", [](auto& w) { w.progress.price_unknown = false; }},
             {"others spend from the account", [](auto& w) { w.account("numbers").shared = true; }},
             {"no balance from before", [](auto& w) { w.progress.balance_before.reset(); }},
             {"the account shows no balance", [](auto& w) { w.account("numbers").balances.reset(); }},
             {"it did not move", [](auto& w) { w.numbers.money_left = decimal::from_integer(100); }},
             {"it rose", [](auto& w) { w.numbers.money_left = decimal::from_integer(108); }},
             {"another unit",
              [](auto& w) { w.progress.balance_before->amount = money(decimal::from_integer(100), "USD"); }},
             {"another purchase since",
              [](auto& w) {
                  w.pass(1s);
                  w.book(effect_state::rejected, "", 2);
              }},
             {"a refund of an earlier purchase may have come",
              [](auto& w) {
                  w.progress.balance_before->at = w.clock.wall_now() + 10min;
                  w.pass(1s);
                  w.book(effect_state::accepted, "77", 2);
                  w.pass(11min);
              }},
         }) {
        BOOST_TEST_CONTEXT(r.what)
        {
            unpriced_world w;
            r.make(w);
            w.learn();
            BOOST_TEST(w.progress.held->price.unit.empty());
            BOOST_TEST(!w.effect_of(w.id).charged.has_value());
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_balance_that_fell_by_more_than_the_list_said_is_booked_and_told, unpriced_world)
{
    progress.price_unknown = false;
    progress.held->price = lira_of(2);
    settings.candidates[0].max_price = lira_of(9);
    learn();
    BOOST_TEST(progress.held->price.text() == "8.00 TRY");
    BOOST_TEST(effect_of(id).charged->text() == "8.00 TRY");
    BOOST_TEST(published.count("charge.mismatch") == 1u);
    BOOST_TEST(attention().empty());
    learn();
    BOOST_TEST(published.count("charge.mismatch") == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_balance_that_fell_by_more_than_max_price_goes_to_a_person, unpriced_world)
{
    progress.price_unknown = false;
    progress.held->price = lira_of(2);
    settings.candidates[0].max_price = lira_of(3);
    learn();
    BOOST_TEST_REQUIRE(attention().size() == 1u);
    BOOST_TEST(attention()[0].kind == "charge");
    BOOST_TEST(attention()[0].amount.text() == "8.00 TRY");
    BOOST_TEST(attention()[0].evidence.find(
                   "was charged 8.00 TRY, but the list said 2.00 TRY; max_price is 3.00 TRY") != std::string::npos,
               attention()[0].evidence);
}

BOOST_FIXTURE_TEST_CASE(a_balance_that_fell_by_less_changes_no_price, unpriced_world)
{
    progress.price_unknown = false;
    progress.held->price = lira_of(9);
    learn();
    BOOST_TEST(progress.held->price.text() == "9.00 TRY");
    BOOST_TEST(published.count("charge.mismatch") == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_price_that_cannot_be_stored_stays_unknown, unpriced_world)
{
    context->request_stop();
    crashing.refuse = 1;
    learn();
    BOOST_TEST(progress.held->price.unit.empty());
}

BOOST_AUTO_TEST_SUITE_END()
