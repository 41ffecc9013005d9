// What may be spent: of a run, of a job's day and of an account's day, whatever happens at once.
#include "kinds/purchase/budget_limits.hpp"
#include "kinds/purchase_world.hpp"

BOOST_AUTO_TEST_SUITE(budgets_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::effect_state;
using providers::classification;

struct budget_world : purchase_world {
    using outcome = std::optional<result<kinds::settlement>>;

    /// Many runs at once on one account with many tills; how many bought something.
    int rush(int runs, const std::function<run_id(int)>& of)
    {
        account("numbers").purchase_permits = std::make_unique<async::semaphore>(io.get_executor(), 8);
        std::vector<std::unique_ptr<kinds::run_context>> all;
        std::vector<outcome> outs(static_cast<std::size_t>(runs));
        for (int i = 0; i < runs; ++i) {
            all.push_back(std::make_unique<kinds::run_context>(make(of(i))));
            const auto n = std::to_string(++refs);
            start(buy(*all.back(), "number/" + n, reply::accept, n, outs[static_cast<std::size_t>(i)]));
        }
        for (int i = 0; i < 15; ++i)
            pass(2s);
        int accepted = 0;
        for (const outcome& o : outs) {
            BOOST_TEST_REQUIRE(o.has_value());
            accepted += o->has_value() && (*o)->classified_as == classification::accepted ? 1 : 0;
            if (!o->has_value())
                BOOST_TEST((o->error().code == errc::budget));
        }
        return accepted;
    }
    int refs = 0;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(budgets_count_what_is_spent_or_may_be, purchase_world)
{
    budget.run = lira(20);
    auto c = make();
    buy(c, "number/1", reply::lose_answer);
    buy(c, "number/2", reply::refuse);
    buy(c, "number/3", reply::accept);
    const auto refused = buy(c, "number/4", reply::accept, "101");
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().code == errc::budget));
    BOOST_TEST(reached == 2);
    BOOST_TEST(published.count("budget.hit") == 1u);
    BOOST_TEST(notices().size() == 1u);
    BOOST_TEST(account("numbers").purchase_permits->available() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_day_begins_at_midnight_of_the_configured_zone, purchase_world)
{
    zone = time_zone::find("Europe/Istanbul").value();
    const auto at = parse_rfc3339("2026-11-22T20:59:59Z").value();
    BOOST_TEST(rfc3339(kinds::day_start(at, zone)).substr(0, 16) == "2026-11-21T21:00");
    BOOST_TEST(rfc3339(kinds::day_start(at + 1s, zone)).substr(0, 16) == "2026-11-22T21:00");
    budget.day = lira(10);
    auto c = make();
    buy(c, "number/1", reply::accept, "1");
    BOOST_TEST(!buy(c, "number/2", reply::accept, "2").has_value());
    pass(13h); // 09:00 UTC is noon there; midnight comes after twelve hours
    BOOST_TEST(buy(c, "number/3", reply::accept, "3").has_value());
}

BOOST_FIXTURE_TEST_CASE(an_accounts_day_counts_over_all_jobs, purchase_world)
{
    account("numbers").day_budget = lira(10);
    auto c = make();
    buy(c, "number/1", reply::accept, "1");
    const auto other = create_run("other");
    auto d = make(other);
    const auto refused = buy(d, "number/1", reply::accept, "2");
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().message.find("account-day") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(no_cap_is_passed_by_purchases_that_go_on_at_once, budget_world)
{
    connecting = 5s;
    budget.run = lira(20);
    BOOST_TEST(rush(10, [&](int) { return id; }) == 2);
    BOOST_TEST(reached == 2);

    budget.run.reset();
    budget.day = lira(40); // sixteen are spent
    BOOST_TEST(rush(10, [&](int) { return create_run(); }) == 3);

    budget.day.reset();
    account("numbers").day_budget = lira(56); // forty are spent
    BOOST_TEST(rush(10, [&](int i) { return create_run("job-" + std::to_string(i)); }) == 2);
    BOOST_TEST(reached == 7);
}

BOOST_FIXTURE_TEST_CASE(what_may_have_been_spent_counts_until_the_opposite_is_known, budget_world)
{
    budget.run = lira(8);
    auto c = make();
    buy(c, "number/1", reply::lose_answer);
    const std::string doubt = effect_of(id).id.text();
    BOOST_TEST(!buy(c, "number/2", reply::accept).has_value());
    auto after_a_restart = make();
    BOOST_TEST(!buy(after_a_restart, "number/2", reply::accept).has_value());
    ledger::batch changes;
    changes.push_back(ledger::move_effect(effect_id(doubt), effect_state::orphaned));
    commit(std::move(changes));
    BOOST_TEST(!buy(after_a_restart, "number/2", reply::accept).has_value());
    resolve_entry(doubt, effect_state::refunded, "not-done");
    BOOST_TEST(buy(after_a_restart, "number/2", reply::accept).has_value());
    BOOST_TEST(!buy(after_a_restart, "number/3", reply::accept, "101").has_value());
}

BOOST_FIXTURE_TEST_CASE(a_crash_between_intent_and_answer_frees_nothing_that_may_be_spent, budget_world)
{
    budget.run = lira(8);
    for (const bool after : {false, true})
        for (int n = 1; n <= 3; ++n)
            BOOST_TEST_CONTEXT("commit " << n << (after ? " after" : " before"))
            {
                const auto of = create_run();
                auto c = make(of);
                crashing.commits = 0;
                crashing.crash_at = n;
                crashing.after = after;
                reached = 0;
                std::optional<result<kinds::settlement>> out;
                bool died = false;
                const auto dying = [&]() -> task<> {
                    try {
                        auto work = buy(c, "number/1", reply::accept, "r" + of.text(), out);
                        co_await std::move(work);
                    } catch (const crashed&) {
                        died = true;
                    }
                };
                start(dying());
                BOOST_TEST(died);
                crashing.crash_at = 0;
                recover();
                account("numbers").purchase_permits = std::make_unique<async::semaphore>(io.get_executor(), 1);
                auto again = make(of);
                const int before = reached;
                const auto second = buy(again, "number/2", reply::accept, "s" + of.text());
                BOOST_TEST(before + (second.has_value() ? 1 : 0) <= 1);
                BOOST_TEST(reached <= 1);
            }
}

BOOST_FIXTURE_TEST_CASE(a_call_that_midnight_overtakes_is_booked_on_the_new_day, budget_world)
{
    zone = time_zone::find("Europe/Istanbul").value();
    pass(11h + 59min + 58s); // 20:59:58 UTC: two seconds to midnight there
    budget.day = lira(10);
    auto c = make();
    connecting = 5s;
    const auto overtaken = buy(c, "number/1", reply::accept, "1");
    BOOST_TEST_REQUIRE(overtaken.has_value());
    BOOST_TEST((overtaken->classified_as == classification::not_sent));
    BOOST_TEST(reached == 0);
    BOOST_TEST((buy(c, "number/1", reply::accept, "1")->classified_as == classification::accepted));
    const auto full = buy(c, "number/2", reply::accept, "2");
    BOOST_TEST_REQUIRE(!full.has_value());
    BOOST_TEST((full.error().code == errc::budget));
    BOOST_TEST(reached == 1);
}

BOOST_FIXTURE_TEST_CASE(a_day_of_istanbul_is_not_a_day_of_utc, budget_world)
{
    zone = time_zone::find("Europe/Istanbul").value();
    budget.day = lira(10);
    auto c = make();
    BOOST_TEST(buy(c, "number/1", reply::accept, "1").has_value());
    pass(12h - 10s); // ten seconds to midnight there, three hours to that of UTC
    BOOST_TEST(!buy(c, "number/2", reply::accept, "2").has_value());
    pass(20s);
    BOOST_TEST(buy(c, "number/2", reply::accept, "2").has_value());
    pass(3h); // the midnight of UTC frees nothing
    BOOST_TEST(!buy(c, "number/3", reply::accept, "3").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
