#include "kinds/world.hpp"

#include "kinds/balance_watch/runway.hpp"
#include "kinds/balance_watch/settings.hpp"

BOOST_AUTO_TEST_SUITE(balance_watch_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using namespace ulak::kinds::balance;
using ledger::run_state;

decimal units(std::int64_t n)
{
    return decimal::from_integer(n);
}

struct look {
    int minute;
    std::optional<int> amount; ///< absent: unreadable
    moment tell;
    condition now;
};

void walk(const alarm_limits& l, const std::vector<look>& looks)
{
    kinds::balance::alarm a;
    for (const look& k : looks) {
        BOOST_TEST_CONTEXT("minute " << k.minute)
        {
            reading r;
            if (k.amount)
                r.amount = units(*k.amount);
            const transition t = step(l, a, r, from_unix_ms(k.minute * 60'000));
            BOOST_TEST(t.notification == k.tell);
            BOOST_TEST(t.next_alarm.condition_now == k.now);
            a = parse_alarm(to_text(t.next_alarm));
            BOOST_TEST((a == t.next_alarm)); // it lives in the store between runs
        }
    }
}

const std::string job = R"(version: 1
kind: balance.watch
watch: [{account: a, below: 100 TRY, clear_above: 150 TRY}]
remind: 10m
unreadable_for: 5m
notify: [{when: [firing, reminder, cleared, unreadable], to: ops}]
)";

struct watch_world : world {
    watch_world() : a(has_balance("a")) {}

    kinds::ending once(const std::string& balance)
    {
        a.answers.clear();
        if (balance.empty())
            a.answers.emplace_back(error(errc::contract, "nonsense", reach::answered));
        else
            a.answers.emplace_back(money::parse(balance).value());
        const auto work = load(job);
        BOOST_REQUIRE(work != nullptr);
        id = create_run();
        return resume(*work, id).value();
    }
    std::string state()
    {
        return std::string(result_of(id).at("accounts").as_array().at(0).as_object().at("state").as_string());
    }

    fake_balance& a;
    run_id id{};
};

} // namespace

BOOST_AUTO_TEST_CASE(between_the_two_limits_nothing_changes)
{
    alarm_limits l;
    l.below = units(100);
    l.clear_above = units(150);
    using enum moment;
    walk(l, {{0, 120, none, condition::ok},
             {1, 99, firing, condition::firing},
             {2, 120, none, condition::firing},
             {3, 90, none, condition::firing},
             {4, 150, cleared, condition::ok},
             {5, 120, none, condition::ok},
             {6, 100, none, condition::ok},
             {7, 99, firing, condition::firing}});
}

BOOST_AUTO_TEST_CASE(it_fires_only_after_enough_readings_in_a_row)
{
    alarm_limits l;
    l.below = units(100);
    l.confirm = 3;
    using enum moment;
    walk(l, {{0, 99, none, condition::ok},
             {1, 99, none, condition::ok},
             {2, 100, none, condition::ok},
             {3, 99, none, condition::ok},
             {4, 99, none, condition::ok},
             {5, 99, firing, condition::firing}});
}

BOOST_AUTO_TEST_CASE(it_reminds_while_it_fires_and_tells_when_it_cannot_see)
{
    alarm_limits l;
    l.above = units(100);
    l.remind = 10min;
    l.unreadable_for = 5min;
    using enum moment;
    walk(l, {{0, 101, firing, condition::firing},
             {9, 101, none, condition::firing},
             {10, 101, reminder, condition::firing},
             {11, {}, none, condition::firing},
             {15, {}, none, condition::firing},
             {16, {}, moment::unreadable, condition::unreadable},
             {17, {}, none, condition::unreadable},
             {18, 101, none, condition::firing},
             {20, 101, reminder, condition::firing},
             {21, 100, cleared, condition::ok}});
}

BOOST_AUTO_TEST_CASE(what_was_unreadable_and_is_fine_is_told_as_cleared)
{
    alarm_limits l;
    l.below = units(100);
    using enum moment;
    walk(l, {{0, {}, moment::unreadable, condition::unreadable},
             {1, 200, cleared, condition::ok},
             {2, 200, none, condition::ok}});
}

BOOST_AUTO_TEST_CASE(the_runway_counts_what_was_spent_and_not_what_was_paid_in)
{
    const auto at = [](int hour, int amount) {
        ledger::balance_record r;
        r.balance = money(units(amount), "TRY");
        r.at = from_unix_ms(std::int64_t(hour) * 3'600'000);
        return r;
    };
    BOOST_TEST((estimate_runway({at(10, 100), at(0, 200)}) == 10h));
    BOOST_TEST((estimate_runway({at(10, 100), at(5, 50), at(0, 150)}) == 10h)); // 100 spent, 50 paid in
    BOOST_TEST((estimate_runway({at(10, 100)}) == std::nullopt));
    BOOST_TEST((estimate_runway({at(10, 100), at(0, 100)}) == std::nullopt));
    BOOST_TEST((estimate_runway({at(0, 100), at(0, 200)}) == std::nullopt));
}

BOOST_FIXTURE_TEST_CASE(the_alarm_lives_across_runs, watch_world)
{
    BOOST_TEST((once("99 TRY").state == run_state::succeeded));
    BOOST_TEST(state() == "firing");
    BOOST_TEST(published.count("balance.firing") == 1u);
    once("120 TRY");
    BOOST_TEST(state() == "firing");
    BOOST_TEST(published.count("balance.firing") == 1u);
    pass(10min);
    once("120 TRY");
    BOOST_TEST(published.count("balance.firing") == 2u);
    once("150 TRY");
    BOOST_TEST(state() == "ok");
    BOOST_TEST(published.count("balance.cleared") == 1u);
    BOOST_TEST(notices().size() == 3u);
    BOOST_TEST(run(store->balances("a", 10)).value().size() == 4u);
    const auto shown = result_of(id).at("accounts").as_array().at(0).as_object();
    BOOST_TEST(shown.at("balance").as_string() == "150.00");
    BOOST_TEST(shown.at("unit").as_string() == "TRY");
}

BOOST_FIXTURE_TEST_CASE(nonsense_fails_its_reading_and_the_next_one_works, watch_world)
{
    BOOST_TEST((once("").state == run_state::failed));
    BOOST_TEST(state() == "unreadable");
    BOOST_TEST(published.count("balance.unreadable") == 0u);
    pass(5min);
    once("");
    BOOST_TEST(published.count("balance.unreadable") == 1u);
    BOOST_TEST((once("200 TRY").state == run_state::succeeded));
    BOOST_TEST(state() == "ok");
}

BOOST_FIXTURE_TEST_CASE(a_balance_in_another_unit_than_the_limits_is_never_ok, watch_world)
{
    a.answers = {money(units(300), "USD")};
    const auto work = load(job);
    BOOST_TEST_REQUIRE((work != nullptr));
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::failed));
    const auto seen = result_of(id).at("accounts").as_array().at(0).as_object();
    BOOST_TEST(seen.at("state").as_string() == "unreadable");
    BOOST_TEST(seen.at("balance").as_string() == "300.00");
    BOOST_TEST(seen.at("unit").as_string() == "USD");
}

BOOST_FIXTURE_TEST_CASE(the_loader_says_which_limits_contradict, watch_world)
{
    for (const std::string limits :
         {"", ", clear_above: 5 TRY", ", below: 10 TRY, clear_above: 5 TRY", ", below: 10 TRY, above: 5 TRY"}) {
        BOOST_TEST_CONTEXT(limits)
        {
            BOOST_TEST((load("version: 1\nkind: balance.watch\nwatch: [{account: a" + limits + "}]\n") == nullptr));
            BOOST_TEST(reported("U0419"));
        }
    }
    BOOST_TEST((load("version: 1\nkind: balance.watch\nwatch: [{account: a, below: 1 USD}]\n") == nullptr));
    BOOST_TEST(reported("U0406"));
    BOOST_TEST(
        (load("version: 1\nkind: balance.watch\nwatch: [{account: a, below: 1 TRY}, {account: a, above: 9 TRY}]\n") ==
         nullptr));
    BOOST_TEST(reported("U0424"));
}

BOOST_AUTO_TEST_SUITE_END()
