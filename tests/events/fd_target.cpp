#include "events/detail/fd_target.hpp"

#include "pipe_pair.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/socket.h>

#include <csignal>
#include <string>

BOOST_AUTO_TEST_SUITE(fd_target_)

using namespace ulak::events;

namespace {

struct write_outcome {
    write_result how;
    std::size_t done;
};

write_outcome write(log_target& to, std::string_view bytes)
{
    std::size_t done = 0;
    const auto how = to.write(bytes, done);
    return {how, done};
}

const std::string megabyte(1u << 20, 'x');

} // namespace

BOOST_AUTO_TEST_CASE(a_pipe_takes_what_fits_and_then_never_blocks)
{
    pipe_pair pipe;
    const auto to = make_fd_target(pipe.ends[1]);
    BOOST_TEST((write(*to, "hello").how == write_result::all));
    const auto first = write(*to, megabyte);
    BOOST_TEST((first.how == write_result::partial));
    BOOST_TEST(first.done < megabyte.size());
    const auto second = write(*to, megabyte);
    BOOST_TEST((second.how == write_result::would_block));
    BOOST_TEST(second.done == 0u);
    BOOST_TEST(pipe.read_all(0).size() == 5 + first.done);
    BOOST_TEST((write(*to, "again").how == write_result::all));
}

BOOST_AUTO_TEST_CASE(a_shared_descriptor_keeps_its_flags_and_stays_open)
{
    pipe_pair pipe;
    const auto flags = ::fcntl(pipe.ends[1], F_GETFL);
    {
        const auto to = make_fd_target(pipe.ends[1]);
        write(*to, megabyte);
        BOOST_TEST(::fcntl(pipe.ends[1], F_GETFL) == flags);
    }
    BOOST_TEST(::fcntl(pipe.ends[1], F_GETFL) == flags);
}

BOOST_AUTO_TEST_CASE(a_reader_that_went_away_is_no_signal)
{
    pipe_pair pipe;
    const auto before = std::signal(SIGPIPE, SIG_DFL);
    const auto to = make_fd_target(pipe.ends[1]);
    ::close(pipe.ends[0]);
    BOOST_TEST((write(*to, "lost").how == write_result::broken));
    sigset_t pending;
    sigpending(&pending);
    BOOST_TEST(sigismember(&pending, SIGPIPE) == 0);
    std::signal(SIGPIPE, before);
}

BOOST_AUTO_TEST_CASE(a_socket_takes_what_fits_and_a_closed_one_is_broken)
{
    int ends[2] = {-1, -1};
    BOOST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    {
        const auto to = make_fd_target(ends[1]);
        BOOST_TEST((write(*to, "hello").how == write_result::all));
        while (write(*to, megabyte).how == write_result::partial) {
        }
        BOOST_TEST((write(*to, megabyte).how == write_result::would_block));
        ::close(ends[0]);
        BOOST_TEST((write(*to, "lost").how == write_result::broken));
    }
    ::close(ends[1]);
}

BOOST_AUTO_TEST_CASE(only_a_terminal_is_coloured)
{
    pipe_pair pipe;
    BOOST_TEST(!make_fd_target(pipe.ends[1])->coloured());
    const int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (master < 0 || ::grantpt(master) != 0 || ::unlockpt(master) != 0) {
        BOOST_TEST_MESSAGE("no terminals here");
        return;
    }
    const int terminal = ::open(::ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal >= 0)
        BOOST_TEST(make_fd_target(terminal)->coloured());
    ::close(terminal);
    ::close(master);
}

BOOST_AUTO_TEST_SUITE_END()
