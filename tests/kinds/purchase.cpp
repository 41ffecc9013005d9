#include "kinds/purchase_world.hpp"

BOOST_AUTO_TEST_SUITE(purchase_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::effect_state;
using providers::classification;

// What must not compile: a stage skipped, a stage used twice or in place, a settlement without a call.
template<class T>
concept books = requires(T stage, ledger::batch b) { std::move(stage).book(b); };
template<class T>
concept books_in_place = requires(T stage, ledger::batch b) { stage.book(b); };
template<class T>
concept calls = requires(T stage) { std::move(stage).call(); };
template<class T>
concept calls_in_place = requires(T stage) { stage.call(); };
template<class T>
concept settles = requires(T stage, kinds::purchase_answer a, ledger::batch b) { std::move(stage).settle(a, b); };
template<class T>
concept settles_in_place = requires(T stage, kinds::purchase_answer a, ledger::batch b) { stage.settle(a, b); };
template<class T>
concept one_owner =
    std::is_nothrow_move_constructible_v<T> && !std::is_copy_constructible_v<T> &&
    !std::is_default_constructible_v<T> && !std::is_constructible_v<T, std::unique_ptr<kinds::purchase_record>>;

static_assert(one_owner<kinds::reserved_purchase>);
static_assert(one_owner<kinds::booked_purchase>);
static_assert(one_owner<kinds::purchase_in_flight>);
static_assert(books<kinds::reserved_purchase> && !books_in_place<kinds::reserved_purchase>);
static_assert(!calls<kinds::reserved_purchase> && !settles<kinds::reserved_purchase>);
static_assert(calls<kinds::booked_purchase> && !calls_in_place<kinds::booked_purchase>);
static_assert(!books<kinds::booked_purchase> && !settles<kinds::booked_purchase>);
static_assert(settles<kinds::purchase_in_flight> && !settles_in_place<kinds::purchase_in_flight>);
static_assert(!books<kinds::purchase_in_flight> && !calls<kinds::purchase_in_flight>);
// An answer is made from what a client returned, and from nothing else.
static_assert(!std::is_default_constructible_v<kinds::purchase_answer>);
static_assert(!std::is_constructible_v<kinds::purchase_answer, classification>);
static_assert(!std::is_constructible_v<kinds::purchase_answer, classification, std::optional<error>, std::string>);
static_assert(
    std::is_constructible_v<kinds::purchase_answer, const providers::outcome<bought>&, std::string bought::*>);

} // namespace

BOOST_FIXTURE_TEST_CASE(each_outcome_is_on_disk_with_what_follows_from_it, purchase_world)
{
    struct row {
        reply f;
        classification what;
        effect_state state;
    };
    int n = 0;
    for (const row& r : std::vector<row>{{reply::accept, classification::accepted, effect_state::accepted},
                                         {reply::refuse, classification::rejected, effect_state::rejected},
                                         {reply::limit, classification::rate_limited, effect_state::rate_limited},
                                         {reply::never_dispatch, classification::not_sent, effect_state::not_sent},
                                         {reply::drop_before, classification::not_sent, effect_state::not_sent},
                                         {reply::lose_answer, classification::ambiguous, effect_state::ambiguous}}) {
        BOOST_TEST_CONTEXT(name(r.what))
        {
            auto c = make();
            const auto got = buy(c, "step/" + std::to_string(++n), r.f);
            BOOST_TEST_REQUIRE(got.has_value());
            BOOST_TEST((got->classified_as == r.what));
            const auto stored = effects_of(id);
            BOOST_TEST((stored.at(static_cast<std::size_t>(n - 1)).state == r.state));
            BOOST_TEST(run_of(id).progress.find(name(r.what)) != std::string::npos);
        }
    }
    BOOST_TEST(attention().size() == 1u);
    BOOST_TEST(published.count("effect.intended") == 6u);
    BOOST_TEST(published.count("effect.settled") == 5u);
    BOOST_TEST(published.count("effect.ambiguous") == 1u);
    BOOST_TEST(account("numbers").purchase_permits->available() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_step_that_may_have_taken_effect_is_not_tried_again, purchase_world)
{
    auto c = make();
    buy(c, "order", reply::never_dispatch);
    buy(c, "order", reply::limit);
    BOOST_TEST((buy(c, "order", reply::lose_answer)->classified_as == classification::ambiguous));
    const auto again = buy(c, "order", reply::accept);
    BOOST_TEST_REQUIRE(!again.has_value());
    BOOST_TEST((again.error().code == errc::conflict));
    BOOST_TEST(reached == 1);
    BOOST_TEST(effects_of(id).back().attempt == 3);
}

BOOST_FIXTURE_TEST_CASE(an_id_that_another_purchase_owns_is_no_acceptance, purchase_world)
{
    auto c = make();
    buy(c, "number/1", reply::accept, "100");
    const auto second = buy(c, "number/2", reply::accept, "100");
    BOOST_TEST_REQUIRE(second.has_value());
    BOOST_TEST((second->classified_as == classification::ambiguous));
    BOOST_TEST(attention().size() == 1u);
    BOOST_TEST((buy(c, "number/3", reply::accept, "")->classified_as == classification::ambiguous));
}

BOOST_FIXTURE_TEST_CASE(an_outcome_waits_for_the_disk_however_long_and_through_a_cancellation, purchase_world)
{
    auto c = make();
    on_take = [this] { crashing.refuse = 3; }; // the money is gone, and then the disk is full
    std::optional<result<kinds::settlement>> out;
    start(buy(c, "order", reply::accept, "100", out), &signal);
    BOOST_TEST(!out.has_value());
    signal.emit(boost::asio::cancellation_type::terminal);
    pass(2s);
    BOOST_TEST(!out.has_value());
    pass(10s);
    BOOST_TEST_REQUIRE(out.has_value());
    BOOST_TEST((out->value().classified_as == classification::accepted));
    BOOST_TEST((effects_of(id).at(0).state == effect_state::accepted));
    BOOST_TEST(crashing.refuse == 0);
}

BOOST_FIXTURE_TEST_CASE(a_disk_that_refuses_the_intent_sends_nothing, purchase_world)
{
    auto c = make();
    crashing.refuse = 1;
    const auto refused = buy(c, "order", reply::accept);
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().code == errc::unavailable));
    BOOST_TEST(reached == 0);
    BOOST_TEST(effects_of(id).empty());
}

BOOST_FIXTURE_TEST_CASE(nothing_is_sent_when_the_dispatch_cannot_be_written_or_the_daemon_stops, purchase_world)
{
    auto c = make();
    c.request_stop();
    const auto stopped = buy(c, "order", reply::accept);
    BOOST_TEST_REQUIRE(!stopped.has_value());
    BOOST_TEST((stopped.error().code == errc::cancelled));
    auto d = make();
    d.request_cancel();
    const auto cancelled = buy(d, "order", reply::accept);
    BOOST_TEST_REQUIRE(cancelled.has_value());
    BOOST_TEST((cancelled->classified_as == classification::not_sent));
    BOOST_TEST(reached == 0);
}

BOOST_FIXTURE_TEST_CASE(what_is_looked_at_first_is_looked_at_under_the_permit_and_before_the_intent, purchase_world)
{
    auto c = make();
    int looks = 0;
    before_intent = [&]() -> task<result<void>> {
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
    BOOST_TEST((buy(c, "number/1", reply::accept)->classified_as == classification::accepted));
    const auto refused = buy(c, "number/2", reply::accept);
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().code == errc::denied_now));
    BOOST_TEST(looks == 2);
    BOOST_TEST(reached == 1);
    BOOST_TEST(effects_of(id).size() == 1u);
    BOOST_TEST(account("numbers").purchase_permits->available() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_run_that_buys_one_thing_at_a_time_buys_nothing_beside_a_doubt, purchase_world)
{
    one_at_a_time = true;
    auto c = make();
    buy(c, "number/1", reply::lose_answer);
    const auto beside = buy(c, "number/2", reply::accept);
    BOOST_TEST_REQUIRE(!beside.has_value());
    BOOST_TEST((beside.error().code == errc::conflict));
    BOOST_TEST(reached == 1);
    resolve_entry(effect_of(id).id.text(), effect_state::not_executed, "not-done");
    BOOST_TEST(buy(c, "number/2", reply::accept).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_dropped_reservation_returns_its_permit_and_leaves_nothing_behind, purchase_world)
{
    auto c = make();
    {
        kinds::purchase_request request("number/1", accounts->at("numbers"), "number.order", lira(8));
        auto reserved = finish(kinds::reserve(c, std::move(request)));
        BOOST_TEST_REQUIRE(reserved.has_value());
        BOOST_TEST(account("numbers").purchase_permits->available() == 0u);
    }
    BOOST_TEST(account("numbers").purchase_permits->available() == 1u);
    BOOST_TEST(effects_of(id).empty());
    BOOST_TEST(published.all.empty());
}

BOOST_FIXTURE_TEST_CASE(the_intent_has_the_id_that_its_changes_were_built_with, purchase_world)
{
    auto c = make();
    kinds::purchase_request request("number/1", accounts->at("numbers"), "number.order", lira(8));
    auto reserved = finish(kinds::reserve(c, std::move(request)));
    BOOST_TEST_REQUIRE(reserved.has_value());
    const effect_id named = reserved->effect();
    BOOST_TEST((reserved->effect() == named));
    pass(5s);
    ledger::update_run state(id);
    state.progress = "{\"effect\":\"" + named.text() + "\"}";
    auto booked = finish(std::move(*reserved).book(ledger::batch(1, state)));
    BOOST_TEST_REQUIRE(booked.has_value());
    BOOST_TEST((booked->effect() == named));
    BOOST_TEST((effect_of(id).id == named));
    BOOST_TEST((effect_of(id).state == effect_state::intent));
    BOOST_TEST((effect_of(id).intended_at == clock.wall_now()));
    BOOST_TEST(run_of(id).progress == *state.progress); // in the same commit
}

BOOST_FIXTURE_TEST_CASE(own_changes_that_the_store_refuses_leave_no_intent, purchase_world)
{
    auto c = make();
    kinds::purchase_request request("number/1", accounts->at("numbers"), "number.order", lira(8));
    auto reserved = finish(kinds::reserve(c, std::move(request)));
    BOOST_TEST_REQUIRE(reserved.has_value());
    ledger::update_run unknown(run_id("NOBODY"));
    auto booked = finish(std::move(*reserved).book(ledger::batch(1, unknown)));
    BOOST_TEST(!booked.has_value());
    BOOST_TEST(effects_of(id).empty());
    BOOST_TEST(account("numbers").purchase_permits->available() == 1u);
}

BOOST_FIXTURE_TEST_CASE(an_outcome_is_written_without_the_changes_that_the_store_refuses, purchase_world)
{
    for (const reply f : {reply::accept, reply::refuse, reply::lose_answer}) {
        auto c = make();
        const auto before = effects_of(id).size();
        kinds::purchase_request request("number/" + std::to_string(before), accounts->at("numbers"), "number.order",
                                        lira(8));
        auto reserved = finish(kinds::reserve(c, std::move(request)));
        auto booked = finish(std::move(*reserved).book(ledger::batch()));
        BOOST_TEST_REQUIRE(booked.has_value());
        auto call = std::move(*booked).call();
        const auto answer = finish(order(f, "ref" + std::to_string(before), call.gate));
        ledger::update_run unknown(run_id("NOBODY"));
        kinds::purchase_answer classified(answer, &bought::id);
        auto settled =
            finish(std::move(call.purchase).settle(classified, ledger::batch(1, unknown), ledger::batch(1, unknown)));
        BOOST_TEST_REQUIRE(settled.has_value());
        const bool refused = f == reply::refuse;
        BOOST_TEST((settled->classified_as == (refused ? classification::rejected : classification::ambiguous)));
        BOOST_TEST((effects_of(id).at(before).state == (refused ? effect_state::rejected : effect_state::ambiguous)));
        BOOST_TEST(account("numbers").purchase_permits->available() == 1u);
    }
}

BOOST_FIXTURE_TEST_CASE(changes_belong_to_the_outcome_that_was_written, purchase_world)
{
    auto c = make();
    buy(c, "number/1", reply::accept, "100");
    BOOST_TEST(run_of(id).progress.find("accepted") != std::string::npos);
    BOOST_TEST((buy(c, "number/2", reply::accept, "100")->classified_as == classification::ambiguous));
    BOOST_TEST(run_of(id).progress.find("ambiguous") != std::string::npos);
    BOOST_TEST(effect_of(id, 1).evidence.find("ref 100") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(the_gate_is_passed_once, purchase_world)
{
    auto c = make();
    kinds::purchase_request request("number/1", accounts->at("numbers"), "number.order", lira(8));
    auto reserved = finish(kinds::reserve(c, std::move(request)));
    auto booked = finish(std::move(*reserved).book(ledger::batch()));
    BOOST_TEST_REQUIRE(booked.has_value());
    auto call = std::move(*booked).call();
    BOOST_TEST(finish(call.gate.gate()).has_value());
    BOOST_TEST((effect_of(id).state == effect_state::dispatched));
    BOOST_TEST(!finish(call.gate.gate()).has_value()); // the store has no such transition
}

BOOST_FIXTURE_TEST_CASE(a_client_that_passes_the_gate_by_is_written_as_dispatched, purchase_world)
{
    auto c = make();
    kinds::purchase_request request("number/1", accounts->at("numbers"), "number.order", lira(8));
    auto reserved = finish(kinds::reserve(c, std::move(request)));
    auto booked = finish(std::move(*reserved).book(ledger::batch()));
    BOOST_TEST_REQUIRE(booked.has_value());
    auto call = std::move(*booked).call();
    providers::outcome<bought> answer(classification::accepted);
    answer.value = bought{"100"};
    kinds::purchase_answer classified(answer, &bought::id);
    BOOST_TEST(finish(std::move(call.purchase).settle(classified, ledger::batch())).has_value());
    BOOST_TEST((effect_of(id).state == effect_state::accepted));
    BOOST_TEST(effect_of(id).dispatched_at.has_value());
}

BOOST_FIXTURE_TEST_CASE(a_purchase_waits_while_the_clock_is_in_doubt, purchase_world)
{
    doubting_judge judge(clock);
    auto c = make();
    std::optional<result<settlement>> out;
    start(into(purchase(c, "step/1", reply::accept, "7"), out), &signal);
    pass(1h);
    BOOST_TEST(!out.has_value());
    BOOST_TEST(effects_of(id).empty());
    judge.doubts = false;
    pass(6s);
    BOOST_TEST_REQUIRE(out.has_value());
    BOOST_TEST(out->has_value());
    BOOST_TEST(reached == 1);
}

BOOST_FIXTURE_TEST_CASE(a_stop_ends_the_wait_for_a_clock_in_doubt, purchase_world)
{
    doubting_judge judge(clock);
    auto c = make();
    current = &c;
    std::optional<result<settlement>> out;
    start(into(purchase(c, "step/1", reply::accept, "7"), out), &signal);
    stop_run();
    settle();
    BOOST_TEST_REQUIRE(out.has_value());
    BOOST_TEST(name(out->error().code) == "cancelled");
    BOOST_TEST(effects_of(id).empty());
}

// The day, and with it the budget, goes by the clock.
BOOST_FIXTURE_TEST_CASE(the_gate_refuses_when_the_clock_jumps_between_the_booking_and_the_first_byte, purchase_world)
{
    doubting_judge judge(clock);
    judge.doubts = false;
    connecting = 10s;
    auto c = make();
    std::optional<result<settlement>> out;
    start(into(purchase(c, "step/1", reply::accept, "7"), out), &signal);
    judge.doubts = true;
    pass(11s);
    BOOST_TEST_REQUIRE(out.has_value());
    BOOST_TEST_REQUIRE(out->has_value());
    BOOST_TEST(((*out)->classified_as == classification::not_sent));
    BOOST_TEST(reached == 0);
}

BOOST_AUTO_TEST_SUITE_END()
