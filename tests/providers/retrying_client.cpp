#include "providers/detail/retrying_client.hpp"

#include "sample.hpp"
#include "support/loop_fixture.hpp"
#include "support/scripted_client.hpp"

BOOST_AUTO_TEST_SUITE(retrying_client_)

using namespace std::chrono_literals;
using namespace ulak;
using tests::answer;
using tests::complete;
using tests::failed;

namespace {

struct patience_fixture : tests::loop_fixture {
    // Without jitter, so that times are exact.
    std::unique_ptr<http::client> patient(std::optional<async::token_bucket> requests = {})
    {
        providers::retry_policy s;
        s.request_rate = requests;
        s.random01 = [] { return 1.0; };
        return providers::make_retrying_client(tests::client_of(plan), clock, std::move(s));
    }

    task<> ask(http::client& way, std::chrono::milliseconds time, bool costly)
    {
        http::send_options options(clock.now() + time);
        options.costly = costly;
        http::request r(http::method::get, "/x", "x");
        auto e = co_await way.send(r, options);
        got.emplace(std::move(e));
        ended = clock.now();
    }

    void read(http::client& way, std::chrono::milliseconds time = 30s,
              boost::asio::cancellation_signal* signal = nullptr)
    {
        start(ask(way, time, false), signal);
    }

    std::vector<long> times() const
    {
        std::vector<long> out;
        for (const auto at : plan.asked_at)
            out.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(at - began).count());
        return out;
    }

    void expect_times(std::vector<long> wanted) { BOOST_TEST(times() == wanted, boost::test_tools::per_element()); }
    int status() const { return got && got->answer ? got->answer->status : 0; }
    std::string_view code() const { return got && !got->answer ? name(got->answer.error().code) : "none"; }

    tests::script plan{clock};
    async::steady_point began = clock.now(), ended{};
    std::optional<http::exchange> got;
};

http::exchange slow_down(const char* retry_after)
{
    auto r = answer("{}", 429);
    if (retry_after)
        r.headers.emplace_back("Retry-After", retry_after);
    return complete(std::move(r));
}

} // namespace

BOOST_FIXTURE_TEST_CASE(n01_n10_n21_a_passing_fault_is_asked_again_with_growing_waits, patience_fixture)
{
    const auto way = patient();
    plan.expect("/x").reply_with(failed(errc::connect_failed, http::phase::connect));
    plan.expect("/x").reply_with(failed(errc::connection_lost, http::phase::header));
    plan.expect("/x").reply_with(complete(answer("{}", 502)));
    plan.expect("/x").reply_with(complete(answer("{}")));
    read(*way);
    pass(30s);
    expect_times({0, 1000, 3000, 7000});
    BOOST_TEST(status() == 200);
}

BOOST_FIXTURE_TEST_CASE(a_hung_try_leaves_room_for_another, patience_fixture)
{
    const auto way = patient();
    plan.expect("/x").hang();
    plan.expect("/x").reply_with(complete(answer("{}")));
    read(*way, 30s);
    pass(30s);
    expect_times({0, 16'000});
    BOOST_TEST((plan.deadlines[0] == began + 15s));
    BOOST_TEST((plan.deadlines[1] == began + 30s));
    BOOST_TEST(status() == 200);
}

BOOST_FIXTURE_TEST_CASE(the_deadline_ends_it_with_what_came_last, patience_fixture)
{
    const auto way = patient();
    plan.expect("/x").reply_with(complete(answer("{}", 503))).times(3);
    read(*way, 5s);
    pass(10s);
    expect_times({0, 1000, 3000});
    BOOST_TEST(status() == 503);
    BOOST_TEST((ended == began + 3s));
}

BOOST_FIXTURE_TEST_CASE(waits_stop_growing_at_fifteen_seconds, patience_fixture)
{
    const auto way = patient();
    plan.expect("/x").reply_with(complete(answer("{}", 500))).times(7);
    read(*way, 59s);
    pass(80s);
    expect_times({0, 1000, 3000, 7000, 15'000, 30'000, 45'000});
    BOOST_TEST(status() == 500);
}

BOOST_FIXTURE_TEST_CASE(n20_a_wish_for_time_is_granted_within_the_deadline, patience_fixture)
{
    const auto way = patient();
    plan.expect("/x").reply_with(slow_down("7"));
    plan.expect("/x").reply_with(slow_down("0"));
    plan.expect("/x").reply_with(slow_down(nullptr));
    plan.expect("/x").reply_with(slow_down("3600"));
    read(*way, 30s);
    pass(31s);
    expect_times({0, 7000, 8000, 12'000});
    BOOST_TEST(status() == 429);
    BOOST_TEST((ended == began + 12s));
}

BOOST_FIXTURE_TEST_CASE(nonsense_refusals_and_certain_answers_are_not_asked_again, patience_fixture)
{
    const auto way = patient();
    for (const auto& e :
         {complete(answer("{}", 400)), complete(answer("{}", 401)), complete(answer("{}", 404)),
          complete(tests::page()), complete(answer("{}", 302)), failed(errc::malformed, http::phase::header),
          failed(errc::too_large, http::phase::body), failed(errc::cancelled, http::phase::written)}) {
        plan.expect("/x").reply_with(e);
        read(*way);
        pass(60s);
    }
    BOOST_TEST(plan.asked.size() == 8u);
}

BOOST_FIXTURE_TEST_CASE(a_costly_request_goes_once_with_its_own_deadline, patience_fixture)
{
    const auto way = patient();
    for (const auto& e :
         {failed(errc::connect_failed, http::phase::connect), failed(errc::connection_lost, http::phase::written),
          complete(answer("{}", 503)), slow_down("1")}) {
        plan.expect("/x").reply_with(e);
        start(ask(*way, 90s, true));
        BOOST_TEST((plan.deadlines.back() == clock.now() + 90s));
        pass(120s);
    }
    BOOST_TEST(plan.asked.size() == 4u);
    BOOST_TEST((plan.costly == std::vector<bool>(4, true)));
}

BOOST_FIXTURE_TEST_CASE(the_pace_counts_every_try, patience_fixture)
{
    const auto way = patient(async::token_bucket(0.5, 1));
    plan.expect("/x").reply_with(complete(answer("{}", 500)));
    plan.expect("/x").reply_with(complete(answer("{}"))).times(2);
    read(*way);
    start(ask(*way, 30s, true));
    pass(30s);
    expect_times({0, 2000, 4000});
}

BOOST_FIXTURE_TEST_CASE(who_waits_for_its_turn_until_the_deadline_has_sent_nothing, patience_fixture)
{
    const auto way = patient(async::token_bucket(0.01, 1));
    plan.expect("/x").reply_with(complete(answer("{}")));
    read(*way);
    start(ask(*way, 5s, true));
    pass(10s);
    BOOST_TEST(plan.asked.size() == 1u);
    BOOST_TEST(code() == "timed_out");
    BOOST_TEST(!got->trace.handed_to_tls);
    BOOST_TEST(name(got->answer.error().how_far) == "not_sent");
}

BOOST_FIXTURE_TEST_CASE(a_stop_between_two_tries_is_a_stop, patience_fixture)
{
    const auto way = patient();
    boost::asio::cancellation_signal signal;
    plan.expect("/x").reply_with(complete(answer("{}", 500)));
    read(*way, 30s, &signal);
    pass(500ms);
    signal.emit(boost::asio::cancellation_type::terminal);
    settle();
    BOOST_TEST(code() == "cancelled");
    BOOST_TEST(started() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
