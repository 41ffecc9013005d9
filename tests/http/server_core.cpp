// Stopping in two steps.
#include "http/server_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {

BOOST_FIXTURE_TEST_SUITE(server_core_, server_fixture)

BOOST_AUTO_TEST_CASE(a_stop_lets_the_request_under_way_finish_and_takes_no_other)
{
    serve([&](const incoming_request&) -> task<reply> {
        co_await clock.sleep_for(5s);
        co_return reply(200, "done");
    });
    raw_peer busy(ex), idle(ex);
    run(busy.connect(port));
    run(idle.connect(port));
    run(busy.send("GET / HTTP/1.1\r\nHost: ulak\r\n\r\n"));
    until([&] { return clock.sleepers() > 1; });
    auto stopped = start(web->stop(in(30s)));
    auto answer = start(busy.read_all());
    BOOST_TEST(run(idle.read_all()) == "");
    BOOST_TEST(!stopped->ended());
    raw_peer late(ex);
    BOOST_TEST(!run(late.connect(port)));
    pass(6s);
    until([&] { return stopped->ended() && answer->ended(); });
    BOOST_TEST(answer->get().ends_with("done"));
}

BOOST_AUTO_TEST_CASE(a_stop_cancels_what_is_still_there_at_its_deadline)
{
    bool cancelled = false;
    serve([&](const incoming_request&) -> task<reply> {
        auto ended = co_await clock.sleep_for(1h);
        cancelled = static_cast<bool>(ended);
        co_return reply(200, "done");
    });
    raw_peer busy(ex);
    run(busy.connect(port));
    run(busy.send("GET / HTTP/1.1\r\nHost: ulak\r\n\r\n"));
    until([&] { return clock.sleepers() > 0; });
    auto stopped = start(web->stop(in(30s)));
    for (int i = 0; i < 40 && !stopped->ended(); ++i)
        pass(1s);
    until([&] { return stopped->ended(); });
    BOOST_TEST(cancelled);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
