#include "engine/world.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(stop_)

using ledger::run_state;

BOOST_AUTO_TEST_CASE(runs_leave_with_everything_in_the_store_and_go_on_at_the_next_start)
{
    world w;
    w.write("long");
    w.boot();
    *w.run_script = linger;
    const auto id = w.begin("long");
    w.stop();
    BOOST_TEST((w.run(id).state == run_state::running));
    BOOST_TEST(w.engine().stopping());
    w.boot();
    BOOST_TEST(w.engine().running() == 1u);
    *w.run_script = succeed;
    BOOST_TEST(w.get(w.engine().cancel(id)).has_value());
    BOOST_TEST((w.run(id).state == run_state::cancelled));
    BOOST_TEST(w.published.count("run.started") == 1u); // it began once
}

BOOST_AUTO_TEST_CASE(nothing_starts_while_it_stops)
{
    world w("2026-03-02T06:59:30Z", "UTC");
    w.write("job", "schedule: {cron: '0 * * * *'}\n");
    w.boot();
    bool done = false;
    *w.run_script = [](kinds::run_context& c) -> task<kinds::ending> {
        co_await asio::this_coro::reset_cancellation_state();
        co_await c.clock().sleep_for(1h); // deaf
        co_return kinds::ending(run_state::succeeded);
    };
    w.write("deaf");
    BOOST_TEST(w.get(w.engine().reload(false)).has_value());
    w.begin("deaf");
    asio::co_spawn(w.io, keep(w.engine().stop(w.time.now() + 60s), done), [](std::exception_ptr) {});
    w.time.run_until_idle();
    const auto refused = w.try_begin("job");
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST(name(refused.error().code) == "unavailable");
    w.pass(59s);
    BOOST_TEST(w.runs("job").empty());
}

BOOST_AUTO_TEST_CASE(a_stop_ends_at_its_deadline_whatever_a_run_does)
{
    world w;
    w.write("deaf");
    w.boot();
    *w.run_script = [](kinds::run_context& c) -> task<kinds::ending> {
        while (!c.cancel_requested()) {
            asio::steady_timer t(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
            auto alone = asio::bind_cancellation_slot(asio::cancellation_slot(), asio::as_tuple(use_task));
            co_await t.async_wait(std::move(alone));
        }
        co_return kinds::ending(run_state::succeeded);
    };
    const auto id = w.begin("deaf");
    bool done = false;
    asio::co_spawn(w.io, keep(w.engine().stop(w.time.now() + 5s), done), [](std::exception_ptr) {});
    w.pass(4s);
    BOOST_TEST(!done);
    w.pass(2s);
    BOOST_TEST(done);
    w.now().engine.reset(); // safe though the run is still suspended
    w.now().store.dead = true;
    BOOST_TEST((w.run(id).state == run_state::running));
}

BOOST_AUTO_TEST_CASE(an_exception_while_stopping_leaves_the_run_for_the_next_start)
{
    world w;
    w.write("job");
    w.boot();
    *w.run_script = [](kinds::run_context& c) -> task<kinds::ending> {
        co_await c.clock().sleep_for(1h);
        throw std::runtime_error("cut short");
    };
    const auto id = w.begin("job");
    w.stop();
    BOOST_TEST((w.run(id).state == run_state::running));
    *w.run_script = succeed;
    w.boot();
    BOOST_TEST((w.run(id).state == run_state::succeeded));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
