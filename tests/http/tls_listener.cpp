// Our own TLS listener and our own client, from end to end, and a server in want of descriptors.
#include "http/client_fixture.hpp"
#include "http/server_fixture.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

namespace ulak::http::testing {
namespace {

struct both_ends : server_fixture {
    temporary_folder folder;
    std::shared_ptr<fixed_resolver> names = std::make_shared<fixed_resolver>();

    void serve_tls(handler h = echo, server_limits limits = server_limits())
    {
        const auto& leaf = shared_identities::get().leaf;
        port = web->listen_tls("sim", "127.0.0.1", 0, leaf.certificate_pem, leaf.key_pem, std::move(h), limits).value();
    }

    std::unique_ptr<client> customer()
    {
        client_settings s(origin::parse("https://api.provider.test:" + std::to_string(port) + "/v1").value());
        s.ca_file = folder.write("ca.pem", shared_identities::get().authority.certificate_pem);
        return make_client(ex, clock, names, std::move(s)).value();
    }

    task<exchange> asking(client& from, bool costly, std::string body)
    {
        send_options o(in(100s));
        o.costly = costly;
        request r(method::post, "/orders?q=x", "test.order");
        r.body = std::move(body);
        r.max_body = 4 * 1024 * 1024;
        auto done = co_await from.send(r, o);
        co_return done;
    }

    exchange ask(client& from, bool costly = false, std::string body = "{\"a\":1}")
    {
        return run(asking(from, costly, std::move(body)));
    }
};

// As many descriptors as there are now, until it dies.
class no_more_descriptors {
  public:
    no_more_descriptors()
    {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const int next = ::dup(0);
        ::close(next);
        rlimit tight = before_;
        tight.rlim_cur = static_cast<rlim_t>(next);
        ::setrlimit(RLIMIT_NOFILE, &tight);
    }
    ~no_more_descriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    no_more_descriptors(const no_more_descriptors&) = delete;
    no_more_descriptors& operator=(const no_more_descriptors&) = delete;

  private:
    rlimit before_{};
};

int inherited_socket(const std::string& path)
{
    sockaddr_un where{};
    where.sun_family = AF_UNIX;
    std::memcpy(where.sun_path, path.c_str(), path.size() + 1);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    BOOST_TEST_REQUIRE(::bind(fd, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0);
    BOOST_TEST_REQUIRE(::listen(fd, 8) == 0);
    return fd;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(tls_listener_, both_ends)

BOOST_AUTO_TEST_CASE(our_client_and_our_listener_understand_each_other)
{
    serve_tls();
    const auto from = customer();
    const auto first = ask(*from);
    BOOST_TEST_REQUIRE(first.answer.has_value());
    BOOST_TEST(first.answer->body == "POST /v1/orders q=x body={\"a\":1}");
    BOOST_TEST(!first.trace.reused_connection);
    BOOST_TEST(first.trace.status == 200);
    BOOST_TEST((first.trace.connected <= first.trace.written && first.trace.written <= first.trace.first_byte &&
                first.trace.first_byte <= first.trace.duration));
    for (int i = 0; i < 20; ++i)
        BOOST_TEST(ask(*from).trace.reused_connection);
    for (int i = 0; i < 5; ++i) {
        const auto bought = ask(*from, true);
        BOOST_TEST_REQUIRE(bought.answer.has_value());
        BOOST_TEST(!bought.trace.reused_connection);
        BOOST_TEST(bought.trace.resumed_session);
        BOOST_TEST(bought.trace.framing_ok);
        BOOST_TEST(bought.trace.leftover == 0u);
    }
    BOOST_TEST(!ask(*customer(), true).trace.resumed_session);
}

BOOST_AUTO_TEST_CASE(long_bodies_go_both_ways_over_tls)
{
    serve_tls();
    const std::string body(900'000, 'b');
    const auto x = ask(*customer(), true, body);
    BOOST_TEST_REQUIRE(x.answer.has_value());
    BOOST_TEST(x.answer->body.size() == body.size() + std::string_view("POST /v1/orders q=x body=").size());
}

BOOST_AUTO_TEST_CASE(what_streams_over_tls_arrives_whole_and_a_fault_is_seen)
{
    serve_tls([](const incoming_request& in) -> task<reply> {
        reply r;
        if (in.body == "cut") {
            r.body = "0123456789";
            r.fault = wire_fault::truncate;
            r.truncate_at = 4;
        } else {
            r.stream = [](body_writer& out) -> task<> {
                for (int i = 0; i < 100; ++i)
                    co_await out.write("line\n");
            };
        }
        co_return r;
    });
    const auto from = customer();
    const auto whole = ask(*from);
    BOOST_TEST_REQUIRE(whole.answer.has_value());
    BOOST_TEST(whole.answer->body.size() == 500u);
    BOOST_TEST(whole.trace.framing_ok);
    const auto cut = ask(*from, true, "cut");
    BOOST_TEST_REQUIRE(cut.answer.has_error());
    BOOST_TEST(cut.answer.error().code == errc::connection_lost);
    BOOST_TEST(cut.trace.status == 200);
}

BOOST_AUTO_TEST_CASE(beyond_the_limit_a_tls_connection_ends_before_anything_is_sent)
{
    // A 503 would be a doubt to whoever buys something; a handshake that is broken off is none.
    server_limits limits;
    limits.max_connections = 1;
    bool busy = false;
    async::manual_clock* time = &clock;
    serve_tls(
        [time, &busy](const incoming_request& in) -> task<reply> {
            busy = in.body == "slow";
            if (busy)
                co_await time->sleep_for(std::chrono::seconds(50));
            co_return reply(200, "done");
        },
        limits);
    const auto first = customer();
    auto held = start(asking(*first, true, "slow"));
    until([&] { return busy; });
    const auto second = customer();
    const auto x = ask(*second, true);
    BOOST_TEST_REQUIRE(x.answer.has_error());
    BOOST_TEST(x.answer.error().code == errc::connection_lost);
    BOOST_TEST(x.answer.error().how_far == reach::not_sent);
    pass(50s);
    until([&] { return held->ended(); });
    BOOST_TEST(held->get().answer.has_value());
    until([&] { return ask(*second, true).answer.has_value(); });
}

BOOST_AUTO_TEST_CASE(a_server_without_descriptors_pauses_and_goes_on)
{
    serve();
    raw_peer peer(ex);
    peer.raw().open(asio::generic::stream_protocol(AF_INET, IPPROTO_TCP));
    std::size_t turns = 0;
    {
        no_more_descriptors tight;
        auto connected = start(peer.connect(port));
        io.restart();
        for (int i = 0; i < 200; ++i)
            turns += io.run_one_for(1ms);
        BOOST_TEST(connected->ended());
        BOOST_TEST(turns < 50u); // no busy loop
        pass(3s);
        for (int i = 0; i < 50; ++i)
            turns += io.run_one_for(1ms);
        BOOST_TEST(turns < 100u);
    }
    pass(1s);
    run(peer.send(closing_request("GET /")));
    BOOST_TEST(run(peer.read_all()).starts_with("HTTP/1.1 200"));
}

BOOST_AUTO_TEST_CASE(an_inherited_unix_socket_is_served_and_left_where_it_is)
{
    const auto path = folder / "inherited.sock";
    const int fd = inherited_socket(path);
    std::optional<peer> seen;
    auto remember = [&](const incoming_request& in) -> task<reply> {
        seen = in.remote;
        co_return reply(200, "{}");
    };
    BOOST_TEST_REQUIRE(web->listen_fd("operate", fd, remember, server_limits()).has_value());
    BOOST_TEST((::fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
    raw_peer one(ex);
    run(one.connect(path));
    run(one.send(closing_request("GET /")));
    BOOST_TEST(run(one.read_all()).starts_with("HTTP/1.1 200"));
    BOOST_TEST_REQUIRE(seen.has_value());
    BOOST_TEST(seen->local);
    BOOST_TEST(seen->uid == ::getuid());
    BOOST_TEST(seen->listener == "operate");
    run(web->stop(clock.now()));
    struct stat file{};
    BOOST_TEST(::stat(path.c_str(), &file) == 0); // it belongs to the service manager
}

BOOST_AUTO_TEST_CASE(a_descriptor_that_does_not_listen_is_refused)
{
    const int mute = ::socket(AF_UNIX, SOCK_STREAM, 0);
    for (const int fd : {mute, 0, 100'000}) {
        const auto done = web->listen_fd("x", fd, echo, server_limits());
        BOOST_TEST_REQUIRE(done.has_error());
        BOOST_TEST(done.error().code == errc::invalid_argument);
    }
    ::close(mute);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
