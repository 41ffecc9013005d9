#include "http/server/request_reader.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {

BOOST_AUTO_TEST_SUITE(request_reader_)

namespace {

using step = request_reader::step;

int status_of(const std::string& bytes, server_limits limits = {})
{
    request_reader reader(limits);
    return reader.feed(bytes) == step::failed ? reader.reason().status : 0;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_request_is_the_same_in_pieces_of_any_size)
{
    const std::string bytes = "POST /a%20b?x=1&y=%2B HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello";
    for (std::size_t size = 1; size <= bytes.size(); ++size) {
        request_reader reader({});
        auto now = step::more;
        for (std::size_t at = 0; at < bytes.size(); at += size) {
            BOOST_TEST((now == step::more));
            now = reader.feed(bytes.substr(at, size));
        }
        BOOST_TEST((now == step::done), size);
        const auto got = reader.take();
        BOOST_TEST(got.verb == "POST");
        BOOST_TEST(got.path == "/a b");
        BOOST_TEST(got.parameter("y") == "+");
        BOOST_TEST(got.header("HOST") == "h");
        BOOST_TEST(got.body == "hello");
        BOOST_TEST(reader.keep_alive());
    }
}

BOOST_AUTO_TEST_CASE(the_next_request_begins_behind_the_last)
{
    request_reader reader({});
    BOOST_TEST((reader.feed("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n") == step::done));
    BOOST_TEST(reader.take().path == "/1");
    reader.start_next();
    BOOST_TEST(reader.started());
    BOOST_TEST((reader.feed("") == step::done));
    BOOST_TEST(reader.take().path == "/2");
}

BOOST_AUTO_TEST_CASE(what_could_mean_two_things_is_rejected)
{
    const std::pair<const char*, int> rows[] = {{"GET / HTTP/1.1\r\n\r\n", 400},
                                                {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
                                                {"GET x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
                                                {"GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400},
                                                {"GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
                                                {"GET / HTTP/1.1\nHost: a\n\n", 400},
                                                {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
                                                {"GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n", 417}};
    for (const auto& [bytes, status] : rows)
        BOOST_TEST(status_of(bytes) == status, bytes);
}

BOOST_AUTO_TEST_CASE(limits_have_statuses_of_their_own)
{
    server_limits limits;
    limits.header_bytes = 64;
    limits.body_bytes = 8;
    BOOST_TEST(status_of("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(80, 'x'), limits) == 431);
    BOOST_TEST(status_of("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n123456789", limits) == 413);
}

BOOST_AUTO_TEST_CASE(the_old_version_needs_no_host_and_keeps_nothing_alive)
{
    request_reader reader({});
    BOOST_TEST((reader.feed("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") == step::done));
    BOOST_TEST(reader.is_http10());
    BOOST_TEST(!reader.keep_alive());
}

BOOST_AUTO_TEST_CASE(a_body_that_waits_is_asked_for_once)
{
    request_reader reader({});
    BOOST_TEST((reader.feed("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n") ==
                step::wants_continue));
    BOOST_TEST((reader.feed("o") == step::more));
    BOOST_TEST((reader.feed("k") == step::done));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
