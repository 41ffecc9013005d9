#include "ulakd/service_manager.hpp"

#include "support/folder.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>

BOOST_AUTO_TEST_SUITE(service_manager_)

using namespace ulak;
using namespace std::chrono_literals;

namespace {

/// The other end: what systemd would get.
class listener {
  public:
    listener()
    {
        fd_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
        sockaddr_un at = {};
        at.sun_family = AF_UNIX;
        const std::string path = dir_.at("notify");
        std::memcpy(at.sun_path, path.data(), path.size());
        BOOST_REQUIRE(::bind(fd_, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0);
        ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
    }
    ~listener() { ::close(fd_); }

    std::string next()
    {
        char text[512];
        const ssize_t n = ::recv(fd_, text, sizeof text, 0);
        return n < 0 ? std::string("(nothing)") : std::string(text, static_cast<std::size_t>(n));
    }

  private:
    tests::folder dir_{};
    int fd_;
};

} // namespace

BOOST_AUTO_TEST_CASE(it_says_what_systemd_wants_to_hear)
{
    listener systemd;
    daemon::service_manager m;
    m.ready("4 jobs");
    BOOST_TEST(systemd.next() == "READY=1\nSTATUS=4 jobs");
    m.reloading();
    BOOST_TEST(systemd.next().starts_with("RELOADING=1\nMONOTONIC_USEC="));
    m.stopping("finishing 1 runs");
    BOOST_TEST(systemd.next() == "STOPPING=1\nSTATUS=finishing 1 runs");
    m.notify_watchdog();
    BOOST_TEST(systemd.next() == "WATCHDOG=1");
    m.extend_timeout(2s);
    BOOST_TEST(systemd.next() == "EXTEND_TIMEOUT_USEC=2000000");
}

BOOST_AUTO_TEST_CASE(a_status_cannot_smuggle_a_line)
{
    listener systemd;
    daemon::service_manager m;
    m.status("x\nSTOPPING=1");
    BOOST_TEST(systemd.next().find("\nSTOPPING") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(children_do_not_inherit_the_socket)
{
    listener systemd;
    daemon::service_manager m;
    BOOST_TEST(std::getenv("NOTIFY_SOCKET") == nullptr);
}

BOOST_AUTO_TEST_CASE(without_a_manager_nothing_happens)
{
    ::unsetenv("NOTIFY_SOCKET");
    daemon::service_manager m;
    m.ready("x");
    BOOST_TEST(!m.watchdog_interval());
    BOOST_TEST(!m.take_listener("operate"));
}

BOOST_AUTO_TEST_CASE(the_watchdog_is_fed_twice_in_its_time)
{
    ::setenv("WATCHDOG_USEC", "30000000", 1);
    ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
    daemon::service_manager m;
    BOOST_TEST((m.watchdog_interval().value() == 15s));
}

BOOST_AUTO_TEST_CASE(sockets_for_another_process_are_not_taken)
{
    ::setenv("LISTEN_PID", "1", 1);
    ::setenv("LISTEN_FDS", "1", 1);
    ::setenv("LISTEN_FDNAMES", "operate", 1);
    daemon::service_manager m;
    BOOST_TEST(!m.take_listener("operate"));
}

BOOST_AUTO_TEST_CASE(passed_sockets_are_found_by_their_names_once)
{
    ::setenv("LISTEN_PID", std::to_string(::getpid()).c_str(), 1);
    ::setenv("LISTEN_FDS", "2", 1);
    ::setenv("LISTEN_FDNAMES", "operate:view", 1);
    daemon::service_manager m;
    BOOST_TEST(m.take_listener("view").value() == 4);
    BOOST_TEST(!m.take_listener("view"));
    BOOST_TEST(m.take_listener("operate").value() == 3);
}

BOOST_AUTO_TEST_SUITE_END()
