#include "http/server.hpp"

#include "http/server_fixture.hpp"
#include "http/temporary.hpp"

#include "async/waiter.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ulak::http::testing {

namespace {

/// Another process that holds so many connections and says nothing. It is there once the constructor ends.
class crowd {
  public:
    crowd(const std::string& path, int connections)
    {
        int there[2];
        BOOST_TEST_REQUIRE(::pipe(there) == 0);
        child_ = ::fork();
        BOOST_TEST_REQUIRE(child_ >= 0);
        if (child_ == 0)
            hold(path, connections, there[1]);
        ::close(there[1]);
        char all = 0;
        BOOST_TEST(::read(there[0], &all, 1) == 1);
        ::close(there[0]);
    }
    ~crowd()
    {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }

  private:
    /// Only what is safe between fork and the end.
    [[noreturn]] static void hold(const std::string& path, int connections, int there)
    {
        sockaddr_un to{};
        to.sun_family = AF_UNIX;
        std::strncpy(to.sun_path, path.c_str(), sizeof(to.sun_path) - 1);
        for (int i = 0; i < connections; ++i)
            if (::connect(::socket(AF_UNIX, SOCK_STREAM, 0), reinterpret_cast<const sockaddr*>(&to), sizeof(to)) != 0)
                ::_exit(1);
        if (::write(there, "!", 1) == 1)
            ::pause();
        ::_exit(0);
    }

    pid_t child_ = -1;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(server_, server_fixture)

BOOST_AUTO_TEST_CASE(path_query_and_body_arrive_decoded)
{
    serve();
    auto answer = talk(closing_request("POST /v1/a%20b?x=1&q=%C3%B6+1", "Content-Length: 3\r\n\r\nabc"));
    BOOST_TEST(answer.ends_with("\r\n\r\nPOST /v1/a b q=\xc3\xb6 1 body=abc"));
    BOOST_TEST(answer.starts_with("HTTP/1.1 200 OK\r\n"));
}

BOOST_AUTO_TEST_CASE(chunked_bodies_are_put_together)
{
    serve();
    auto answer =
        talk(closing_request("POST /", "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\n\r\n"));
    BOOST_TEST(answer.ends_with("body=abc"));
}

BOOST_AUTO_TEST_CASE(pipelined_requests_are_answered_in_turn)
{
    serve();
    auto answer =
        talk("GET /1 HTTP/1.1\r\nHost: ulak\r\n\r\nGET /2 HTTP/1.1\r\nHost: ulak\r\n\r\n" + closing_request("GET /3"));
    auto first = answer.find("GET /1 "), second = answer.find("GET /2 "), third = answer.find("GET /3 ");
    BOOST_TEST(third != answer.npos);
    BOOST_TEST((first < second && second < third));
}

BOOST_AUTO_TEST_CASE(bad_requests_get_a_problem_and_the_end)
{
    struct row {
        std::string_view what;
        std::string bytes;
        int status;
    };
    std::string host = "Host: ulak\r\n";
    const row rows[] = {
        {"no http", "hello\r\n\r\n", 400},
        {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
        {"two hosts", "GET / HTTP/1.1\r\n" + host + host + "\r\n", 400},
        {"bare line feed", "GET / HTTP/1.1\n" + host + "\n", 400},
        {"folded header", "GET / HTTP/1.1\r\n" + host + "X: a\r\n b\r\n\r\n", 400},
        {"broken escape", "GET /%zz HTTP/1.1\r\n" + host + "\r\n", 400},
        {"NUL in the path", "GET /a%00b HTTP/1.1\r\n" + host + "\r\n", 400},
        {"broken query", "GET /?a=%1 HTTP/1.1\r\n" + host + "\r\n", 400},
        {"absolute target", "GET http://x/ HTTP/1.1\r\n" + host + "\r\n", 400},
        {"both framings", "POST / HTTP/1.1\r\n" + host + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
         400},
        {"two lengths", "POST / HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400},
        {"odd coding", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n", 501},
        {"gzip coding", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501},
        {"chunks in HTTP/1.0", "POST / HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n", 501},
        {"long body", "POST / HTTP/1.1\r\n" + host + "Content-Length: 2000000\r\n\r\n", 413},
        {"long header", "GET / HTTP/1.1\r\n" + host + "X: " + std::string(20000, 'x') + "\r\n\r\n", 431},
        {"endless header", "GET / HTTP/1.1\r\n" + host + "X: " + std::string(20000, 'x'), 431},
        {"odd expectation", "POST / HTTP/1.1\r\n" + host + "Expect: tea\r\nContent-Length: 1\r\n\r\n", 417},
        {"bad chunk", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
        {"endless chunk extension",
         "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(40000, 'x'), 400},
    };
    serve();
    for (const auto& row : rows)
        BOOST_TEST_CONTEXT(row.what)
    BOOST_TEST(is_problem(talk(row.bytes), row.status));
}

BOOST_AUTO_TEST_CASE(a_slow_request_gets_408)
{
    serve();
    raw_peer peer(ex);
    run(peer.connect(port));
    run(peer.send("GET / HT"));
    auto answer = start(peer.read_all());
    turn();
    pass(11s);
    until([&] { return answer->ended(); });
    BOOST_TEST(is_problem(answer->get(), 408));
}

BOOST_AUTO_TEST_CASE(a_silent_connection_is_closed_without_a_word)
{
    serve();
    raw_peer peer(ex);
    run(peer.connect(port));
    auto answer = start(peer.read_all());
    until([&] { return clock.sleepers() > 0; });
    pass(11s);
    until([&] { return answer->ended(); });
    BOOST_TEST(answer->get() == "");
}

BOOST_AUTO_TEST_CASE(who_holds_a_connection_and_asks_nothing_makes_place)
{
    server_limits limits;
    limits.max_connections = 2;
    serve(echo, limits);
    raw_peer oldest(ex), half(ex);
    run(oldest.connect(port));
    run(oldest.send("GET / HTTP/1.1\r\nHost: ulak\r\n\r\n"));
    run(oldest.read_until("body="));
    run(half.connect(port));
    run(half.send("GET / HT"));
    BOOST_TEST(talk(closing_request("GET /a")).starts_with("HTTP/1.1 200"));
    BOOST_TEST(run(oldest.read_all()) == "");
    run(half.send("TP/1.1\r\nHost: ulak\r\n\r\n"));
    BOOST_TEST(run(half.read_until("body=")).starts_with("HTTP/1.1 200"));
}

BOOST_AUTO_TEST_CASE(a_crowd_pushes_out_its_own_and_not_who_came_before_it)
{
    const temporary_folder folder;
    const std::string path = folder / "s";
    server_limits limits;
    limits.max_connections = 4;
    BOOST_TEST(web->listen_unix("local", path, 0600, echo, limits).has_value());
    raw_peer first(ex);
    run(first.connect(path));
    const crowd others(path, 40);
    turn();
    run(first.send(closing_request("GET /")));
    BOOST_TEST(run(first.read_all()).starts_with("HTTP/1.1 200"));
}

BOOST_AUTO_TEST_CASE(a_reader_that_stops_still_gets_a_last_word)
{
    const temporary_folder folder;
    const std::string path = folder / "s";
    std::string why;
    auto pieces = [&why](const incoming_request&) -> task<reply> {
        reply r;
        r.stream = [&why](body_writer& out) -> task<> {
            for (;;) {
                auto written = co_await out.write(std::string(1000, 'x'));
                if (written)
                    continue;
                why = std::string(name(written.error().code));
                break;
            }
            auto told = co_await out.write("resume at 7");
            why += told ? " told" : " not told";
        };
        co_return r;
    };
    BOOST_TEST(web->listen_unix("local", path, 0600, pieces, server_limits()).has_value());
    raw_peer slow(ex);
    run(slow.connect(path));
    run(slow.send("GET / HTTP/1.1\r\nHost: ulak\r\n\r\n"));
    turn(); // until nothing more fits
    pass(server_limits().write_timeout);
    turn();
    BOOST_TEST(why == "timed_out told");
    BOOST_TEST(run(slow.read_all()).ends_with("\r\nresume at 7\r\n0\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(a_stream_that_makes_place_for_another_still_gets_a_last_word)
{
    server_limits limits;
    limits.max_connections = 2;
    auto follow = [this](const incoming_request&) -> task<reply> {
        reply r;
        r.stream = [this](body_writer& out) -> task<> {
            auto begun = co_await out.write("begun");
            async::waiter never(ex);
            auto cancelled = co_await never.wait();
            std::string word = begun && cancelled ? "resume at 7" : "woken";
            auto told = co_await out.write(std::move(word));
            (void)told;
        };
        co_return r;
    };
    serve(follow, limits);
    const std::string request = "GET / HTTP/1.1\r\nHost: ulak\r\n\r\n";
    raw_peer oldest(ex), second(ex), third(ex);
    for (auto* one : {&oldest, &second, &third}) {
        run(one->connect(port));
        run(one->send(request));
        BOOST_TEST(run(one->read_until("begun")).starts_with("HTTP/1.1 200"));
    }
    BOOST_TEST(run(oldest.read_all()).ends_with("\r\nresume at 7\r\n0\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(beyond_the_limit_a_connection_gets_503)
{
    server_limits limits;
    limits.max_connections = 1;
    async::manual_clock* time = &clock;
    serve(
        [time](const incoming_request& in) -> task<reply> {
            if (in.path == "/slow")
                co_await time->sleep_for(std::chrono::hours(1));
            co_return reply(200, "body=");
        },
        limits);
    raw_peer first(ex);
    run(first.connect(port));
    run(first.send("GET /slow HTTP/1.1\r\nHost: ulak\r\n\r\n"));
    BOOST_TEST(is_problem(talk("GET / HTTP/1.1\r\nHost: ulak\r\n\r\n"), 503));
    first.close();
    pass(std::chrono::hours(1));
    std::string answer;
    until([&] {
        answer = talk(closing_request("GET /"));
        return answer.starts_with("HTTP/1.1 200");
    });
}

BOOST_AUTO_TEST_CASE(a_handler_that_throws_is_a_500_without_its_text)
{
    serve([](const incoming_request&) -> task<reply> {
        throw std::runtime_error("the password is hunter2");
        co_return reply();
    });
    auto answer = talk(closing_request("GET /"));
    BOOST_TEST(answer.starts_with("HTTP/1.1 500 "));
    BOOST_TEST(answer.find("hunter2") == answer.npos);
}

BOOST_AUTO_TEST_CASE(headers_of_a_reply_cannot_split_the_answer)
{
    serve([](const incoming_request&) -> task<reply> {
        reply r(200, "x");
        r.headers.emplace_back("Location", "/a\r\nSet-Cookie: b");
        co_return r;
    });
    auto answer = talk(closing_request("GET /"));
    BOOST_TEST(answer.starts_with("HTTP/1.1 500 "));
    BOOST_TEST(answer.find("Set-Cookie") == answer.npos);
}

BOOST_AUTO_TEST_CASE(head_has_the_length_and_no_body)
{
    serve();
    auto answer = talk(closing_request("HEAD /x"));
    BOOST_TEST(answer.find("Content-Length: 16\r\n") != answer.npos);
    BOOST_TEST(answer.ends_with("\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(a_body_that_waits_for_100_continue_is_asked_for)
{
    serve();
    raw_peer peer(ex);
    run(peer.connect(port));
    run(peer.send(closing_request("POST /", "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")));
    BOOST_TEST(run(peer.read_until("\r\n\r\n")) == "HTTP/1.1 100 Continue\r\n\r\n");
    run(peer.send("ok"));
    BOOST_TEST(run(peer.read_all()).ends_with("body=ok"));
}

BOOST_AUTO_TEST_CASE(wire_faults_look_as_they_are_named)
{
    auto answering = [](wire_fault fault) {
        return [fault](const incoming_request&) -> task<reply> {
            reply r(200, "0123456789");
            r.fault = fault;
            r.truncate_at = 4;
            co_return r;
        };
    };
    auto ask = [&](wire_fault fault) {
        web->listen_tcp("faulty", "127.0.0.1", 0, answering(fault), server_limits());
        port = web->listen_tcp("faulty", "127.0.0.1", 0, answering(fault), server_limits()).value();
        raw_peer peer(ex);
        run(peer.connect(port));
        run(peer.send("GET / HTTP/1.1\r\nHost: ulak\r\n\r\n"));
        auto answer = run(peer.read_all());
        return std::pair(answer, peer.ended);
    };
    BOOST_TEST(ask(wire_fault::close_unanswered).first == "");
    BOOST_TEST(ask(wire_fault::reset_unanswered).second == asio::error::connection_reset);
    auto cut = ask(wire_fault::truncate).first;
    BOOST_TEST(cut.find("Content-Length: 10\r\n") != cut.npos);
    BOOST_TEST(cut.ends_with("\r\n\r\n0123"));
    auto dirty = ask(wire_fault::garbage_after).first;
    BOOST_TEST(dirty.find("\r\n\r\n0123456789HTTP/1.1") != dirty.npos);
}

BOOST_AUTO_TEST_CASE(a_stream_arrives_in_chunks_and_ends)
{
    serve([](const incoming_request&) -> task<reply> {
        reply r;
        r.stream = [](body_writer& out) -> task<> {
            co_await out.write("one\n");
            co_await out.write("");
            co_await out.write("two\n");
        };
        co_return r;
    });
    auto answer = talk(closing_request("GET /"));
    BOOST_TEST(answer.find("Transfer-Encoding: chunked\r\n") != answer.npos);
    BOOST_TEST(answer.ends_with("\r\n\r\n4\r\none\n\r\n4\r\ntwo\n\r\n0\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(a_reader_that_takes_nothing_is_cut_off_and_memory_stays_bounded)
{
    std::size_t pieces = 0;
    std::optional<error> ended;
    serve([&](const incoming_request&) -> task<reply> {
        reply r;
        r.stream = [&](body_writer& out) -> task<> {
            while (!ended && pieces < 10000) {
                auto written = co_await out.write(std::string(65536, 'x'));
                if (!written)
                    ended = written.error();
                else
                    ++pieces;
            }
        };
        co_return r;
    });
    raw_peer peer(ex);
    run(peer.connect(port));
    run(peer.send("GET / HTTP/1.1\r\nHost: ulak\r\n\r\n"));
    std::size_t before = 1;
    until([&] { return pieces > 0 && std::exchange(before, pieces) == pieces; });
    BOOST_TEST(pieces < 1000u); // the kernel's buffers, then it waits
    for (int i = 0; i < 40 && !ended; ++i)
        pass(1s);
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST(ended->code == errc::timed_out);
}

BOOST_AUTO_TEST_CASE(a_reader_that_left_is_told_to_the_stream)
{
    std::optional<error> ended;
    serve([&](const incoming_request&) -> task<reply> {
        reply r;
        r.stream = [&](body_writer& out) -> task<> {
            for (int i = 0; i < 1000 && !ended; ++i) {
                auto written = co_await out.write("tick\n");
                if (!written)
                    ended = written.error();
                else
                    co_await clock.sleep_for(15s);
            }
        };
        co_return r;
    });
    raw_peer peer(ex);
    run(peer.connect(port));
    run(peer.send("GET / HTTP/1.1\r\nHost: ulak\r\n\r\n"));
    run(peer.read_until("tick"));
    peer.close();
    for (int i = 0; i < 100 && !ended; ++i)
        pass(15s);
    BOOST_TEST_REQUIRE(ended.has_value());
    BOOST_TEST(ended->code == errc::connection_lost);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
