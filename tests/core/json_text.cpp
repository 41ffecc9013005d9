#include "core/json_text.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

using namespace ulak;

BOOST_AUTO_TEST_SUITE(json_text_)

BOOST_AUTO_TEST_CASE(documents_of_every_type_are_read)
{
    for (const auto* text : {"{}", "[]", "\"a\"", "12", "-1.5", "true", "null", " {\"a\": [1, {\"b\": \"ş\"}]} \r\n"})
        BOOST_TEST_CONTEXT(text)
        {
            BOOST_TEST(parse_json(text).has_value());
        }
}

BOOST_AUTO_TEST_CASE(what_is_not_json_is_refused_with_its_place)
{
    struct {
        const char* text;
        const char* place;
    } const table[] = {
        {"", "byte 0"},
        {"{\"code\": 012345}", "byte 10"},
        {"\xEF\xBB\xBF{}", "byte 0"},
        {"{balance: 1}", "byte 1"},
        {"{\"a\":1}<br />", "byte 7"},
        {"{} {}", "byte 3"},
        {"{\"a\": 1", "byte 7"},
        {"[1,]", "byte 3"},
        {"'a'", "byte 0"},
        {"{\"a\": NaN}", "byte 6"},
        {"\"a\xff\"", "byte 2"},
        {"// x\n{}", "byte 0"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            const auto read = parse_json(row.text);
            BOOST_TEST_REQUIRE(read.has_error());
            BOOST_TEST((read.error().code == errc::invalid_argument));
            BOOST_TEST(read.error().message.find(row.place) != std::string::npos, read.error().message);
        }
}

BOOST_AUTO_TEST_CASE(depth_and_size_have_an_end)
{
    BOOST_TEST(parse_json(std::string(32, '[') + std::string(32, ']')).has_value());
    BOOST_TEST(parse_json(std::string(33, '[') + std::string(33, ']')).has_error());
    BOOST_TEST(parse_json("[1,2,3]", 7).has_value());
    BOOST_TEST(parse_json("[1,2,3]", 6).has_error());
    BOOST_TEST(parse_json(std::string(1'000'000, '[')).has_error());
}

BOOST_AUTO_TEST_CASE(values_are_written_in_a_stable_form)
{
    using boost::json::serialize;
    BOOST_TEST(serialize(json_of(money(decimal::from_integer(4), "TRY"))) == R"({"amount":"4.00","unit":"TRY"})");
    BOOST_TEST(serialize(json_of(error(errc::timed_out, "x \"y\""))) == R"({"code":"timed_out","message":"x \"y\""})");
    BOOST_TEST(serialize(json_or_null(std::optional<std::string>())) == "null");
    BOOST_TEST(serialize(json_or_null(std::optional<std::string>(""))) == "\"\"");
    BOOST_TEST(serialize(json_or_null(std::optional<wall_point>())) == "null");
    BOOST_TEST(serialize(json_or_null(std::optional(from_unix_ms(0)))) == "\"1970-01-01T00:00:00.000Z\"");
}

BOOST_AUTO_TEST_SUITE_END()
