#include "kinds/disk_retry.hpp"
#include "kinds/purchase_world.hpp"

BOOST_AUTO_TEST_SUITE(disk_retry_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using kinds::on_stop;

struct retry_world : purchase_world {
    /// Fails `failures` times, then gives `last`.
    std::function<task<result<void>>()> attempt(int failures, result<void> last)
    {
        return [this, failures, last] { return one(failures, last); };
    }
    task<result<void>> one(int failures, result<void> last)
    {
        times.push_back(clock.now());
        if (static_cast<int>(times.size()) <= failures)
            co_return error(errc::unavailable, "the disk is full");
        co_return last;
    }
    std::vector<std::int64_t> waits() const
    {
        std::vector<std::int64_t> all;
        for (std::size_t i = 1; i < times.size(); ++i)
            all.push_back(std::chrono::duration_cast<std::chrono::seconds>(times[i] - times[i - 1]).count());
        return all;
    }

    kinds::run_context context = make();
    std::vector<async::steady_point> times{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(the_waits_grow_to_half_a_minute, retry_world)
{
    auto done = finish(kinds::retry_while_disk_refuses(context, on_stop::give_up, attempt(7, result<void>())));
    BOOST_TEST(done.has_value());
    const std::vector<std::int64_t> expected{1, 2, 4, 8, 16, 30, 30};
    BOOST_TEST(waits() == expected, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(an_error_that_is_not_the_disks_comes_back_at_once, retry_world)
{
    auto done = finish(kinds::retry_while_disk_refuses(context, on_stop::keep_trying,
                                                       attempt(0, error(errc::conflict, "the store refuses"))));
    BOOST_TEST_REQUIRE(!done.has_value());
    BOOST_TEST((done.error().code == errc::conflict));
    BOOST_TEST(times.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_run_gives_up_when_the_daemon_stops_and_a_purchase_does_not, retry_world)
{
    context.request_stop();
    auto given_up = finish(kinds::retry_while_disk_refuses(context, on_stop::give_up, attempt(2, result<void>())));
    BOOST_TEST_REQUIRE(!given_up.has_value());
    BOOST_TEST((given_up.error().code == errc::cancelled));
    BOOST_TEST(times.size() == 1u);
    times.clear();
    auto kept = finish(kinds::retry_while_disk_refuses(context, on_stop::keep_trying, attempt(2, result<void>())));
    BOOST_TEST(kept.has_value());
    BOOST_TEST(times.size() == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
