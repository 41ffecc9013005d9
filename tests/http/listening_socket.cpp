#include "http/server/listening_socket.hpp"

#include "http/server_fixture.hpp"
#include "http/temporary.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <optional>

namespace ulak::http::testing {

BOOST_FIXTURE_TEST_SUITE(listening_socket_, server_fixture)

BOOST_AUTO_TEST_CASE(a_unix_peer_is_known_and_the_mode_is_exact)
{
    temporary_folder folder;
    auto path = folder / "ulak.sock";
    std::optional<peer> seen;
    auto remember = [&](const incoming_request& in) -> task<reply> {
        seen = in.remote;
        co_return reply(200, "{}");
    };
    BOOST_TEST_REQUIRE(web->listen_unix("operate", path, 0660, remember, server_limits()).has_value());
    struct stat file{};
    BOOST_TEST(::stat(path.c_str(), &file) == 0);
    BOOST_TEST((file.st_mode & 0777u) == 0660u);
    raw_peer client(ex);
    run(client.connect(path));
    run(client.send(closing_request("GET /")));
    run(client.read_all());
    BOOST_TEST_REQUIRE(seen.has_value());
    BOOST_TEST(seen->local);
    BOOST_TEST(seen->uid == ::getuid());
    BOOST_TEST(seen->gid == ::getgid());
    BOOST_TEST(seen->pid == ::getpid());
    BOOST_TEST(seen->listener == "operate");
    run(web->stop(clock.now()));
    BOOST_TEST(::stat(path.c_str(), &file) != 0);
}

BOOST_AUTO_TEST_CASE(only_a_stale_socket_file_is_replaced)
{
    temporary_folder folder;
    auto path = folder / "s.sock";
    auto listen = [&](const std::string& where) { return web->listen_unix("x", where, 0600, echo, server_limits()); };

    int stale = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, path.size());
    BOOST_TEST(::bind(stale, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    ::close(stale);
    BOOST_TEST(listen(path).has_value());

    auto second = listen(path);
    BOOST_TEST_REQUIRE(second.has_error());
    BOOST_TEST(second.error().code == errc::conflict);
    BOOST_TEST(second.error().message.find(path) != std::string::npos);

    auto in_the_way = listen(folder.write("file", "precious"));
    BOOST_TEST_REQUIRE(in_the_way.has_error());
    BOOST_TEST(in_the_way.error().code == errc::conflict);
    BOOST_TEST(std::filesystem::file_size(folder / "file") == 8u);

    auto too_long = listen(folder / std::string(120, 'x'));
    BOOST_TEST_REQUIRE(too_long.has_error());
    BOOST_TEST(too_long.error().code == errc::invalid_argument);
}

BOOST_AUTO_TEST_CASE(only_loopback_is_served)
{
    for (auto address : {"0.0.0.0", "192.0.2.1", "::", "example"}) {
        auto listened = web->listen_tcp("x", address, 0, echo, server_limits());
        BOOST_TEST_REQUIRE(listened.has_error(), address);
        BOOST_TEST(listened.error().code == errc::invalid_argument);
    }
}

BOOST_AUTO_TEST_CASE(an_inherited_socket_must_listen)
{
    int plain = ::socket(AF_UNIX, SOCK_STREAM, 0);
    auto refused = web->listen_fd("x", plain, echo, server_limits());
    BOOST_TEST(refused.has_error());
    ::close(plain);
    int ready = ::socket(AF_INET, SOCK_STREAM, 0);
    BOOST_TEST(::listen(ready, 8) == 0);
    asio::ip::tcp::endpoint where;
    socklen_t size = static_cast<socklen_t>(where.capacity());
    ::getsockname(ready, where.data(), &size);
    BOOST_TEST(web->listen_fd("x", ready, echo, server_limits()).has_value());
    port = where.port();
    BOOST_TEST(talk(closing_request("GET /")).starts_with("HTTP/1.1 200"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
