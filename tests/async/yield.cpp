#include "async/yield.hpp"

#include "support/loop_fixture.hpp"

BOOST_AUTO_TEST_SUITE(yield_)

using namespace ulak;
using namespace ulak::async;
using tests::loop_fixture;

namespace {

task<> write_slices(std::string& told, char name)
{
    for (int slice = 0; slice < 3; ++slice) {
        told += name;
        co_await yield();
    }
}

} // namespace

BOOST_FIXTURE_TEST_CASE(two_that_work_in_slices_take_turns, loop_fixture)
{
    std::string told;
    boost::asio::co_spawn(io, write_slices(told, 'a'), [](std::exception_ptr) {});
    boost::asio::co_spawn(io, write_slices(told, 'b'), [](std::exception_ptr) {});
    io.restart();
    io.poll();
    BOOST_TEST(told == "ababab");
}

BOOST_AUTO_TEST_SUITE_END()
