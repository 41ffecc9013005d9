#include "kinds/otp_acquire/number_purchase.hpp"

#include "kinds/otp_acquire/otp_world.hpp"

BOOST_AUTO_TEST_SUITE(number_purchase_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using kinds::settlement;
using kinds::otp::number_purchase;
using kinds::otp::offer;
using ledger::effect_state;
using providers::classification;

struct purchase_of_number : otp_parts {
    purchase_of_number()
    {
        budget.run = lira_of(20);
        renew();
    }
    offer current_offer() { return run(kinds::otp::read_offer(*context, settings, 0)); }
    result<settlement> make() { return make(current_offer()); }
    result<settlement> make(const offer& o)
    {
        number_purchase p(*context, settings, progress);
        return run(p.make(o));
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(an_accepted_number_is_held_and_stored_with_its_settlement, purchase_of_number)
{
    const auto s = make();
    BOOST_TEST_REQUIRE(s.has_value());
    BOOST_TEST((s->classified_as == classification::accepted));
    BOOST_TEST_REQUIRE(progress.held.has_value());
    BOOST_TEST((progress.held->effect == s->id));
    BOOST_TEST(progress.held->number_id == "100");
    BOOST_TEST(progress.held->number == "+65789654123");
    BOOST_TEST(progress.held->price.text() == "8.00 TRY");
    BOOST_TEST(progress.held->balance_before->text() == "100.00 TRY");
    BOOST_TEST((progress.held->times.ordered_at == clock.wall_now()));
    BOOST_TEST((progress.held->age.at(clock).most == 0s));
    const auto stored = stored_progress();
    BOOST_TEST(stored.held->number_id == "100");
    BOOST_TEST(stored.numbers_bought == 1);
    BOOST_TEST(result_of(id).at("code").is_null());
    const auto e = effect_of(id);
    BOOST_TEST((e.state == effect_state::accepted));
    BOOST_TEST(e.step == "number/1");
    BOOST_TEST(e.provider_ref == "100");
    BOOST_TEST(e.charged->text() == "8.00 TRY");
    BOOST_TEST(published.count("number.ordered") == 1u);
}

// What evidence is compared with must be on disk before the order can have been sent.
BOOST_FIXTURE_TEST_CASE(the_store_knows_what_was_asked_for_before_it_leaves, purchase_of_number)
{
    numbers.lists = true;
    account("numbers").shared = false;
    sold_number earlier;
    earlier.id = "99";
    numbers.sold.push_back(earlier);
    const offer o = current_offer();
    crashing.crash_at = 2; // the intent is the first commit, `dispatched` the second
    BOOST_CHECK_THROW(make(o), crashed);
    const auto stored = stored_progress();
    BOOST_TEST(stored.purchases == 1);
    BOOST_TEST(stored.service == "3");
    BOOST_TEST(stored.balance_before->amount.text() == "100.00 TRY");
    BOOST_TEST(*stored.listed_before == std::vector<std::string>{"99"}, boost::test_tools::per_element());
    BOOST_TEST(!stored.held.has_value());
    BOOST_TEST((effect_of(id).state == effect_state::intent));
    BOOST_TEST(numbers.orders == 0);
    BOOST_TEST(run(store->balances("numbers", 10)).value().size() == 1u); // the account's history has it too
}

BOOST_AUTO_TEST_CASE(balance_and_list_are_read_where_they_can_prove_something)
{
    struct row {
        const char* what;
        bool lists, shared;
        bool balance_read, list_read;
    };
    for (const row& r : std::vector<row>{{"own account without a list", false, false, true, false},
                                         {"shared account without a list: a hint", false, true, true, false},
                                         {"own account with a list", true, false, true, true},
                                         {"shared account with a list", true, true, false, true}}) {
        BOOST_TEST_CONTEXT(r.what)
        {
            purchase_of_number w;
            w.numbers.lists = r.lists;
            w.account("numbers").shared = r.shared;
            BOOST_TEST(w.make().has_value());
            BOOST_TEST(w.stored_progress().balance_before.has_value() == r.balance_read);
            BOOST_TEST(w.stored_progress().listed_before.has_value() == r.list_read);
            BOOST_TEST(w.progress.held->balance_before.has_value() == r.balance_read);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_list_that_cannot_be_read_is_not_taken_for_an_empty_one, purchase_of_number)
{
    numbers.lists = true;
    numbers.list_fails = 1;
    progress.listed_before = std::vector<std::string>{"of an earlier purchase"};
    BOOST_TEST(make().has_value());
    BOOST_TEST(!progress.listed_before.has_value());
}

BOOST_FIXTURE_TEST_CASE(an_order_that_names_a_higher_price_than_the_list_is_booked_and_told, purchase_of_number)
{
    settings.candidates[0].max_price = lira_of(9);
    numbers.on_order = [this] { numbers.price = lira_of(9); };
    BOOST_TEST(make().has_value());
    BOOST_TEST(progress.held->price.text() == "9.00 TRY");
    BOOST_TEST(effect_of(id).charged->text() == "9.00 TRY");
    BOOST_TEST(published.count("charge.mismatch") == 1u);
    BOOST_TEST(attention().empty());

    progress.held.reset();
    numbers.price = lira_of(8);
    numbers.on_order = [this] { numbers.price = lira_of(40); };
    BOOST_TEST(make().has_value());
    BOOST_TEST_REQUIRE(attention().size() == 1u);
    BOOST_TEST(attention()[0].kind == "charge");
    BOOST_TEST(attention()[0].amount.text() == "40.00 TRY");
}

BOOST_AUTO_TEST_CASE(the_worst_case_is_booked_without_a_price)
{
    struct row {
        const char* what;
        std::optional<money> price, run_budget, day_budget;
        const char* expected;
    };
    const auto usd = money(decimal::from_integer(30), "USD");
    for (const row& r : std::vector<row>{{"the price", lira_of(8), lira_of(20), {}, "8.00 TRY"},
                                         {"the budget of the run", {}, lira_of(20), lira_of(50), "20.00 TRY"},
                                         {"the budget of the day", {}, {}, lira_of(50), "50.00 TRY"},
                                         {"a budget in another unit", {}, usd, {}, "0.00 TRY"},
                                         {"no budget", {}, {}, {}, "0.00 TRY"}}) {
        BOOST_TEST_CONTEXT(r.what)
        {
            purchase_of_number w;
            w.numbers.price = r.price;
            w.budget.run = r.run_budget;
            w.budget.day = r.day_budget;
            w.renew();
            BOOST_TEST(w.make().has_value());
            BOOST_TEST(w.effect_of(w.id).expected.text() == r.expected);
            BOOST_TEST(w.progress.price_unknown == !r.price.has_value());
            BOOST_TEST(w.progress.held->price.unit.empty() == !r.price.has_value());
        }
    }
}

BOOST_FIXTURE_TEST_CASE(an_old_offer_is_read_again_and_must_be_the_same, purchase_of_number)
{
    const offer old = current_offer();
    pass(60s);
    numbers.price = lira_of(7);
    BOOST_TEST(make(old).has_value()); // fresh enough, and cheaper than booked
    pass(1s);
    progress.held.reset();
    numbers.price = lira_of(9);
    auto s = make(old);
    BOOST_TEST_REQUIRE(!s.has_value());
    BOOST_TEST((s.error().code == errc::denied_now));
    numbers.price = lira_of(8);
    numbers.stock = 0;
    s = make(old);
    BOOST_TEST((s.error().code == errc::denied_now));
    BOOST_TEST(effects_of(id).size() == 1u); // no intent of a purchase that was not made
    numbers.stock = 10;
    BOOST_TEST(make(old).has_value());
    BOOST_TEST(numbers.orders == 2);
}

BOOST_AUTO_TEST_CASE(only_an_accepted_answer_holds_a_number)
{
    struct row {
        reply answer;
        effect_state state;
        classification classified_as;
    };
    for (const row& r : std::vector<row>{
             {reply::accept, effect_state::accepted, classification::accepted},
             {reply::refuse, effect_state::rejected, classification::rejected},
             {reply::limit, effect_state::rate_limited, classification::rate_limited},
             {reply::never_dispatch, effect_state::not_sent, classification::not_sent},
             {reply::drop_before, effect_state::not_sent, classification::not_sent},
             {reply::lose_answer, effect_state::ambiguous, classification::ambiguous},
             {reply::lose_request, effect_state::ambiguous, classification::ambiguous},
         }) {
        purchase_of_number w;
        w.numbers.replies = {r.answer};
        const auto s = w.make();
        BOOST_TEST_REQUIRE(s.has_value());
        BOOST_TEST((s->classified_as == r.classified_as));
        BOOST_TEST((w.effect_of(w.id).state == r.state));
        BOOST_TEST(w.progress.held.has_value() == (r.answer == reply::accept));
        BOOST_TEST(w.stored_progress().held.has_value() == (r.answer == reply::accept));
    }
}

BOOST_FIXTURE_TEST_CASE(an_id_that_another_purchase_owns_is_ambiguous_and_not_held, purchase_of_number)
{
    book(effect_state::accepted, "100", 7);
    pass(1s);
    const auto s = make();
    BOOST_TEST_REQUIRE(s.has_value());
    BOOST_TEST((s->classified_as == classification::ambiguous));
    BOOST_TEST(!progress.held.has_value());
    BOOST_TEST(!stored_progress().held.has_value());
    BOOST_TEST(attention().size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
