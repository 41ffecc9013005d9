// Runs that a person holds and lets go on, runs that go on with others, and what counts against `concurrency`.
#include "engine/world.hpp"
#include "kinds/waiting.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(run_pauser_)

using ledger::run_state;

namespace {

/// Acts once nobody holds it, for ten seconds, then waits for reports until it is told to end.
task<kinds::ending> act_and_wait(kinds::run_context& c)
{
    co_await kinds::wait_while_paused(c);
    co_await kinds::sleep_for(c, 10s);
    co_await kinds::wait_while_paused(c);
    if (c.stopping())
        co_return kinds::ending::stopped();
    if (!c.cancel_requested()) {
        c.stop_acting();
        co_await kinds::sleep_for(c, 10s);
    }
    if (c.stopping())
        co_return kinds::ending::stopped();
    co_return kinds::ending(c.cancel_requested() ? run_state::cancelled : run_state::succeeded);
}

std::string verdict(const result<void>& r)
{
    return r ? "ok" : std::string(name(r.error().code));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_held_run_stays_held_through_a_crash_until_it_is_let_go)
{
    world w;
    w.write("hello");
    w.boot();
    *w.run_script = act_and_wait;
    const auto id = w.begin("hello");
    BOOST_TEST(verdict(w.get(w.engine().pause_run(id))) == "ok");
    BOOST_TEST(verdict(w.get(w.engine().pause_run(id))) == "ok"); // again changes nothing
    BOOST_TEST((w.run(id).state == run_state::paused));
    BOOST_TEST(w.run(id).waits.what == "resume");
    BOOST_TEST(w.published.count("run.paused") == 1u);
    BOOST_TEST_REQUIRE(w.engine().waiting(10).size() == 1u);
    w.pass(1h);
    BOOST_TEST((w.run(id).state == run_state::paused));
    w.crash();
    w.boot();
    w.pass(1h);
    BOOST_TEST((w.run(id).state == run_state::paused));
    BOOST_TEST(verdict(w.get(w.engine().resume_run(id))) == "ok");
    BOOST_TEST((w.run(id).state == run_state::running));
    BOOST_TEST(w.run(id).waits.what == "");
    w.pass(25s);
    BOOST_TEST((w.run(id).state == run_state::succeeded));
    BOOST_TEST(w.engine().waiting(10).empty());
}

BOOST_AUTO_TEST_CASE(a_held_run_can_be_cancelled)
{
    world w;
    w.write("hello");
    w.boot();
    *w.run_script = act_and_wait;
    const auto id = w.begin("hello");
    BOOST_TEST(verdict(w.get(w.engine().pause_run(id))) == "ok");
    BOOST_TEST(verdict(w.get(w.engine().cancel(id))) == "ok");
    w.pass(11s);
    BOOST_TEST((w.run(id).state == run_state::cancelled));
    BOOST_TEST(w.run(id).waits.what == "");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_held_or_let_go_says_why)
{
    world w;
    w.write("hello");
    w.write("clocked", "asks_back: 1h\n");
    w.boot();
    *w.run_script = act_and_wait;
    const auto id = w.begin("hello"), other = w.begin("clocked");
    BOOST_TEST(verdict(w.get(w.engine().resume_run(id))) == "conflict");
    BOOST_TEST(verdict(w.get(w.engine().pause_run(other))) == "unsupported");
    BOOST_TEST(verdict(w.get(w.engine().pause_run(run_id("nobody")))) == "not_found");
    w.pass(11s); // it waits for reports alone
    BOOST_TEST(verdict(w.get(w.engine().pause_run(id))) == "conflict");
    w.pass(11s);
    BOOST_TEST(verdict(w.get(w.engine().pause_run(id))) == "conflict");
}

BOOST_AUTO_TEST_CASE(a_pause_that_the_disk_refuses_holds_nothing)
{
    world w;
    w.write("hello");
    w.boot();
    *w.run_script = act_and_wait;
    const auto id = w.begin("hello");
    w.now().store.refuses = true;
    BOOST_TEST(verdict(w.get(w.engine().pause_run(id))) == "unavailable");
    w.now().store.refuses = false;
    w.pass(25s);
    BOOST_TEST((w.run(id).state == run_state::succeeded));
}

BOOST_AUTO_TEST_CASE(concurrency_counts_what_acts_and_not_what_waits_for_reports)
{
    world w;
    w.write("hello");
    w.boot();
    *w.run_script = act_and_wait;
    const auto id = w.begin("hello");
    BOOST_TEST(name(w.try_begin("hello").error().code) == "conflict");
    w.pass(11s);
    BOOST_TEST(w.engine().job("hello")->running == 0u);
    BOOST_TEST(w.engine().running() == 1u);
    const auto next = w.begin("hello");
    BOOST_TEST(name(w.try_begin("hello").error().code) == "conflict");
    w.pass(30s);
    BOOST_TEST((w.run(id).state == run_state::succeeded));
    BOOST_TEST((w.run(next).state == run_state::succeeded));
}

BOOST_AUTO_TEST_CASE(a_schedule_that_replaces_its_last_run_leaves_one_that_waits_for_reports)
{
    world w;
    w.write("often", "schedule: {every: 15s, overlap: cancel-previous}\n");
    w.boot();
    *w.run_script = act_and_wait;
    w.pass(50s);
    const auto states = w.states("often");
    BOOST_TEST_REQUIRE(states.size() >= 2u);
    BOOST_TEST(states[0] == "succeeded");
    BOOST_TEST(w.published.count("schedule.missed") == 0u);
}

BOOST_AUTO_TEST_CASE(a_run_goes_on_with_an_ended_one_of_its_job_alone)
{
    world w;
    w.write("hello");
    w.write("other");
    w.write("clocked", "asks_back: 1h\n");
    w.boot();
    *w.run_script = succeed;
    const auto id = w.begin("hello"), of_other = w.begin("other"), of_clocked = w.begin("clocked");
    const auto go_on = [&](const std::string& job, const std::string& only, const std::string& of,
                           const std::string& key = {}) {
        engine::start_request r;
        r.job = job;
        r.only = only;
        r.of = of;
        r.idempotency_key = key;
        auto started = w.get(w.engine().start_run(std::move(r)));
        return started ? w.run(started->id).only + " of " + w.run(started->id).of.text()
                       : std::string(name(started.error().code));
    };
    BOOST_TEST(go_on("hello", "unsent", id.text()) == "unsent of " + id.text());
    BOOST_TEST(go_on("hello", "everybody", id.text()) == "invalid_argument");
    BOOST_TEST(go_on("hello", "", id.text()) == "invalid_argument");
    BOOST_TEST(go_on("hello", "failed", "nobody") == "not_found");
    BOOST_TEST(go_on("hello", "failed", of_other.text()) == "invalid_argument");
    BOOST_TEST(go_on("clocked", "failed", of_clocked.text()) == "unsupported");
    BOOST_TEST(go_on("hello", "failed", id.text(), "k") == "failed of " + id.text());
    BOOST_TEST(go_on("hello", "rejected", id.text(), "k") == "conflict"); // the key stands for one request
    *w.run_script = linger;
    const auto going = w.begin("hello");
    BOOST_TEST(go_on("hello", "failed", going.text()) == "conflict");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
