#include "core/file_descriptor.hpp"

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

BOOST_AUTO_TEST_SUITE(file_descriptor_)

using namespace ulak;

namespace {

bool is_open(int fd)
{
    return ::fcntl(fd, F_GETFD) >= 0;
}

} // namespace

BOOST_AUTO_TEST_CASE(it_closes_at_its_end_and_once)
{
    int number = -1;
    {
        file_descriptor first(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        BOOST_TEST_REQUIRE(static_cast<bool>(first));
        number = first.get();
        const file_descriptor second(std::move(first));
        BOOST_TEST(second.get() == number);
        BOOST_TEST(is_open(number));
    }
    BOOST_TEST(!is_open(number));
}

BOOST_AUTO_TEST_CASE(of_a_failed_open_it_is_empty_and_the_reason_stays)
{
    {
        const file_descriptor none(::open("/nowhere/at/all", O_RDONLY | O_CLOEXEC));
        BOOST_TEST(!none);
    }
    BOOST_TEST(errno == ENOENT);
}

BOOST_AUTO_TEST_CASE(an_empty_one_closes_nothing)
{
    const int open = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    {
        const file_descriptor none(-1);
        file_descriptor first(::dup(open));
        file_descriptor second(std::move(first));
        BOOST_TEST(!first);
        BOOST_TEST(first.get() == -1);
        BOOST_TEST(is_open(second.get()));
    }
    BOOST_TEST(is_open(open));
    ::close(open);
}

BOOST_AUTO_TEST_SUITE_END()
