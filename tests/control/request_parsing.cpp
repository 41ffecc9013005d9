#include "control/detail/request_parsing.hpp"

#include "control/detail/problem.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

using namespace ulak;
using namespace ulak::control;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(request_parsing_)

namespace {

http::incoming_request with(http::header_list query, std::string body = {})
{
    http::incoming_request r;
    r.query = std::move(query);
    r.body = std::move(body);
    return r;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_wait_is_a_duration_of_ten_minutes_at_most)
{
    BOOST_TEST((parse_wait(with({})).value() == 0ms));
    BOOST_TEST((parse_wait(with({{"wait", "30s"}})).value() == 30s));
    BOOST_TEST((parse_wait(with({{"wait", "2h"}})).value() == 10min));
    for (const char* bad : {"x", "-1s", "30"})
        BOOST_TEST(!parse_wait(with({{"wait", bad}})).has_value(), bad);
}

BOOST_AUTO_TEST_CASE(a_limit_is_a_whole_number_within_its_bounds)
{
    BOOST_TEST(parse_limit(with({}), 50, 1000).value() == 50u);
    BOOST_TEST(parse_limit(with({{"limit", "1"}}), 50, 1000).value() == 1u);
    BOOST_TEST(parse_limit(with({{"limit", "1000"}}), 50, 1000).value() == 1000u);
    for (const char* bad : {"0", "1001", "-1", "1.5", "5x", "99999999999999999999999"}) {
        const auto refused = parse_limit(with({{"limit", bad}}), 50, 1000);
        BOOST_TEST_REQUIRE(!refused.has_value(), bad);
        BOOST_TEST((refused.error().code == errc::invalid_argument));
    }
}

BOOST_AUTO_TEST_CASE(a_body_is_an_object_of_known_keys)
{
    BOOST_TEST(parse_body(with({}), {"a"}).value().empty());
    BOOST_TEST(parse_body(with({}, " \n"), {"a"}).value().empty());
    BOOST_TEST(parse_body(with({}, R"({"a":1})"), {"a", "b"}).value().at("a").as_int64() == 1);
    for (const char* bad : {"[]", "1", "{", "{}x"})
        BOOST_TEST(!parse_body(with({}, bad), {"a"}).has_value(), bad);
    BOOST_TEST(parse_body(with({}, R"({"c":1})"), {"a", "b"}).error().message == "unknown key `c`; known: a, b");
}

BOOST_AUTO_TEST_CASE(each_code_has_the_status_that_says_the_same)
{
    struct row {
        errc code;
        int status;
    };
    const row table[] = {{errc::invalid_argument, 400}, {errc::forbidden, 403},   {errc::not_found, 404},
                         {errc::conflict, 409},         {errc::paused, 409},      {errc::budget, 409},
                         {errc::too_large, 413},        {errc::unsupported, 422}, {errc::unavailable, 503},
                         {errc::cancelled, 503},        {errc::timed_out, 504},   {errc::transient, 502}};
    for (const auto& r : table)
        BOOST_TEST(status_of(r.code) == r.status, name(r.code));
}

BOOST_AUTO_TEST_CASE(a_problem_has_every_member_of_the_standard)
{
    const auto reply = problem(error(errc::not_found, "there is no job x"));
    const auto o = boost::json::parse(reply.body).as_object();
    BOOST_TEST(reply.status == 404);
    BOOST_TEST(reply.content_type == "application/problem+json");
    BOOST_TEST(o.at("type").as_string() == "about:blank");
    BOOST_TEST(o.at("title").as_string() == "Not found");
    BOOST_TEST(o.at("status").as_int64() == 404);
    BOOST_TEST(o.at("detail").as_string() == "there is no job x");
    BOOST_TEST(o.at("code").as_string() == "not_found");
}

BOOST_AUTO_TEST_SUITE_END()
