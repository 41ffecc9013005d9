// A server on loopback and peers that speak bytes to it.
#pragma once

#include "http/loop.hpp"
#include "http/print.hpp"
#include "http/raw_peer.hpp"
#include "http/server.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace ulak::http::testing {
inline task<reply> echo(const incoming_request& in)
{
    std::string text = in.verb + " " + in.path + " q=" + std::string(in.parameter("q")) + " body=" + in.body;
    co_return reply(200, std::move(text), "text/plain");
}

struct server_fixture : loop_fixture {
    std::unique_ptr<server> web = make_server(ex, clock);
    unsigned short port = 0;

    void serve(handler h = echo, server_limits limits = server_limits())
    {
        port = web->listen_tcp("test", "127.0.0.1", 0, std::move(h), limits).value();
    }

    task<std::string> whole_talk(std::string bytes)
    {
        raw_peer peer(ex);
        co_await peer.connect(port);
        co_await peer.send(std::move(bytes));
        co_return co_await peer.read_all();
    }

    std::string talk(std::string bytes) { return run(whole_talk(std::move(bytes))); }

    ~server_fixture() { run(web->stop(clock.now())); }
};

inline std::string closing_request(std::string_view first_line, std::string_view rest = "")
{
    std::string out(first_line);
    out += " HTTP/1.1\r\nHost: ulak\r\nConnection: close\r\n";
    out += rest.empty() ? "\r\n" : rest;
    return out;
}

inline bool is_problem(const std::string& answer, int status)
{
    bool right = answer.starts_with("HTTP/1.1 " + std::to_string(status) + " ") &&
                 answer.find("Content-Type: application/problem+json\r\n") != answer.npos &&
                 answer.find("\"status\":" + std::to_string(status)) != answer.npos &&
                 answer.find("Connection: close\r\n") != answer.npos;
    if (!right)
        BOOST_TEST_MESSAGE("answer: " << answer);
    return right;
}

} // namespace ulak::http::testing
