#include "kinds/otp_acquire/driver.hpp"

#include "kinds/otp_acquire/otp_world.hpp"

#include <boost/json/serialize.hpp>

BOOST_AUTO_TEST_SUITE(driver_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using kinds::otp::driver;
using kinds::otp::stage;
using ledger::run_state;
using calls = std::vector<std::string>;

struct driver_world : otp_parts {
    driver_world() { hold_number(); }

    /// A driver of its own, as each process has one.
    std::optional<kinds::ending> drive(std::chrono::milliseconds at_most = 2h)
    {
        driver d(*context, settings, progress);
        return finish(d.drive(), at_most);
    }
    std::size_t errors_of(const std::string& call)
    {
        return static_cast<std::size_t>(std::ranges::count_if(published.all, [&](const auto& e) {
            return e.name == "provider.error" && e.data.at("call").as_string() == call;
        }));
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_code_is_in_the_store_when_the_driver_returns, driver_world)
{
    numbers.on_poll = code_at_poll(3, "110547");
    BOOST_TEST(!drive().has_value());
    BOOST_TEST(!progress.held.has_value());
    BOOST_TEST(stored_progress().delivered);
    BOOST_TEST(result_of(id).at("code").as_string() == "110547");
    BOOST_TEST(numbers.calls == (calls{"poll 100", "poll 100", "poll 100"}), boost::test_tools::per_element());
    BOOST_TEST(effect_of(id).refunded.zero());
}

BOOST_FIXTURE_TEST_CASE(each_cancel_stands_between_two_polls, driver_world)
{
    settings.code_wait = 10s;
    numbers.cancel_answers = {"no"};
    BOOST_TEST(!drive().has_value());
    const auto first = std::ranges::find(numbers.calls, "cancel 100");
    BOOST_TEST((calls(first - 1, numbers.calls.end())) ==
                   (calls{"poll 100", "cancel 100", "poll 100", "poll 100", "cancel 100", "poll 100"}),
               boost::test_tools::per_element());
    BOOST_TEST(effect_of(id).refunded == decimal::from_integer(8));
    BOOST_TEST(numbers.money_left == decimal::from_integer(100));
}

// By a clock that stands still in a suspend the cancel would come ten minutes after the order, past the refund window.
BOOST_FIXTURE_TEST_CASE(a_number_is_given_back_when_the_machine_wakes_within_its_refund_window, driver_world)
{
    const auto ordered = clock.wall_now();
    std::optional<std::chrono::milliseconds> cancelled;
    int tick = 0;
    every_tick = [&] {
        if (++tick == 60)
            clock.suspend(6min);
        if (!cancelled && std::ranges::count(numbers.calls, "cancel 100") > 0)
            cancelled = clock.wall_now() - ordered;
    };
    BOOST_TEST(!drive().has_value());
    BOOST_TEST_REQUIRE(cancelled.has_value());
    BOOST_TEST((*cancelled >= 6min));
    BOOST_TEST((*cancelled < 7min + 5s));
    BOOST_TEST(effect_of(id).refunded == decimal::from_integer(8));
    BOOST_TEST(attention().empty());
}

BOOST_FIXTURE_TEST_CASE(a_wall_clock_that_jumps_changes_no_limit_of_a_number, driver_world)
{
    const auto ordered = clock.now();
    int tick = 0;
    every_tick = [&] {
        if (++tick % 20 == 0)
            clock.jump_wall(tick % 40 == 0 ? -24h * 27000 : 24h * 27000);
    };
    BOOST_TEST(!drive().has_value());
    BOOST_TEST(std::ranges::count(numbers.calls, "cancel 100") == 1);
    BOOST_TEST((clock.now() - ordered >= 4min));
    BOOST_TEST((clock.now() - ordered < 4min + 10s));
    BOOST_TEST(attention().empty());
}

BOOST_FIXTURE_TEST_CASE(after_a_start_of_the_machine_with_a_clock_in_doubt_a_number_is_given_back_at_once, driver_world)
{
    progress.held->times.known_age = 1min;
    clock.reboot(8min);
    clock.jump_wall(-24h * 3650);
    doubting_judge judge(clock);
    progress.held->age = kinds::otp::number_age::since(progress.held->times, clock);
    numbers.cancel_answers = {"ok"};
    BOOST_TEST(!drive().has_value());
    BOOST_TEST((calls(numbers.calls.begin(), numbers.calls.begin() + 2)) == (calls{"poll 100", "cancel 100"}),
               boost::test_tools::per_element());
    BOOST_TEST(effect_of(id).refunded == decimal::from_integer(8));
}

BOOST_FIXTURE_TEST_CASE(a_refund_is_looked_for_in_a_balance_that_nobody_else_moves, driver_world)
{
    struct row {
        const char* what;
        bool shared;
        std::optional<money> before;
        const char* cancel;
        bool other_purchase;
        bool at_risk;
        int reads;
    };
    for (const row& r : std::vector<row>{
             {"it is there", false, lira_of(100), "ok", false, false, 1},
             {"it is not there", false, lira_of(100), "ok-unrefunded", false, true, 6},
             {"another purchase moved the balance", false, lira_of(100), "ok-unrefunded", true, false, 6},
             {"others spend from the account", true, lira_of(100), "ok-unrefunded", false, false, 0},
             {"no balance from before", false, std::nullopt, "ok-unrefunded", false, false, 0},
             {"a balance in another unit", false, money(decimal::from_integer(9), "USD"), "ok", false, false, 6},
         }) {
        BOOST_TEST_CONTEXT(r.what)
        {
            driver_world w;
            w.settings.code_wait = 10s;
            w.account("numbers").shared = r.shared;
            w.progress.held->balance_before = r.before;
            w.numbers.cancel_answers = {r.cancel};
            int reads = 0;
            w.numbers.on_balance = [&] { ++reads; };
            if (r.other_purchase) {
                w.pass(1s);
                w.book(ledger::effect_state::rejected, "", 2);
            }
            BOOST_TEST(!w.drive().has_value());
            BOOST_TEST(w.progress.at_risk == r.at_risk);
            BOOST_TEST(w.attention().size() == (r.at_risk ? 1u : 0u));
            BOOST_TEST(w.notices().size() == (r.at_risk ? 1u : 0u));
            BOOST_TEST(reads == r.reads);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_number_that_nobody_confirms_raises_one_entry_and_ends_with_its_life, driver_world)
{
    numbers.cancel_answers.assign(200, "no");
    BOOST_TEST(!drive().has_value());
    BOOST_TEST(progress.at_risk);
    BOOST_TEST(!progress.held.has_value());
    BOOST_TEST_REQUIRE(attention().size() == 1u);
    BOOST_TEST(attention()[0].kind == "refund-missing");
    BOOST_TEST(published.count("number.refund-missing") == 1u);
    BOOST_TEST(published.count("number.cancelled") == 0u);
    BOOST_TEST(published.count("provider.error") == 0u); // a refusal is an answer
}

BOOST_FIXTURE_TEST_CASE(a_code_after_the_alarm_resolves_its_entry, driver_world)
{
    numbers.cancel_answers.assign(200, "no");
    numbers.on_poll = [&](sold_number& n) {
        if (published.count("number.refund-missing") > 0 && n.what == sold_number::waiting) {
            n.what = sold_number::code;
            n.text = "4711";
        }
    };
    BOOST_TEST(!drive().has_value());
    BOOST_TEST(progress.delivered);
    BOOST_TEST(!progress.at_risk);
    BOOST_TEST(attention().empty());
    BOOST_TEST(result_of(id).at("late").as_bool());
    BOOST_TEST(published.count("attention.resolved") == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_code_that_the_provider_hides_raises_an_entry_of_its_own, driver_world)
{
    numbers.on_poll = [](sold_number& n) { n.what = sold_number::hidden; };
    BOOST_TEST(!drive().has_value());
    BOOST_TEST_REQUIRE(attention().size() == 1u);
    BOOST_TEST(attention()[0].kind == "code-unreadable");
    BOOST_TEST(published.count("number.refund-missing") == 0u);
    BOOST_TEST(numbers.cancels_asked == 0);
}

BOOST_FIXTURE_TEST_CASE(a_code_without_anything_readable_counts_as_hidden, driver_world)
{
    numbers.on_poll = code_at_poll(1, "   ");
    BOOST_TEST(!drive().has_value());
    BOOST_TEST(attention().at(0).kind == "code-unreadable");
}

BOOST_FIXTURE_TEST_CASE(a_streak_of_failed_polls_is_reported_once_and_costs_nothing, driver_world)
{
    numbers.poll_fails.message = "the provider is down";
    every_tick = [&] {
        if (numbers.polls == 5) {
            numbers.poll_fails.message.clear();
            numbers.on_poll = code_at_poll(1, "4711");
        }
    };
    BOOST_TEST(!drive().has_value());
    BOOST_TEST(progress.delivered);
    BOOST_TEST(errors_of("number.poll") == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_number_that_the_provider_forgot_after_a_confirmed_cancel_has_ended, driver_world)
{
    settings.code_wait = 10s;
    every_tick = [&] {
        if (numbers.cancels_asked == 1)
            numbers.sold.clear();
    };
    numbers.on_poll = [&](sold_number& n) { n.what = sold_number::waiting; };
    BOOST_TEST(!drive().has_value());
    BOOST_TEST(!progress.at_risk);
    BOOST_TEST(published.count("number.cancelled") == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_person_who_cancels_is_remembered_in_the_progress, driver_world)
{
    int ticks = 0;
    every_tick = [&] {
        if (++ticks == 5)
            cancel_run();
    };
    BOOST_TEST(!drive().has_value());
    BOOST_TEST(progress.cancel_requested);
    BOOST_TEST(stored_progress().cancel_requested);
    BOOST_TEST(numbers.cancels_asked == 1);
    BOOST_TEST(ticks < 30);
}

BOOST_FIXTURE_TEST_CASE(without_a_cancel_the_number_is_watched_to_its_end_and_abandoned, driver_world)
{
    for (const bool documented : {true, false}) {
        driver_world w;
        w.settings.candidates[0].cancel_on_timeout = !documented; // on_timeout: abandon, or a provider without one
        w.numbers.cancels = documented;
        BOOST_TEST(!w.drive().has_value());
        BOOST_TEST(w.numbers.cancels_asked == 0);
        BOOST_TEST(w.attention().size() == 1u);
    }
}

BOOST_FIXTURE_TEST_CASE(a_stop_leaves_the_number_to_another_driver, driver_world)
{
    auto ended = drive(60s);
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST(ended->interrupted);
    BOOST_TEST(numbers.cancels_asked == 0);
    renew();
    numbers.on_poll = code_at_poll(1, "4711");
    ended = drive();
    BOOST_TEST(!ended.has_value());
    BOOST_TEST(progress.delivered);
}

BOOST_FIXTURE_TEST_CASE(a_code_that_arrives_with_the_stop_is_delivered, driver_world)
{
    numbers.on_poll = [&](sold_number& n) {
        n.what = sold_number::code;
        n.text = "4711";
        context->request_stop();
    };
    BOOST_TEST(!drive().has_value());
    BOOST_TEST(stored_progress().delivered);
}

// What is done at the provider has to be in the store before, or a crash would leave the next step unknown.
BOOST_FIXTURE_TEST_CASE(the_cancel_is_in_the_store_before_it_is_sent, driver_world)
{
    settings.code_wait = 10s;
    std::vector<stage> stored{};
    numbers.on_poll = [&](sold_number&) {
        if (numbers.cancels_asked == 1)
            stored.push_back(kinds::otp::progress_from(context->run().progress).value().held->machine_state.at);
    };
    BOOST_TEST(!drive().has_value());
    BOOST_TEST_REQUIRE(stored.size() == 1u);
    BOOST_TEST(stored[0] == stage::cancelling);
}

BOOST_FIXTURE_TEST_CASE(a_full_disk_is_waited_for, driver_world)
{
    numbers.on_poll = [&](sold_number& n) {
        if (n.what == sold_number::waiting)
            crashing.refuse = 5;
        n.what = sold_number::code;
        n.text = "4711";
    };
    BOOST_TEST(!drive().has_value());
    BOOST_TEST(result_of(id).at("code").as_string() == "4711");
    BOOST_TEST(crashing.refuse == 0);
}

BOOST_FIXTURE_TEST_CASE(an_account_that_is_gone_leaves_the_number_to_an_operator, driver_world)
{
    for (const char* account : {"elsewhere", "broke"}) {
        has_balance("broke"); // an account that sells no numbers
        progress.held->account = account;
        const auto ended = drive();
        BOOST_TEST_REQUIRE(ended.has_value());
        BOOST_TEST((ended->state == run_state::attention));
        BOOST_TEST((ended->failure->code == errc::not_found));
        BOOST_TEST(progress.held.has_value());
        BOOST_TEST(numbers.calls.empty());
    }
}

BOOST_FIXTURE_TEST_CASE(a_candidate_that_the_file_lost_is_replaced_by_the_last_one, driver_world)
{
    progress.held->candidate = 7;
    settings.candidates[0].cancel_on_timeout = false;
    settings.code_wait = 10s;
    numbers.on_poll = code_at_poll(20, "4711");
    BOOST_TEST(!drive().has_value());
    BOOST_TEST(numbers.cancels_asked == 0);
}

BOOST_AUTO_TEST_SUITE_END()
