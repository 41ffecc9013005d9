#include "http/client/pool_policy.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {
namespace {

using namespace std::chrono_literals;
using ids = std::vector<pool_policy::connection_id>;

struct policy_fixture {
    pool_policy pool{2, 30s};
    async::steady_point now{std::chrono::hours(1)};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(pool_policy_, policy_fixture)

BOOST_AUTO_TEST_CASE(places_go_to_those_who_wait_longest)
{
    BOOST_TEST(pool.enter());
    BOOST_TEST(pool.enter());
    BOOST_TEST(!pool.enter());
    auto first = pool.enqueue(), second = pool.enqueue(), third = pool.enqueue();
    pool.abandon(second);
    BOOST_TEST((pool.leave() == first));
    BOOST_TEST(!pool.enter());
    BOOST_TEST((pool.leave() == third));
    BOOST_TEST(pool.in_flight() == 2u);
    BOOST_TEST(!pool.leave().has_value());
    BOOST_TEST(!pool.leave().has_value());
    BOOST_TEST(pool.in_flight() == 0u);
    BOOST_TEST(pool.enter());
}

BOOST_AUTO_TEST_CASE(a_newcomer_does_not_pass_those_who_wait)
{
    BOOST_TEST(pool.enter());
    BOOST_TEST(pool.enter());
    auto waiting = pool.enqueue();
    BOOST_TEST((pool.leave() == waiting));
    BOOST_TEST(!pool.enter());
}

BOOST_AUTO_TEST_CASE(what_settles_goes_before_the_rest_and_in_the_order_of_its_own)
{
    pool.enter();
    pool.enter();
    const auto poll = pool.enqueue(), settling = pool.enqueue(true), gone = pool.enqueue(true),
               next = pool.enqueue(true);
    BOOST_TEST(pool.waiting() == 4u);
    pool.abandon(gone);
    BOOST_TEST((pool.leave() == settling));
    BOOST_TEST((pool.leave() == next));
    BOOST_TEST((pool.leave() == poll));
    const auto last = pool.enqueue(true);
    BOOST_TEST(!pool.enter());
    BOOST_TEST((pool.leave() == last));
    BOOST_TEST(!pool.leave().has_value());
    BOOST_TEST(pool.in_flight() == 1u);
}

BOOST_AUTO_TEST_CASE(the_connection_used_last_is_taken_first)
{
    pool.enter();
    pool.add_idle(1, now);
    pool.add_idle(2, now + 1s);
    auto choice = pool.choose(now + 2s, false);
    BOOST_TEST((choice.reuse == 2u));
    BOOST_TEST((choice.close == ids{}));
    BOOST_TEST((pool.choose(now + 2s, false).reuse == 1u));
    BOOST_TEST(!pool.choose(now + 2s, false).reuse.has_value());
}

BOOST_AUTO_TEST_CASE(old_connections_are_closed_and_not_used)
{
    pool.enter();
    pool.add_idle(1, now);
    BOOST_TEST((pool.choose(now + 30s, false).reuse == 1u));
    pool.add_idle(1, now);
    auto choice = pool.choose(now + 31s, false);
    BOOST_TEST(!choice.reuse.has_value());
    BOOST_TEST((choice.close == ids{1}));
}

BOOST_AUTO_TEST_CASE(a_fresh_connection_pushes_out_the_oldest_only_at_the_limit)
{
    pool.enter();
    pool.add_idle(1, now);
    auto room = pool.choose(now, true);
    BOOST_TEST(!room.reuse.has_value());
    BOOST_TEST((room.close == ids{}));
    pool.add_idle(2, now);
    auto full = pool.choose(now, true);
    BOOST_TEST((full.close == ids{1}));
    BOOST_TEST(pool.idle() == 1u);
}

BOOST_AUTO_TEST_CASE(what_rested_for_less_than_a_millisecond_has_not_rested)
{
    for (const auto& [rest, rested] : {std::pair(0us, false), std::pair(999us, false), std::pair(1'000us, true)}) {
        pool.add_idle(1, now);
        auto choice = pool.choose(now + rest, false);
        BOOST_TEST((choice.reuse == 1u));
        BOOST_TEST(choice.needs_probe == rested);
    }
}

BOOST_AUTO_TEST_CASE(what_was_forgotten_is_not_offered)
{
    pool.enter();
    pool.add_idle(1, now);
    pool.remove_idle(1);
    BOOST_TEST(!pool.choose(now, false).reuse.has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
