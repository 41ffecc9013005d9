#include "sim/json.hpp"

#include <boost/test/unit_test.hpp>

using namespace ulak;
namespace json = ulak::sim::json;

BOOST_AUTO_TEST_SUITE(json_)

BOOST_AUTO_TEST_CASE(texts_are_quoted_and_escaped)
{
    BOOST_TEST(json::text("") == R"("")");
    BOOST_TEST(json::text("a\"b\\c\n") == R"("a\"b\\c\n")");
    BOOST_TEST(json::text("Örnek") == "\"Örnek\"");
    BOOST_TEST(json::texts({"a", "b\""}) == R"(["a","b\""])");
    BOOST_TEST(json::texts({}) == "[]");
}

BOOST_AUTO_TEST_CASE(numbers_come_bare_or_quoted)
{
    BOOST_TEST(json::number(-42) == "-42");
    BOOST_TEST(json::numeral(42, false) == "42");
    BOOST_TEST(json::numeral(42, true) == R"("42")");
    BOOST_TEST(json::truth(true) == "true");
    BOOST_TEST(json::truth(false) == "false");
}

BOOST_AUTO_TEST_CASE(objects_keep_the_order_of_their_members_and_take_values_as_they_are)
{
    BOOST_TEST(json::object({{"z", "4.00"}, {"a", json::null}, {"m", "012345"}}) ==
               R"({"z":4.00,"a":null,"m":012345})");
    const std::vector<json::member> members{{"b", json::number(1)}, {"a", json::array({"1", "[]"})}};
    BOOST_TEST(json::object(members) == R"({"b":1,"a":[1,[]]})");
    BOOST_TEST(json::object(std::vector<json::member>()) == "{}");
    BOOST_TEST(json::array({}) == "[]");
}

BOOST_AUTO_TEST_SUITE_END()
