#include "kinds/otp_acquire/order_search.hpp"

#include "kinds/otp_acquire/otp_world.hpp"

BOOST_AUTO_TEST_SUITE(order_search_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using kinds::otp::list_evidence;
using kinds::otp::lost_order;
using kinds::otp::order_search;
using ledger::effect_state;

/// An ambiguous purchase at an account whose list showed order 100 before, twenty orders to a page.
struct search_world : otp_parts {
    search_world()
    {
        numbers.lists = true;
        numbers.page = 20;
        sell(100);
        pass(10min);
        wanted.effect = book(effect_state::ambiguous);
        wanted.service = "3";
        wanted.listed_before = std::vector<std::string>{"100"};
    }
    void sell(int number_id, const std::string& service = "3")
    {
        sold_number n;
        n.id = std::to_string(number_id);
        n.service = service;
        n.created = clock.wall_now();
        numbers.sold.push_back(std::move(n));
    }

    list_evidence search()
    {
        order_search s(*context);
        std::optional<list_evidence> found;
        start(keep(s.search(account("numbers"), wanted), found), &signal);
        for (int i = 0; i < 300 && !found; ++i) {
            every_tick();
            settle();
            if (!found)
                pass(1s);
        }
        BOOST_TEST_REQUIRE(found.has_value());
        return *found;
    }
    task<> keep(task<list_evidence> work, std::optional<list_evidence>& found) { found = co_await std::move(work); }

    lost_order wanted{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(the_list_is_read_back_to_before_the_purchase, search_world)
{
    sell(101);
    for (int i = 0; i < 50; ++i)
        sell(102 + i, "9"); // of other users, since
    int pages = 0;
    numbers.on_list = [&] { ++pages; }; // counts searches: the hook is called with the first page
    BOOST_TEST(search().found->id == "101");
    BOOST_TEST(pages == 1);
}

BOOST_FIXTURE_TEST_CASE(an_order_that_a_purchase_of_ours_owns_is_not_taken, search_world)
{
    sell(101);
    pass(1s);
    book(effect_state::accepted, "101", 2);
    const auto e = search();
    BOOST_TEST(!e.found.has_value());
    BOOST_TEST(e.absent);
}

BOOST_FIXTURE_TEST_CASE(an_order_that_is_in_flight_is_waited_for, search_world)
{
    sell(101);
    pass(1s);
    const auto open = book(effect_state::dispatched, "", 2);
    int ticks = 0;
    every_tick = [&] {
        if (++ticks != 10)
            return;
        ledger::batch changes;
        changes.push_back(move(open.id, effect_state::accepted, "101"));
        commit(std::move(changes));
    };
    const auto e = search();
    BOOST_TEST(!e.found.has_value());
    BOOST_TEST(e.absent);
    BOOST_TEST(ticks >= 10);
}

BOOST_FIXTURE_TEST_CASE(one_that_stays_in_flight_or_a_cancellation_leaves_the_list_without_proof, search_world)
{
    sell(101);
    pass(1s);
    book(effect_state::dispatched, "", 2);
    const auto begun = clock.now();
    auto e = search();
    BOOST_TEST(!e.found.has_value());
    BOOST_TEST(!e.absent);
    BOOST_TEST((clock.now() - begun >= account("numbers").order_timeout));

    context->request_cancel();
    const auto again = clock.now();
    e = search();
    BOOST_TEST(!e.found.has_value());
    BOOST_TEST((clock.now() - again < 2s));
}

BOOST_AUTO_TEST_CASE(a_similar_purchase_gets_an_order_while_somebody_reconciles_it)
{
    struct row {
        const char* what;
        std::optional<ledger::run_state> ended; ///< of the other run
        bool reconciled;
        bool found; ///< the one new order is ours
    };
    // The other purchase was sent first, so the first order is its own as long as it waits for one.
    for (const row& r : std::vector<row>{{"its run goes on", std::nullopt, false, false},
                                         {"its run has ended", ledger::run_state::attention, false, true},
                                         {"its run left it to an operator", std::nullopt, true, true}}) {
        BOOST_TEST_CONTEXT(r.what)
        {
            search_world w;
            const auto other_run = w.create_run("other");
            w.pass(1s);
            const auto other = w.book(other_run, "number/1", effect_state::ambiguous, "");
            w.pass(1s);
            w.wanted.effect = w.book(effect_state::ambiguous, "", 2);
            ledger::batch changes;
            changes.push_back(w.move(w.effect_of(w.id).id, effect_state::not_executed)); // the fixture's own
            if (r.ended) {
                ledger::update_run update(other_run);
                update.state = *r.ended;
                update.finished_at = w.clock.wall_now();
                changes.push_back(std::move(update));
            }
            w.commit(std::move(changes));
            if (r.reconciled)
                w.account("numbers").reconciled->insert(other.id.text());
            w.sell(101);
            BOOST_TEST(w.search().found.has_value() == r.found);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_list_that_cannot_be_read_proves_nothing_and_is_reported_once, search_world)
{
    order_search s(*context);
    for (int i = 0; i < 2; ++i) {
        numbers.list_fails = 1;
        const auto e = run(s.search(account("numbers"), wanted));
        BOOST_TEST(!e.found.has_value());
        BOOST_TEST(!e.absent);
        BOOST_TEST(e.evidence == "the provider's list cannot be read: no list now");
    }
    BOOST_TEST(published.count("provider.error") == 1u);
}

BOOST_AUTO_TEST_CASE(the_list_is_waited_for_at_least_a_minute)
{
    providers::account a;
    a.read_timeout = 5s;
    BOOST_TEST((kinds::otp::list_timeout(a) == 60s));
    a.read_timeout = 90s;
    BOOST_TEST((kinds::otp::list_timeout(a) == 90s));
}

BOOST_AUTO_TEST_SUITE_END()
