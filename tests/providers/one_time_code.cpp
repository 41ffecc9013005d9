#include "providers/detail/one_time_code.hpp"

#include "providers/detail/json_parse.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(one_time_code_)

using namespace ulak::providers;

namespace {

std::optional<found_code> in(const std::string& json, code_letters letters)
{
    const auto v = parse_provider_json(json);
    BOOST_REQUIRE(v);
    return find_code(&*v, letters);
}

} // namespace

BOOST_AUTO_TEST_CASE(j08_codes_come_as_numbers_texts_and_messages)
{
    struct row {
        const char* json;
        const char* code;
        const char* text;
        bool numeric;
    };
    for (const auto& [json, code, text, numeric] :
         {row{"110547", "110547", "", true}, row{"7", "7", "", true}, row{"731904.0", "731904", "", true},
          row{"7.31904e5", "731904", "", true}, row{"\"TGRWKM\"", "", "TGRWKM", false},
          row{"\"Bekleniyor\"", "", "Bekleniyor", false}, row{"\"012345\"", "012345", "", false},
          row{"\" 4711 \"", "4711", "", false}, row{"\"123-456\"", "123456", "", false},
          row{"\"123 456\"", "123456", "", false}, row{"\"G-123456\"", "", "G-123456", false},
          row{"\"A1B2C3\"", "A1B2C3", "", false}, row{"\"Kodunuz: 123456\"", "", "Kodunuz: 123456", false},
          row{"\"12345678901234567\"", "", "12345678901234567", false}, row{"\"-5551\"", "", "-5551", false},
          row{"\"1-\"", "", "1-", false}})
        BOOST_TEST_CONTEXT(json)
        {
            const auto found = in(json, code_letters::also_letters);
            BOOST_REQUIRE(found);
            BOOST_TEST(found->code == code);
            BOOST_TEST(found->text == text);
            BOOST_TEST(found->numeric == numeric);
        }
}

BOOST_AUTO_TEST_CASE(what_is_no_code_is_nothing)
{
    for (const char* json :
         {"null", "\"\"", "\"  \"", "0", "\"0\"", "-1", "\"-1\"", "000.0", "1.5", "true", "[]", "{}", "1e30", "-2.0"}) {
        const auto v = parse_provider_json(json);
        if (v)
            BOOST_TEST(!find_code(&*v, code_letters::also_letters), json);
    }
    BOOST_TEST(!find_code(nullptr, code_letters::also_letters));
}

BOOST_AUTO_TEST_CASE(a_word_with_letters_counts_only_where_a_code_is_expected)
{
    const auto found = in("\"A1B2C3\"", code_letters::digits_only);
    BOOST_REQUIRE(found);
    BOOST_TEST(found->code.empty());
    BOOST_TEST(found->text == "A1B2C3");
}

BOOST_AUTO_TEST_CASE(groups_of_four_to_eight_digits_are_seen)
{
    for (const char* yes : {"1234", "kod 123456.", "12345678", "x1234y"})
        BOOST_TEST(has_digit_group(yes), yes);
    for (const char* no : {"", "123", "kod 12 3", "123456789", "Sipariş 123 bekleniyor"})
        BOOST_TEST(!has_digit_group(no), no);
}

BOOST_AUTO_TEST_SUITE_END()
