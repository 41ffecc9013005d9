#include "providers/detail/json.hpp"
#include "providers/detail/json_parse.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(json_)

using namespace ulak;
using namespace ulak::providers;

namespace {

json_value parsed(const std::string& text)
{
    auto v = parse_provider_json(text);
    BOOST_REQUIRE_MESSAGE(v, text << " was refused: " << v.error());
    return std::move(*v);
}

std::string shown_text(const std::optional<std::string>& text)
{
    return text ? *text : "(nothing)";
}

std::string nested(std::size_t depth)
{
    return std::string(depth, '[') + std::string(depth, ']');
}

} // namespace

BOOST_AUTO_TEST_CASE(j02_numbers_keep_the_text_in_which_they_came)
{
    for (const std::string literal : {"4.00", "150.00", "100.84292", "18446744073709551616", "12345678901234567890",
                                      "1e999", "-0", "0.27819", "1e-400", "110547"})
        BOOST_TEST_CONTEXT(literal)
        {
            const auto v = parsed("{\"n\": " + literal + "}");
            BOOST_TEST(shown_text(as_text(v.find("n"))) == literal);
        }
}

BOOST_AUTO_TEST_CASE(a_document_is_read_with_its_whole_shape)
{
    const auto v = parsed(
        "\xEF\xBB\xBF \n {\"a\":[1,\"iki\",true,null,{\"b\":{\"c\":\"\\u011f\"}}],\"\":0,\"x/y\":1,\"~\":2} \r\n");
    BOOST_TEST(v.is_object());
    BOOST_TEST(v.find("a")->items.size() == 5u);
    BOOST_TEST(shown_text(as_text(v.at_pointer("/a/1"))) == "iki");
    BOOST_TEST(v.at_pointer("/a/2")->truth);
    BOOST_TEST(shown_text(as_text(v.at_pointer("/a/4/b/c"))) == "ğ");
    BOOST_TEST(shown_text(as_text(v.at_pointer("/"))) == "0");
    BOOST_TEST(shown_text(as_text(v.at_pointer("/x~1y"))) == "1");
    BOOST_TEST(shown_text(as_text(v.at_pointer("/~0"))) == "2");
    BOOST_TEST(v.at_pointer("") == &v);
}

BOOST_AUTO_TEST_CASE(pointers_to_nowhere_give_nothing)
{
    const auto v = parsed(R"({"a":[1],"s":"text"})");
    for (const char* pointer : {"a", "/b", "/a/1", "/a/-1", "/a/x", "/a/", "/s/0", "/a/0/0", "/a/99999999999999999999"})
        BOOST_TEST_CONTEXT(pointer)
        {
            BOOST_TEST(v.at_pointer(pointer) == nullptr);
        }
}

BOOST_AUTO_TEST_CASE(j01_j07_what_is_not_one_sound_document_is_refused)
{
    for (const std::string text : {"",
                                   " ",
                                   "{",
                                   "{\"a\":1",
                                   "{\"a\":1}}",
                                   "{\"a\":1} {}",
                                   "{\"a\":1}<br />",
                                   "{a:1}",
                                   "{\"a\":012}",
                                   "NaN",
                                   "Infinity",
                                   "{\"a\":NaN}",
                                   "{\"a\":+1}",
                                   "{\"a\":.5}",
                                   "[1,]",
                                   "// x\n1",
                                   "{\"a\":\"\xff\"}",
                                   "{\"a\":\"\xc0\xaf\"}",
                                   "{\"a\":\"\\ud800\"}",
                                   "{'a':1}",
                                   "tru",
                                   "\"open"})
        BOOST_TEST_CONTEXT(text)
        {
            const auto v = parse_provider_json(text);
            BOOST_REQUIRE(!v);
            BOOST_TEST(name(v.error().code) == "contract");
        }
}

BOOST_AUTO_TEST_CASE(j01_every_truncation_of_a_document_is_refused)
{
    const std::string whole = R"({"success":true,"data":{"id":123,"list":[1,2.50,"\u00e7"],"none":null}})";
    for (std::size_t n = 0; n < whole.size(); ++n)
        BOOST_TEST(!parse_provider_json(whole.substr(0, n)), "accepted " << n << " bytes");
    BOOST_TEST(!!parse_provider_json(whole));
}

BOOST_AUTO_TEST_CASE(j05_a_key_with_two_values_is_refused_and_one_that_is_repeated_is_not)
{
    BOOST_TEST(!parse_provider_json(R"({"id":1,"id":2})"));
    BOOST_TEST(!parse_provider_json(R"({"a":{"id":1,"b":0,"id":"1"}})"));
    BOOST_TEST(!parse_provider_json(R"([{"x":[1],"x":[1,2]}])"));
    BOOST_TEST(!!parse_provider_json(R"({"id":1,"id":1})"));
    BOOST_TEST(!!parse_provider_json(R"({"a":{"b":[1,{"c":null}]},"a":{"b":[1,{"c":null}]}})"));
    BOOST_TEST(!!parse_provider_json(R"([{"id":1},{"id":2}])"));
}

BOOST_AUTO_TEST_CASE(j06_limits_hold)
{
    BOOST_TEST(!!parse_provider_json(nested(32)));
    BOOST_TEST(!parse_provider_json(nested(33)));
    BOOST_TEST(!parse_provider_json(nested(100'000)));
    const auto with_key = [](std::size_t n) { return "{\"" + std::string(n, 'k') + "\":1}"; };
    BOOST_TEST(!!parse_provider_json(with_key(256)));
    BOOST_TEST(!parse_provider_json(with_key(257)));
    BOOST_TEST(!parse_provider_json("\"" + std::string(1 << 20, 'x') + "\""));
    const auto list = [](std::size_t n) {
        std::string out = "[0";
        for (std::size_t i = 1; i < n; ++i)
            out += ",0";
        return out + "]";
    };
    BOOST_TEST(!!parse_provider_json(list(100'000)));
    BOOST_TEST(!parse_provider_json(list(100'001)));
    std::string many = "[" + list(90'000);
    for (int i = 0; i < 5; ++i)
        many += "," + list(90'000);
    BOOST_TEST(!parse_provider_json(many + "]"));
}

BOOST_AUTO_TEST_CASE(j03_ids_become_canonical_text)
{
    struct row {
        const char* json;
        const char* id;
    };
    for (const auto& [json, id] : {row{"123", "123"},
                                   row{"\"123\"", "123"},
                                   row{"\" 0123 \"", "123"},
                                   row{"18446744073709551615", "18446744073709551615"},
                                   row{"\"a1-b2\"", "a1-b2"},
                                   row{"0", "(nothing)"},
                                   row{"\"000\"", "(nothing)"},
                                   row{"-5", "(nothing)"},
                                   row{"\"-5\"", "(nothing)"},
                                   row{"1.5", "(nothing)"},
                                   row{"1e3", "(nothing)"},
                                   row{"\"1e3\"", "(nothing)"},
                                   row{"123456789012345678901", "(nothing)"},
                                   row{"\"123456789012345678901\"", "(nothing)"},
                                   row{"\"\"", "(nothing)"},
                                   row{"\" \"", "(nothing)"},
                                   row{"null", "(nothing)"},
                                   row{"true", "(nothing)"},
                                   row{"[1]", "(nothing)"},
                                   row{"{\"id\":1}", "(nothing)"},
                                   row{"\"a\\u0000b\"", "(nothing)"},
                                   row{"\"a\\nb\"", "(nothing)"}})
        BOOST_TEST_CONTEXT(json)
        {
            const auto v = parsed(json);
            BOOST_TEST(shown_text(as_id(&v)) == id);
        }
    const auto word = parsed("\"a1\"");
    BOOST_TEST(!as_number_id(&word));
    BOOST_TEST(!as_id(nullptr));
}

BOOST_AUTO_TEST_CASE(j03_integers_come_as_numbers_and_as_texts)
{
    struct row {
        const char* json;
        std::optional<std::int64_t> value;
    };
    for (const auto& [json, value] :
         {row{"157", 157}, row{"\"157\"", 157}, row{"\" -1 \"", -1}, row{"123.0", 123}, row{"\"50.00\"", 50},
          row{"9223372036854775807", INT64_MAX}, row{"9223372036854775808", {}}, row{"1.5", {}}, row{"1e2", {}},
          row{"\"\"", {}}, row{"\"12a\"", {}}, row{"null", {}}, row{"false", {}}, row{"[]", {}}})
        BOOST_TEST_CONTEXT(json)
        {
            const auto v = parsed(json);
            BOOST_TEST((as_int(&v) == value));
        }
}

BOOST_AUTO_TEST_CASE(j02_j03_money_is_exact_whatever_its_form)
{
    struct row {
        const char* json;
        std::int64_t micros;
    };
    for (const auto& [json, micros] :
         {row{"\"1,50\"", 1'500'000}, row{"1e-400", 0}, row{"4.4e-16", 0}, row{"1.5e3", 1'500'000'000},
          row{"\"1.234,56\"", 1'234'560'000}, row{"\"1,234.56\"", 1'234'560'000}, row{"\"₺100.50\"", 100'500'000},
          row{"\"100,5 TL\"", 100'500'000}, row{"\"1.234.567\"", 1'234'567'000'000}, row{"\"150.00\"", 150'000'000},
          row{"4.00", 4'000'000}, row{"100", 100'000'000}, row{"\"8\"", 8'000'000}, row{"\"100.84292\"", 100'842'920},
          row{"\"0.27819\"", 278'190}, row{"-2.5", -2'500'000}, row{"\" 5 \"", 5'000'000}})
        BOOST_TEST_CONTEXT(json)
        {
            const auto v = parsed(json);
            BOOST_REQUIRE(as_decimal(&v));
            BOOST_TEST(as_decimal(&v)->micros() == micros);
        }
    for (const char* json : {"1e309", "\"1,50,5\"", "\"12.34,5.6\"", "\"5 elma\"", "\"\"", "null", "true", "[1]",
                             "1000000000000000000000", "\"abc\""})
        BOOST_TEST_CONTEXT(json)
        {
            const auto v = parsed(json);
            BOOST_TEST(!as_decimal(&v));
        }
}

BOOST_AUTO_TEST_CASE(truth_comes_in_four_forms)
{
    for (const char* yes : {"true", "1", "\"1\"", "\"true\""})
        BOOST_TEST((as_bool(std::make_unique<json_value>(parsed(yes)).get()) == true), yes);
    for (const char* no : {"false", "0", "\"0\"", "\"false\""})
        BOOST_TEST((as_bool(std::make_unique<json_value>(parsed(no)).get()) == false), no);
    for (const char* neither : {"2", "\"yes\"", "null", "[]", "\"\"", "{}"})
        BOOST_TEST(!as_bool(std::make_unique<json_value>(parsed(neither)).get()), neither);
}

BOOST_AUTO_TEST_SUITE_END()
