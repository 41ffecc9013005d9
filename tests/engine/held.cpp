// What must not begin: anything before recovery is done, and anything on a store that may be somebody else's.
#include "engine/world.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(held_)

namespace {

using ledger::effect_state;

struct counted_world : world {
    counted_world()
    {
        write("job");
        *run_script = [this](kinds::run_context& c) -> task<kinds::ending> {
            driven[c.run().id.text()]++;
            return linger(c);
        };
    }
    /// A life that dies with one run under way.
    run_id leave_one()
    {
        boot();
        const auto left = begin("job");
        crash();
        return left;
    }
    std::map<std::string, int> driven{};
};

struct held_world : counted_world {
    held_world()
    {
        left = leave_one();
        driven.clear();
        adjust = [this](engine::dependencies&) { now().store.held = "it is a copy"; };
    }
    run_id left;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_run_asked_for_during_recovery_is_refused_and_never_driven_twice, counted_world)
{
    write("job", "concurrency: 5\n");
    const auto left = leave_one();
    driven.clear();
    wake();
    std::optional<result<void>> started;
    std::vector<std::optional<result<engine::start_result>>> asked(40);
    const auto rethrow = [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    };
    asio::co_spawn(io, keep(engine().start(), started), rethrow);
    // One question after every turn of the loop, so that some fall between recovery's commits and questions.
    std::size_t refused = 0, taken = 0;
    for (auto& answer : asked) {
        engine::start_request r;
        r.job = "job";
        asio::co_spawn(io, keep(engine().start_run(std::move(r)), answer), rethrow);
        io.restart();
        io.poll_one();
    }
    time.run_until_idle();
    BOOST_TEST_REQUIRE(started.has_value());
    BOOST_TEST(started->has_value());
    for (const auto& answer : asked) {
        BOOST_TEST_REQUIRE(answer.has_value());
        refused += !*answer && answer->error().code == errc::unavailable;
        taken += answer->has_value();
    }
    BOOST_TEST(refused > 0u);
    BOOST_TEST(driven.size() == 1 + taken);
    for (const auto& [run, times] : driven)
        BOOST_TEST(times == 1, run << " was driven " << times << " times");
    BOOST_TEST(driven.contains(left.text()));
    const auto after = try_begin("job");
    BOOST_TEST((after || after.error().code == errc::conflict));
}

BOOST_FIXTURE_TEST_CASE(a_held_store_is_left_as_it_is, held_world)
{
    boot();
    pass(1h);
    BOOST_TEST(driven.empty());
    BOOST_TEST(engine().running() == 0u);
    BOOST_TEST(name(run(left).state) == "running");
    const auto asked = try_begin("job");
    BOOST_REQUIRE(!asked);
    BOOST_TEST(name(asked.error().code) == "paused");
    BOOST_TEST(asked.error().message == "it is a copy");
    BOOST_TEST(get(engine().reload(false)).has_value());
    BOOST_TEST(!get(engine().plan("job", {})).has_error());
}

BOOST_FIXTURE_TEST_CASE(an_adopted_store_goes_on_where_it_was, held_world)
{
    boot();
    BOOST_TEST(get(engine().adopt(1000, 42)).has_value());
    BOOST_TEST(driven.at(left.text()) == 1);
    const auto* told_of = published.last("store.adopted");
    BOOST_REQUIRE(told_of != nullptr);
    BOOST_TEST(told_of->data.at("uid").to_number<int>() == 1000);
    BOOST_TEST(told_of->data.at("pid").to_number<int>() == 42);
    const auto again = get(engine().adopt(1000, 42));
    BOOST_REQUIRE(!again);
    BOOST_TEST(name(again.error().code) == "conflict");
    BOOST_TEST(driven.at(left.text()) == 1);
}

BOOST_FIXTURE_TEST_CASE(a_held_daemon_stops_like_any_other, held_world)
{
    boot();
    stop();
    BOOST_TEST(name(run(left).state) == "running");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
