#include "sim/detail/sms_book.hpp"

#include <boost/test/unit_test.hpp>

using namespace ulak;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(sms_book_)

namespace {

const wall_point start{};

/// Four recipients, due at the start, all done after eight seconds.
sim::sms_queue four()
{
    sim::sms_queue q;
    q.due_at = start;
    q.delivery_time = 8s;
    q.numbers = {5551112231, 5551112232, 5551112233, 5551112234};
    return q;
}

/// One letter for each recipient: Waiting, Sent, Delivered, Undelivered.
std::string states(const sim::sms_queue& q, wall_point now)
{
    std::string out;
    for (std::size_t i = 0; i < q.numbers.size(); ++i)
        out += "WSDU"[static_cast<std::size_t>(q.state(i, now))];
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(recipients_are_sent_when_due_and_done_one_after_the_other_in_the_second_half)
{
    const auto q = four();
    BOOST_TEST(states(q, start - 1ms) == "WWWW");
    BOOST_TEST(states(q, start) == "SSSS");
    BOOST_TEST(states(q, start + 4'999ms) == "SSSS");
    BOOST_TEST(states(q, start + 5s) == "DSSS");
    BOOST_TEST(states(q, start + 6s) == "DDSS");
    BOOST_TEST(states(q, start + 8s) == "DDDD");
    BOOST_TEST((q.done_at(0) == start + 5s));
    BOOST_TEST((q.done_at(3) == start + 8s));
}

BOOST_AUTO_TEST_CASE(the_last_ones_can_stay_undelivered)
{
    auto q = four();
    q.undelivered_tail = 3;
    BOOST_TEST(states(q, start + 8s) == "DUUU");
    BOOST_TEST(states(q, start + 6s) == "DUSS");
}

BOOST_AUTO_TEST_CASE(a_send_can_stay_in_progress_for_ever)
{
    auto q = four();
    q.never_completes = true;
    BOOST_TEST(states(q, start + 24h) == "DDDS");
    BOOST_TEST(!q.tally(start + 24h).complete());
}

BOOST_AUTO_TEST_CASE(a_cancelled_send_reaches_nobody)
{
    auto q = four();
    q.cancelled = true;
    BOOST_TEST(states(q, start - 1s) == "UUUU");
    BOOST_TEST(states(q, start + 24h) == "UUUU");
}

BOOST_AUTO_TEST_CASE(the_tally_counts_every_recipient_once)
{
    auto q = four();
    q.undelivered_tail = 1;
    for (const auto now : {start - 1s, start, start + 5s, start + 7s, start + 8s})
        BOOST_TEST(q.tally(now).total() == 4u);
    BOOST_TEST(q.tally(start - 1s).waiting == 4u);
    BOOST_TEST(q.tally(start + 5s).sent == 3u);
    BOOST_TEST(q.tally(start + 8s).delivered == 3u);
    BOOST_TEST(q.tally(start + 8s).undelivered == 1u);
    BOOST_TEST(q.tally(start + 8s).complete());
    BOOST_TEST(!q.tally(start + 7s).complete());
}

BOOST_AUTO_TEST_CASE(sends_get_growing_ids_and_are_found_by_them)
{
    sim::random_source random(1);
    sim::sms_book book(1'000, random);
    const auto first = book.add(four()).id;
    const auto second = book.add(four()).id;
    BOOST_TEST(first > 1'000u);
    BOOST_TEST(second > first);
    BOOST_TEST(book.find(second)->numbers.size() == 4u);
    BOOST_TEST(book.find(second + 1) == nullptr);
    BOOST_TEST(book.ids().front() == first);
}

BOOST_AUTO_TEST_SUITE_END()
