// Handlers that wait for long: their clients leave, others need their places.
#include "http/server_fixture.hpp"
#include "http/temporary.hpp"

#include "async/waiter.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace ulak::http::testing {

namespace {

/// Serves a socket file. /wait waits until it is cancelled, /work for an hour whatever happens, all else at once.
struct waiting_fixture : server_fixture {
    const temporary_folder folder;
    const std::string path = folder / "s";
    int waits = 0, ended = 0;

    task<reply> answer(const incoming_request& in)
    {
        if (in.path == "/work")
            co_await clock.sleep_for(std::chrono::hours(1));
        if (in.path == "/wait") {
            ++waits;
            const scoped_wait patient(in);
            async::waiter never(ex);
            auto cancelled = co_await never.wait();
            ended += cancelled ? 1 : 0;
        }
        co_return reply(200, in.path == "/large" ? std::string(100'000, 'x') : "now");
    }

    void serve_socket(std::size_t places, std::size_t reply_bytes = server_limits().reply_bytes)
    {
        server_limits limits;
        limits.max_connections = places;
        limits.reply_bytes = reply_bytes;
        auto handle = [this](const incoming_request& in) { return answer(in); };
        BOOST_TEST_REQUIRE(web->listen_unix("local", path, 0600, handle, limits).has_value());
    }

    void ask(raw_peer& peer, std::string_view what)
    {
        BOOST_TEST_REQUIRE(run(peer.connect(path)));
        run(peer.send("GET " + std::string(what) + " HTTP/1.1\r\nHost: ulak\r\n\r\n"));
        turn();
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(server_waits_, waiting_fixture)

BOOST_AUTO_TEST_CASE(a_client_that_leaves_ends_its_wait)
{
    serve_socket(4);
    raw_peer leaving(ex);
    ask(leaving, "/wait");
    BOOST_TEST(waits == 1);
    BOOST_TEST(ended == 0);
    leaving.close();
    until([&] { return ended == 1; });
}

BOOST_AUTO_TEST_CASE(busy_is_never_the_answer_to_what_was_done)
{
    serve_socket(4, 50'000); // less than one large reply
    for (const auto& [verb, status] : {std::pair("GET", "503"), std::pair("POST", "200"), std::pair("DELETE", "200")}) {
        raw_peer peer(ex);
        BOOST_TEST_REQUIRE(run(peer.connect(path)));
        run(peer.send(std::string(verb) +
                      " /large HTTP/1.1\r\nHost: ulak\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        turn();
        const auto answer = run(peer.read_all());
        BOOST_TEST(answer.substr(0, 12) == std::string("HTTP/1.1 ") + status, verb);
    }
}

BOOST_AUTO_TEST_CASE(a_client_that_left_before_the_wait_began_ends_it_too)
{
    serve_socket(4);
    raw_peer leaving(ex);
    BOOST_TEST_REQUIRE(run(leaving.connect(path)));
    run(leaving.send("GET /wait HTTP/1.1\r\nHost: ulak\r\n\r\n"));
    leaving.close();
    until([&] { return ended == 1; });
}

BOOST_AUTO_TEST_CASE(a_client_that_only_stopped_sending_still_gets_its_answer)
{
    serve_socket(1);
    raw_peer half(ex), other(ex);
    ask(half, "/wait");
    half.end_sending();
    turn();
    BOOST_TEST(ended == 0);
    ask(other, "/");
    BOOST_TEST(run(half.read_all()).ends_with("now"));
}

BOOST_AUTO_TEST_CASE(work_goes_on_when_its_client_leaves)
{
    serve_socket(1);
    raw_peer leaving(ex);
    ask(leaving, "/work");
    leaving.close();
    turn();
    raw_peer next(ex);
    ask(next, "/");
    BOOST_TEST(is_problem(run(next.read_all()), 503));
    pass(std::chrono::hours(1));
}

BOOST_AUTO_TEST_CASE(a_wait_makes_place_and_its_client_learns_how_things_stand)
{
    serve_socket(2);
    raw_peer oldest(ex), second(ex), next(ex);
    ask(oldest, "/wait");
    ask(second, "/wait");
    ask(next, "/");
    BOOST_TEST(run(next.read_until("now")).starts_with("HTTP/1.1 200"));
    const auto told = run(oldest.read_all());
    BOOST_TEST(told.starts_with("HTTP/1.1 200"));
    BOOST_TEST(told.find("Connection: close\r\n") != told.npos);
    BOOST_TEST(ended == 1);
}

BOOST_AUTO_TEST_CASE(a_client_that_takes_no_byte_of_its_answer_makes_place)
{
    server_limits limits;
    limits.max_connections = 1;
    auto large = [](const incoming_request& in) -> task<reply> {
        co_return reply(200, in.path == "/large" ? std::string(8u << 20, 'x') : "now");
    };
    BOOST_TEST_REQUIRE(web->listen_unix("local", path, 0600, large, limits).has_value());
    raw_peer deaf(ex), early(ex), late(ex);
    ask(deaf, "/large");
    ask(early, "/");
    BOOST_TEST(is_problem(run(early.read_all()), 503));
    pass(1s);
    ask(late, "/");
    BOOST_TEST(run(late.read_until("now")).starts_with("HTTP/1.1 200"));
}

BOOST_AUTO_TEST_CASE(every_refused_client_is_told_to_come_again)
{
    serve_socket(1);
    raw_peer busy(ex);
    ask(busy, "/work");
    std::vector<std::unique_ptr<raw_peer>> refused;
    for (int i = 0; i < 40; ++i) {
        refused.push_back(std::make_unique<raw_peer>(ex));
        BOOST_TEST_REQUIRE(run(refused.back()->connect(path)));
    }
    turn();
    for (auto& one : refused) {
        const auto answer = run(one->read_until("\"busy\"}"));
        BOOST_TEST(is_problem(answer, 503));
        BOOST_TEST(answer.find("Retry-After: 1\r\n") != answer.npos);
    }
    pass(std::chrono::hours(1));
}

BOOST_AUTO_TEST_CASE(a_reader_of_a_stream_that_leaves_is_noticed_at_once)
{
    bool told = false;
    auto follow = [&](const incoming_request&) -> task<reply> {
        reply r;
        r.stream = [&](body_writer& out) -> task<> {
            auto begun = co_await out.write("begun");
            async::waiter never(ex);
            auto cancelled = co_await never.wait();
            told = begun && cancelled;
        };
        co_return r;
    };
    BOOST_TEST_REQUIRE(web->listen_unix("local", path, 0600, follow, server_limits()).has_value());
    raw_peer reader(ex);
    ask(reader, "/");
    run(reader.read_until("begun"));
    reader.close();
    until([&] { return told; });
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
