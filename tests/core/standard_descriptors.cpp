#include "core/standard_descriptors.hpp"

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(standard_descriptors_)

namespace {

bool is_null(int fd)
{
    struct stat opened = {}, null = {};
    return ::fstat(fd, &opened) == 0 && ::stat("/dev/null", &null) == 0 && opened.st_rdev == null.st_rdev;
}

/// What a child that begins with these descriptors closed finds: 0 if the closed ones are /dev/null, the others as they
/// were, and the next file gets a number of its own.
int begin_without(unsigned closed)
{
    for (int fd = 0; fd < 3; ++fd) {
        ::close(fd);
        if (::open("/proc/self/status", O_RDONLY) != fd)
            return 2;
    }
    for (int fd = 0; fd < 3; ++fd)
        if ((closed >> fd & 1) != 0)
            ::close(fd);
    ulak::open_standard_descriptors();
    for (int fd = 0; fd < 3; ++fd)
        if (is_null(fd) != ((closed >> fd & 1) != 0))
            return 3;
    return ::open("/proc/self/status", O_RDONLY) > 2 ? 0 : 4;
}

} // namespace

BOOST_AUTO_TEST_CASE(each_closed_descriptor_is_opened_and_the_others_stay)
{
    for (unsigned closed = 0; closed < 8; ++closed)
        BOOST_TEST_CONTEXT("closed " << closed)
        {
            const pid_t child = ::fork();
            if (child == 0)
                ::_exit(begin_without(closed));
            int status = -1;
            BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
            BOOST_TEST(WEXITSTATUS(status) == 0);
        }
}

BOOST_AUTO_TEST_SUITE_END()
