#include "http/server/reply_writer.hpp"

#include "http/server/problem.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {

BOOST_AUTO_TEST_SUITE(reply_writer_)

BOOST_AUTO_TEST_CASE(each_framing_stands_in_the_header)
{
    const reply r(200, "x", "text/plain");
    BOOST_TEST(write_head(r, framing::length, 1, true).value() ==
               "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\n");
    BOOST_TEST(
        write_head(r, framing::chunked, 0, false).value() ==
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
    BOOST_TEST(write_head(r, framing::until_close, 0, false).value() ==
               "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(statuses_without_a_body_have_no_framing)
{
    for (int status : {204, 304})
        BOOST_TEST(write_head(reply(status), framing::length, 0, true)->find("Content-") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(no_header_splits_a_reply)
{
    for (const auto& [name, value] : header_list{{"A", "b\r\nC: d"}, {"A B", "c"}, {"", "x"}, {"A", "b\n"}}) {
        reply r;
        r.headers.emplace_back(name, value);
        BOOST_TEST((write_head(r, framing::length, 0, true).error().code == errc::invalid_argument));
    }
    for (int status : {0, 100, 199, 600})
        BOOST_TEST(write_head(reply(status), framing::length, 0, true).has_error(), status);
}

BOOST_AUTO_TEST_CASE(a_problem_says_status_code_and_detail)
{
    const auto r = problem(429, "slow \"down\"");
    const auto body = boost::json::parse(r.body);
    BOOST_TEST(r.content_type == "application/problem+json");
    BOOST_TEST(body.at("code").as_string() == "rate_limited");
    BOOST_TEST(body.at("detail").as_string() == "slow \"down\"");
    BOOST_TEST(body.at("title").as_string() == "Too Many Requests");
    BOOST_TEST(boost::json::parse(problem(599, "x").body).at("code").as_string() == "unavailable");
    BOOST_TEST(reason_phrase(599) == "Status");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
