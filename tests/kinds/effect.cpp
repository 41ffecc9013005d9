#include "kinds/effect_world.hpp"

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::effect_state;
using providers::classification;

} // namespace

BOOST_AUTO_TEST_SUITE(effect_)

BOOST_FIXTURE_TEST_CASE(each_outcome_is_on_disk_with_what_follows_from_it, effect_world)
{
    struct row {
        fate f;
        classification what;
        effect_state state;
    };
    int n = 0;
    for (const row& r : std::vector<row>{{fate::accept, classification::accepted, effect_state::accepted},
                                         {fate::refuse, classification::rejected, effect_state::rejected},
                                         {fate::limit, classification::rate_limited, effect_state::rate_limited},
                                         {fate::never_dispatch, classification::not_sent, effect_state::not_sent},
                                         {fate::drop_before, classification::not_sent, effect_state::not_sent},
                                         {fate::lose_answer, classification::ambiguous, effect_state::ambiguous}}) {
        BOOST_TEST_CONTEXT(name(r.what))
        {
            auto c = make();
            const auto got = buy(c, "step/" + std::to_string(++n), r.f);
            BOOST_TEST_REQUIRE(got.has_value());
            BOOST_TEST((got->how.what == r.what));
            const auto stored = effects_of(id);
            BOOST_TEST((stored.at(static_cast<std::size_t>(n - 1)).state == r.state));
            BOOST_TEST(run_of(id).progress.find(name(r.what)) != std::string::npos);
        }
    }
    BOOST_TEST(attention().size() == 1u);
    BOOST_TEST(told.count("effect.intended") == 6u);
    BOOST_TEST(told.count("effect.settled") == 5u);
    BOOST_TEST(told.count("effect.ambiguous") == 1u);
    BOOST_TEST(account("numbers").purchase_permits->available() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_step_that_may_have_taken_effect_is_not_tried_again, effect_world)
{
    auto c = make();
    buy(c, "order", fate::never_dispatch);
    buy(c, "order", fate::limit);
    BOOST_TEST((buy(c, "order", fate::lose_answer)->how.what == classification::ambiguous));
    const auto again = buy(c, "order", fate::accept);
    BOOST_TEST_REQUIRE(!again.has_value());
    BOOST_TEST((again.error().code == errc::conflict));
    BOOST_TEST(reached == 1);
    BOOST_TEST(effects_of(id).back().attempt == 3);
}

BOOST_FIXTURE_TEST_CASE(an_id_that_another_purchase_owns_is_no_acceptance, effect_world)
{
    auto c = make();
    buy(c, "number/1", fate::accept, "100");
    const auto second = buy(c, "number/2", fate::accept, "100");
    BOOST_TEST_REQUIRE(second.has_value());
    BOOST_TEST((second->how.what == classification::ambiguous));
    BOOST_TEST(attention().size() == 1u);
    BOOST_TEST((buy(c, "number/3", fate::accept, "")->how.what == classification::ambiguous));
}

BOOST_FIXTURE_TEST_CASE(an_outcome_waits_for_the_disk_however_long_and_through_a_cancellation, effect_world)
{
    auto c = make();
    on_take = [this] { mortal.refuse = 3; }; // the money is gone, and then the disk is full
    std::optional<result<kinds::spent<bought>>> out;
    start(buy(c, "order", fate::accept, "100", out), &signal);
    BOOST_TEST(!out.has_value());
    signal.emit(boost::asio::cancellation_type::terminal);
    pass(2s);
    BOOST_TEST(!out.has_value());
    pass(10s);
    BOOST_TEST_REQUIRE(out.has_value());
    BOOST_TEST((out->value().how.what == classification::accepted));
    BOOST_TEST((effects_of(id).at(0).state == effect_state::accepted));
    BOOST_TEST(mortal.refuse == 0);
}

BOOST_FIXTURE_TEST_CASE(a_disk_that_refuses_the_intent_sends_nothing, effect_world)
{
    auto c = make();
    mortal.refuse = 1;
    const auto refused = buy(c, "order", fate::accept);
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().code == errc::unavailable));
    BOOST_TEST(reached == 0);
    BOOST_TEST(effects_of(id).empty());
}

BOOST_FIXTURE_TEST_CASE(nothing_is_sent_when_the_dispatch_cannot_be_written_or_the_daemon_stops, effect_world)
{
    auto c = make();
    c.ask_stop();
    const auto stopped = buy(c, "order", fate::accept);
    BOOST_TEST_REQUIRE(!stopped.has_value());
    BOOST_TEST((stopped.error().code == errc::cancelled));
    auto d = make();
    d.ask_cancel();
    const auto cancelled = buy(d, "order", fate::accept);
    BOOST_TEST_REQUIRE(cancelled.has_value());
    BOOST_TEST((cancelled->how.what == classification::not_sent));
    BOOST_TEST(reached == 0);
}

BOOST_FIXTURE_TEST_CASE(what_is_looked_at_first_is_looked_at_under_the_permit_and_before_the_intent, effect_world)
{
    auto c = make();
    int looks = 0;
    first = [&]() -> task<result<void>> {
        ++looks;
        BOOST_TEST(account("numbers").purchase_permits->available() == 0u);
        ledger::effect_query all;
        auto reading = store->effects(std::move(all));
        auto effects = co_await std::move(reading);
        BOOST_TEST(effects->size() == static_cast<std::size_t>(looks - 1));
        if (looks == 2)
            co_return error(errc::denied_now, "not now");
        co_return result<void>();
    };
    BOOST_TEST((buy(c, "number/1", fate::accept)->how.what == classification::accepted));
    const auto refused = buy(c, "number/2", fate::accept);
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().code == errc::denied_now));
    BOOST_TEST(looks == 2);
    BOOST_TEST(reached == 1);
    BOOST_TEST(effects_of(id).size() == 1u);
    BOOST_TEST(account("numbers").purchase_permits->available() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_run_that_buys_one_thing_at_a_time_buys_nothing_beside_a_doubt, effect_world)
{
    one_at_a_time = true;
    auto c = make();
    buy(c, "number/1", fate::lose_answer);
    const auto beside = buy(c, "number/2", fate::accept);
    BOOST_TEST_REQUIRE(!beside.has_value());
    BOOST_TEST((beside.error().code == errc::conflict));
    BOOST_TEST(reached == 1);
    settle_entry(effect_of(id).id.text(), effect_state::not_executed, "not-done");
    BOOST_TEST(buy(c, "number/2", fate::accept).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
