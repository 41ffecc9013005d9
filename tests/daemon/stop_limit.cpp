#include "ulakd/stop_limit.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <functional>

BOOST_AUTO_TEST_SUITE(stop_limit_)

using namespace std::chrono_literals;

namespace {

int status_of_child(const std::function<void()>& life)
{
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(STDIN_FILENO, STDERR_FILENO); // it says why it ends
        life();
        ::_exit(7);
    }
    int status = 0;
    BOOST_TEST_REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_process_that_hangs_is_ended_at_the_limit_and_the_shortest_one_rules)
{
    const int status = status_of_child([] {
        ulak::daemon::end_process_after(1s);
        ulak::daemon::end_process_after(100s);
        while (::usleep(100'000) == 0 || true) // nobody leaves here
            continue;
    });
    BOOST_TEST(status == 1);
}

BOOST_AUTO_TEST_CASE(a_process_that_ends_in_time_is_not_touched)
{
    BOOST_TEST(status_of_child([] { ulak::daemon::end_process_after(100s); }) == 7);
}

BOOST_AUTO_TEST_SUITE_END()
