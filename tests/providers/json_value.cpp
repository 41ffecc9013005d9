#include "providers/detail/json_value.hpp"

#include "providers/detail/json_parse.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(json_value_)

using namespace ulak;
using namespace ulak::providers;

namespace {

json_value parsed(const std::string& text)
{
    auto v = parse_provider_json(text);
    BOOST_REQUIRE(v);
    return std::move(*v);
}

} // namespace

BOOST_AUTO_TEST_CASE(members_are_found_by_name_in_objects_alone)
{
    const auto v = parsed(R"({"a":1,"A":2,"":3})");
    BOOST_TEST(v.find("a")->text == "1");
    BOOST_TEST(v.find("A")->text == "2");
    BOOST_TEST(v.find("")->text == "3");
    BOOST_TEST((v.find("b") == nullptr));
    for (const char* other : {"[1]", "1", "null", "\"a\""})
        BOOST_TEST((parsed(other).find("a") == nullptr), other);
}

BOOST_AUTO_TEST_CASE(pointers_follow_rfc_6901)
{
    const auto v = parsed(R"({"data":{"sms":[{"code":"1234"},7]},"a/b":1,"m~n":2,"~1":3,"0":4})");
    struct row {
        const char *pointer, *text;
    };
    for (const auto& [pointer, text] : {row{"/data/sms/0/code", "1234"}, row{"/data/sms/1", "7"}, row{"/a~1b", "1"},
                                        row{"/m~0n", "2"}, row{"/~01", "3"}, row{"/0", "4"}})
        BOOST_TEST_CONTEXT(pointer)
        {
            const auto* at = v.at_pointer(pointer);
            BOOST_REQUIRE(at);
            BOOST_TEST(at->text == text);
        }
    BOOST_TEST((v.at_pointer("") == &v));
}

BOOST_AUTO_TEST_CASE(pointers_to_nothing_are_null)
{
    const auto v = parsed(R"({"data":{"sms":[{"code":"1234"}]}})");
    for (const char* pointer : {"data", "/x", "/data/sms/1", "/data/sms/-1", "/data/sms/00x", "/data/sms/-",
                                "/data/sms/", "/data/sms/0/code/0", "/data/sms/99999999999999999999", "//"})
        BOOST_TEST((v.at_pointer(pointer) == nullptr), pointer);
}

BOOST_AUTO_TEST_CASE(numbers_keep_their_text)
{
    for (const char* number : {"4.00", "18446744073709551616", "1e3", "-0", "0.10"})
        BOOST_TEST(parsed(number).text == number);
}

BOOST_AUTO_TEST_SUITE_END()
