#include "ulakctl/query.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

namespace ulak::ctl::testing {

BOOST_AUTO_TEST_SUITE(query_)

BOOST_AUTO_TEST_CASE(no_name_can_leave_its_place_in_a_path)
{
    BOOST_TEST(path_segment("otp") == "otp");
    BOOST_TEST(path_segment("../x?y#z") == "..%2Fx%3Fy%23z");
    BOOST_TEST(path_segment("ğ") == "%C4%9F");
}

BOOST_AUTO_TEST_CASE(a_query_is_empty_or_begins_with_its_mark)
{
    query q;
    BOOST_TEST(q.text() == "");
    q.add("a", "1");
    q.add("b", "x&y=z");
    BOOST_TEST(q.text() == "?a=1&b=x%26y%3Dz");
}

BOOST_AUTO_TEST_CASE(parameters_have_a_name_and_are_given_once)
{
    BOOST_TEST(boost::json::serialize(*parse_params({"a=1", "b=", "c=x=y"})) == R"({"a":"1","b":"","c":"x=y"})");
    BOOST_TEST(parse_params({})->empty());
    for (const auto& wrong : {std::vector<std::string>{"a"}, {"=1"}, {""}, {"a=1", "a=1"}}) {
        auto got = parse_params(wrong);
        BOOST_TEST(got.has_error());
        BOOST_TEST(got.error().http_status == 400);
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
