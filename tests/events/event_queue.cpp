#include "events/detail/event_queue.hpp"

#include "support/loop_fixture.hpp"

#include <string>

BOOST_AUTO_TEST_SUITE(event_queue_)

using namespace ulak;
using namespace ulak::events;
using namespace std::chrono_literals;

namespace {

event numbered(std::int64_t seq)
{
    event e("run.started", level::info, "n" + std::to_string(seq));
    e.seq = seq;
    return e;
}

struct queue_fixture : tests::loop_fixture {
    /// "n1", the name of an error, or "-" where there is a reason to wait.
    std::string taken()
    {
        const auto next = queue.take_next();
        return !next ? "-" : *next ? (*next)->message : std::string(name(next->error().code));
    }
    void push(std::int64_t first, std::int64_t last)
    {
        for (auto seq = first; seq <= last; ++seq)
            queue.push(numbered(seq));
    }
    event_queue queue{io.get_executor(), 3};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(events_come_out_in_order, queue_fixture)
{
    BOOST_TEST(taken() == "-");
    push(1, 2);
    BOOST_TEST(taken() == "n1");
    push(3, 4);
    BOOST_TEST(taken() == "n2");
    BOOST_TEST(taken() == "n3");
    BOOST_TEST(taken() == "n4");
    BOOST_TEST(taken() == "-");
}

BOOST_FIXTURE_TEST_CASE(one_event_too_many_ends_it_with_the_last_that_was_given, queue_fixture)
{
    push(1, 1);
    BOOST_TEST(taken() == "n1");
    push(2, 5);
    const auto end = queue.take_next();
    BOOST_REQUIRE(end && !*end);
    BOOST_TEST(name(end->error().code) == "unavailable");
    BOOST_TEST(end->error().message ==
               "the reader of events was too slow; the last event given was 1, resume after it");
    push(6, 6);
    BOOST_TEST(taken() == "unavailable", "it never comes back");
}

BOOST_FIXTURE_TEST_CASE(a_closed_queue_gives_what_it_holds_first, queue_fixture)
{
    push(1, 2);
    queue.close();
    BOOST_TEST(taken() == "n1");
    BOOST_TEST(taken() == "n2");
    const auto end = queue.take_next();
    BOOST_REQUIRE(end && !*end);
    BOOST_TEST(end->error().message == "the feed of events is closed; the last event given was 2, resume after it");
}

BOOST_FIXTURE_TEST_CASE(an_event_without_a_number_does_not_move_the_place_to_resume, queue_fixture)
{
    push(7, 7);
    queue.push(numbered(0));
    taken();
    taken();
    queue.close();
    BOOST_TEST(queue.take_next()->error().message.find("was 7,") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_wait_ends_with_an_event_a_close_or_its_time, queue_fixture)
{
    struct {
        const char* expected;
        void (*act)(event_queue&);
    } const rows[] = {
        {"n9", [](event_queue& q) { q.push(numbered(9)); }},
        {"unavailable", [](event_queue& q) { q.close(); }},
    };
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.expected)
        {
            const auto q = std::make_shared<event_queue>(io.get_executor(), 3);
            std::string got = "waiting";
            auto wait = [](std::shared_ptr<event_queue> from, std::string& out) -> task<> {
                auto e = co_await event_queue::next(from, 1h);
                out = e ? e->message : std::string(name(e.error().code));
            };
            start(wait(q, got));
            BOOST_TEST(got == "waiting");
            row.act(*q);
            settle();
            BOOST_TEST(got == row.expected);
        }
    const auto idle = run(event_queue::next(std::make_shared<event_queue>(io.get_executor(), 3), 1ms));
    BOOST_TEST(name(idle.error().code) == "timed_out");
}

BOOST_FIXTURE_TEST_CASE(without_time_only_what_is_there_comes, queue_fixture)
{
    const auto q = std::make_shared<event_queue>(io.get_executor(), 3);
    BOOST_TEST(name(run(event_queue::next(q, 0ms)).error().code) == "timed_out");
    q->push(numbered(1));
    BOOST_TEST(run(event_queue::next(q, 0ms)).value().message == "n1");
}

BOOST_AUTO_TEST_SUITE_END()
