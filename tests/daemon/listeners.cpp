#include "ulakd/listeners.hpp"

#include "support/folder.hpp"
#include "support/loop_fixture.hpp"

#include <sys/stat.h>

BOOST_AUTO_TEST_SUITE(listeners_)

using namespace ulak;
using namespace ulak::daemon;

namespace {

struct listeners_fixture : tests::loop_fixture {
    listeners_fixture()
    {
        s.socket = dir.at("run/ulak.sock");
        s.view_socket = dir.at("run/view.sock");
    }
    ~listeners_fixture() { run(server->stop(clock.now())); }

    result<std::string> open() { return open_listeners(*server, manager, s, handler); }

    static unsigned mode_of(const std::string& path)
    {
        struct stat about = {};
        BOOST_REQUIRE(::stat(path.c_str(), &about) == 0);
        return about.st_mode & 0777u;
    }

    tests::folder dir{};
    settings s{};
    service_manager manager{};
    std::unique_ptr<http::server> server = http::make_server(io.get_executor(), clock);
    http::handler handler = [](const http::incoming_request&) -> task<http::reply> { co_return http::reply(200); };
};

} // namespace

BOOST_FIXTURE_TEST_CASE(operators_have_a_socket_of_their_own_and_everyone_may_view, listeners_fixture)
{
    const auto opened = open();
    BOOST_REQUIRE_MESSAGE(opened, (opened ? std::string() : opened.error().message));
    BOOST_TEST(opened->empty()); // no metrics port was asked for
    BOOST_TEST(mode_of(s.socket) == 0660u);
    BOOST_TEST(mode_of(s.view_socket) == 0666u);
}

BOOST_FIXTURE_TEST_CASE(the_metrics_address_has_the_port_that_was_taken, listeners_fixture)
{
    s.metrics_address = "127.0.0.1";
    s.metrics_port = 0;
    const auto opened = open();
    BOOST_REQUIRE(opened);
    BOOST_TEST(opened->starts_with("127.0.0.1:"));
    BOOST_TEST(*opened != "127.0.0.1:0");
}

BOOST_FIXTURE_TEST_CASE(a_metrics_address_that_cannot_be_taken_is_named, listeners_fixture)
{
    s.metrics_address = "not an address";
    const auto opened = open();
    BOOST_REQUIRE(!opened);
    BOOST_TEST(opened.error().message.starts_with("metrics: "), opened.error().message);
}

BOOST_FIXTURE_TEST_CASE(a_folder_that_cannot_be_made_is_an_error, listeners_fixture)
{
    dir.write("file", "");
    s.socket = dir.at("file/ulak.sock");
    BOOST_TEST(!open());
}

BOOST_AUTO_TEST_SUITE_END()
