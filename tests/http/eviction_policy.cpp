#include "http/server/eviction_policy.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {

BOOST_AUTO_TEST_SUITE(eviction_policy_)

namespace {

eviction_candidate candidate(bool idle, bool streaming, std::size_t of_process, std::uint64_t sequence)
{
    eviction_candidate out;
    out.idle = idle;
    out.streaming = streaming;
    out.of_process = of_process;
    out.sequence = sequence;
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_request_under_way_is_never_evicted)
{
    eviction_policy<int> policy(2);
    policy.consider(1, candidate(false, false, 9, 1));
    BOOST_TEST(!policy.found());
}

BOOST_AUTO_TEST_CASE(an_idle_connection_goes_before_any_stream)
{
    eviction_policy<int> policy(2);
    policy.consider(1, candidate(false, true, 9, 1));
    policy.consider(2, candidate(false, true, 9, 2));
    policy.consider(3, candidate(true, false, 1, 3));
    BOOST_TEST(policy.found());
    BOOST_TEST(policy.victim() == 3);
}

BOOST_AUTO_TEST_CASE(one_that_waits_goes_after_the_idle_and_before_streams)
{
    eviction_policy<int> policy(8);
    auto waits = candidate(false, false, 1, 1);
    waits.waiting = true;
    policy.consider(1, candidate(false, true, 9, 1));
    BOOST_TEST(!policy.found());
    policy.consider(2, waits);
    BOOST_TEST(policy.victim() == 2);
    policy.consider(3, candidate(true, false, 1, 3));
    BOOST_TEST(policy.victim() == 3);
}

BOOST_AUTO_TEST_CASE(the_user_with_the_most_goes_first_however_many_processes_it_has)
{
    eviction_policy<int> policy(8);
    auto alone = candidate(true, false, 4, 1), one_of_many = candidate(true, false, 1, 9);
    alone.of_user = 4;
    one_of_many.of_user = 40;
    policy.consider(1, alone);
    policy.consider(2, one_of_many);
    BOOST_TEST(policy.victim() == 2);
}

BOOST_AUTO_TEST_CASE(streams_go_only_when_they_hold_more_than_half_of_the_places)
{
    for (std::size_t streams : {1u, 2u, 3u}) {
        eviction_policy<int> policy(4);
        for (std::size_t i = 0; i < streams; ++i)
            policy.consider(static_cast<int>(i), candidate(false, true, 1, i));
        BOOST_TEST(policy.found() == (streams > 2), streams);
    }
}

BOOST_AUTO_TEST_CASE(the_process_with_the_most_gives_up_its_oldest)
{
    eviction_policy<int> policy(4);
    policy.consider(1, candidate(true, false, 1, 1)); // older, but alone
    policy.consider(2, candidate(true, false, 3, 5));
    policy.consider(3, candidate(true, false, 3, 4));
    policy.consider(4, candidate(true, false, 3, 6));
    BOOST_TEST(policy.victim() == 3);
}

BOOST_AUTO_TEST_CASE(one_that_is_leaving_is_counted_and_not_chosen_again)
{
    eviction_policy<int> policy(2);
    auto leaving = candidate(false, true, 9, 1);
    leaving.leaving = true;
    policy.consider(1, leaving);
    BOOST_TEST(!policy.found());
    BOOST_TEST(policy.leaving() == 1u);
    policy.consider(2, candidate(true, false, 1, 2));
    BOOST_TEST(policy.victim() == 2);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
