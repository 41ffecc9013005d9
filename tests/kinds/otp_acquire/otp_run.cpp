#include "kinds/otp_acquire/otp_run.hpp"

#include "kinds/otp_acquire/otp_world.hpp"

BOOST_AUTO_TEST_SUITE(otp_run_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using kinds::ending;
using kinds::otp::ending_of;
using kinds::otp::otp_run;
using ledger::run_state;

struct run_world : otp_parts {
    std::optional<ending> execute(std::chrono::milliseconds at_most = 2h)
    {
        otp_run r(*context, settings, progress);
        return finish(as_optional(r.execute()), at_most);
    }
    static task<std::optional<ending>> as_optional(task<ending> work)
    {
        auto e = co_await std::move(work);
        co_return e;
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_run_without_a_number_or_a_purchase_ends_by_its_progress, run_world)
{
    struct row {
        const char* what;
        bool delivered, at_risk, by_person;
        int bought;
        run_state end;
        const char* message;
    };
    for (const row& r : std::vector<row>{
             {"delivered", true, false, false, 1, run_state::succeeded, ""},
             {"delivered, and a person cancelled meanwhile", true, false, true, 1, run_state::succeeded, ""},
             {"at risk", false, true, true, 1, run_state::attention, "money is at risk, see attention"},
             {"a person cancelled", false, false, true, 1, run_state::cancelled, ""},
             {"no code", false, false, false, 1, run_state::failed, "no code within 4m"},
             {"no code from three numbers", false, false, false, 3, run_state::failed,
              "no code within 4m, 3 numbers tried"},
         }) {
        BOOST_TEST_CONTEXT(r.what)
        {
            kinds::otp::progress p;
            p.delivered = r.delivered;
            p.at_risk = r.at_risk;
            p.cancel_requested = r.by_person;
            p.numbers_bought = r.bought;
            const ending e = ending_of(*context, p, settings);
            BOOST_TEST((e.state == r.end));
            BOOST_TEST((e.failure ? e.failure->message : std::string()) == r.message);
        }
    }
    context->request_cancel();
    BOOST_TEST((ending_of(*context, {}, settings).state == run_state::cancelled));
}

BOOST_FIXTURE_TEST_CASE(numbers_are_bought_until_one_brings_a_code, run_world)
{
    settings.attempts = 3;
    numbers.on_poll = [](sold_number& n) {
        if (n.id == "101") {
            n.what = sold_number::code;
            n.text = "4711";
        }
    };
    BOOST_TEST((execute()->state == run_state::succeeded));
    BOOST_TEST(numbers.orders == 2);
    BOOST_TEST(numbers.cancels_asked == 1);
    BOOST_TEST(stored_progress().numbers_bought == 2);
}

BOOST_FIXTURE_TEST_CASE(money_at_risk_ends_the_run_before_another_number_is_bought, run_world)
{
    settings.attempts = 3;
    numbers.cancel_answers.assign(200, "no");
    BOOST_TEST((execute()->state == run_state::attention));
    BOOST_TEST(numbers.orders == 1);
}

BOOST_FIXTURE_TEST_CASE(a_person_who_cancels_gets_no_second_number, run_world)
{
    settings.attempts = 3;
    int ticks = 0;
    every_tick = [&] {
        if (++ticks == 10)
            cancel_run();
    };
    BOOST_TEST((execute()->state == run_state::cancelled));
    BOOST_TEST(numbers.orders == 1);
    BOOST_TEST(numbers.money_left == decimal::from_integer(100));
}

BOOST_FIXTURE_TEST_CASE(a_stored_number_goes_on_at_its_age, run_world)
{
    hold_number();
    pass(3min); // nobody drove it
    const auto begun = clock.now();
    progress.held->age = {};
    BOOST_TEST((execute()->state == run_state::failed));
    BOOST_TEST(numbers.orders == 0);
    BOOST_TEST(numbers.cancels_asked == 1);
    BOOST_TEST((clock.now() - begun < 2min)); // one of the four minutes was left
}

BOOST_FIXTURE_TEST_CASE(a_run_that_delivered_before_it_died_asks_nothing_again, run_world)
{
    progress.delivered = true;
    BOOST_TEST((execute()->state == run_state::succeeded));
    BOOST_TEST(numbers.calls.empty());
}

BOOST_FIXTURE_TEST_CASE(a_stop_before_the_purchase_buys_nothing, run_world)
{
    context->request_stop();
    BOOST_TEST(execute()->interrupted);
    BOOST_TEST(numbers.orders == 0);
}

BOOST_AUTO_TEST_SUITE_END()
