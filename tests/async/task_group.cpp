#include "async/task_group.hpp"

#include "async/timer.hpp"
#include "support/loop_fixture.hpp"

BOOST_AUTO_TEST_SUITE(task_group_)

using namespace std::chrono_literals;
using namespace ulak;
using async::task_group;

namespace {

struct group_fixture : tests::loop_fixture {
    task<> nap(std::string name, std::chrono::milliseconds d)
    {
        diary += name + "+ ";
        const auto stopped = co_await clock.sleep_for(d);
        diary += name + (stopped ? "! " : "- ");
    }

    task<> explode()
    {
        co_await clock.sleep_for(1s);
        throw std::runtime_error("a bug");
    }

    task<> raw_wait()
    {
        async::steady_timer timer(io, async::steady_point::max());
        co_await timer.async_wait(use_task);
    }

    task<> join_and_note()
    {
        co_await group.join();
        diary += "joined:" + std::to_string(group.size()) + " ";
    }

    task<> spawn_another()
    {
        co_await clock.sleep_for(1h);
        group.spawn("late", nap("late", 1s));
    }

    std::string diary;
    std::string failures;
    task_group group{io.get_executor(), [this](std::string_view name, std::exception_ptr failure) {
                         failures += std::string(name) + ": " + async::exception_text(failure) + ";";
                     }};
    boost::asio::cancellation_signal signal;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(nothing_runs_inside_spawn, group_fixture)
{
    group.spawn("a", nap("a", 1s));
    BOOST_TEST(diary == "");
    BOOST_TEST(group.size() == 1u);
    settle();
    BOOST_TEST(diary == "a+ ");
    pass(1s);
    BOOST_TEST(diary == "a+ a- ");
    BOOST_TEST(group.size() == 0u);
}

BOOST_FIXTURE_TEST_CASE(cancel_reaches_all_members, group_fixture)
{
    group.spawn("a", nap("a", 1h));
    group.spawn("b", nap("b", 1h));
    settle();
    group.cancel();
    settle();
    BOOST_TEST(diary == "a+ b+ a! b! ");
    BOOST_TEST(group.size() == 0u);
}

BOOST_FIXTURE_TEST_CASE(one_member_can_be_cancelled_alone, group_fixture)
{
    group.spawn("a", nap("a", 1h));
    const auto b = group.spawn("b", nap("b", 1h));
    settle();
    BOOST_TEST(group.cancel(b));
    settle();
    BOOST_TEST(diary == "a+ b+ b! ");
    BOOST_TEST(!group.cancel(b), "it has ended");
    group.cancel();
    settle();
}

BOOST_FIXTURE_TEST_CASE(a_member_cancelled_before_it_began_is_cancelled_at_its_first_wait, group_fixture)
{
    group.spawn("a", nap("a", 1h));
    group.spawn("raw", raw_wait());
    group.cancel();
    settle();
    BOOST_TEST(diary == "a+ a! ");
    BOOST_TEST(group.size() == 0u);
    BOOST_TEST(failures == "");
}

BOOST_FIXTURE_TEST_CASE(an_exception_is_reported_with_the_name_and_the_others_go_on, group_fixture)
{
    group.spawn("bad", explode());
    group.spawn("a", nap("a", 2s));
    pass(2s);
    BOOST_TEST(failures == "bad: a bug;");
    BOOST_TEST(diary == "a+ a- ");
}

BOOST_FIXTURE_TEST_CASE(an_exception_of_a_cancelled_member_is_still_reported, group_fixture)
{
    group.spawn("bad", explode());
    settle();
    group.cancel();
    settle();
    BOOST_TEST(failures == "bad: a bug;");
}

BOOST_FIXTURE_TEST_CASE(an_abort_counts_as_failure_only_without_a_cancellation, group_fixture)
{
    auto abort_itself = []() -> task<> {
        throw boost::system::system_error(boost::asio::error::operation_aborted);
        co_return;
    };
    group.spawn("odd", abort_itself());
    settle();
    BOOST_TEST(failures.starts_with("odd: "));
}

BOOST_FIXTURE_TEST_CASE(join_waits_for_the_last_member, group_fixture)
{
    group.spawn("a", nap("a", 1s));
    group.spawn("b", nap("b", 3s));
    start(join_and_note());
    pass(2s);
    BOOST_TEST(diary == "a+ b+ a- ");
    pass(1s);
    BOOST_TEST(diary == "a+ b+ a- b- joined:0 ");
}

BOOST_FIXTURE_TEST_CASE(join_of_an_empty_group_returns_at_once, group_fixture)
{
    run(join_and_note());
    BOOST_TEST(diary == "joined:0 ");
}

BOOST_FIXTURE_TEST_CASE(a_cancelled_join_leaves_the_members_alone, group_fixture)
{
    group.spawn("a", nap("a", 1h));
    start(join_and_note(), &signal);
    signal.emit(boost::asio::cancellation_type::terminal);
    settle();
    BOOST_TEST(diary == "a+ joined:1 ");
    group.cancel();
    run(join_and_note());
    BOOST_TEST(diary == "a+ joined:1 a! joined:0 ");
}

BOOST_FIXTURE_TEST_CASE(join_sees_members_that_were_spawned_by_members, group_fixture)
{
    group.spawn("parent", spawn_another());
    start(join_and_note());
    group.cancel();
    settle();
    BOOST_TEST(diary == "late+ ");
    pass(1s);
    BOOST_TEST(diary == "late+ late- joined:0 ");
}

BOOST_FIXTURE_TEST_CASE(cancelling_again_while_members_end_is_harmless, group_fixture)
{
    for (int i = 0; i < 100; ++i)
        group.spawn("n", nap("n", std::chrono::seconds(i)));
    pass(50s);
    group.cancel();
    group.cancel();
    settle();
    group.cancel();
    BOOST_TEST(group.size() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
