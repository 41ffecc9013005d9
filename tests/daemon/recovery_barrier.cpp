#include "ulakd/recovery_barrier.hpp"

#include "support/loop_fixture.hpp"

BOOST_AUTO_TEST_SUITE(recovery_barrier_)

using namespace ulak;
using namespace ulak::daemon;

namespace {

struct barrier_fixture : tests::loop_fixture {
    barrier_fixture()
    {
        handler = barrier.guard([this](const http::incoming_request&) -> task<http::reply> {
            ++reached;
            co_return http::reply(200);
        });
    }

    task<> ask()
    {
        const auto reply = co_await handler(request);
        statuses.push_back(reply.status);
    }

    recovery_barrier barrier{io.get_executor()};
    http::handler handler{};
    http::incoming_request request{};
    int reached = 0;
    std::vector<int> statuses{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(requests_wait_until_recovery_is_done, barrier_fixture)
{
    start(ask());
    start(ask());
    BOOST_TEST(reached == 0);
    BOOST_TEST(!barrier.lifted());
    barrier.lift();
    settle();
    BOOST_TEST(barrier.lifted());
    BOOST_TEST(reached == 2);
    BOOST_TEST(statuses == (std::vector<int>{200, 200}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(later_requests_go_at_once, barrier_fixture)
{
    barrier.lift();
    start(ask());
    BOOST_TEST(reached == 1);
}

BOOST_FIXTURE_TEST_CASE(a_client_that_leaves_early_reaches_nothing, barrier_fixture)
{
    boost::asio::cancellation_signal leave;
    start(ask(), &leave);
    leave.emit(boost::asio::cancellation_type::terminal);
    settle();
    BOOST_TEST(statuses == std::vector<int>{503}, boost::test_tools::per_element());
    barrier.lift();
    settle();
    BOOST_TEST(reached == 0);
}

BOOST_AUTO_TEST_SUITE_END()
