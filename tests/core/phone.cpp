#include "core/phone.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <string>

BOOST_AUTO_TEST_SUITE(phone_)

using ulak::mask_long_numbers;
using ulak::mask_number;
using ulak::phone;

BOOST_AUTO_TEST_CASE(the_usual_ways_to_write_a_number_are_one_number)
{
    for (const auto* text : {"5551112233", "05551112233", "905551112233", "+905551112233", "+90 555 111 22 33",
                             "0(555)111 22 33", "0090-555-111-22-33", "(+90) 555.111.22.33", " 555/111/22/33\r\n",
                             "555\u00A0111\u202F22\u200733", "\u200E+90 555\u2011111\u201322\u221233\u200F",
                             "\uFEFF5551112233", "５５５１１１２２３３", "＋９０５５５１１１２２３３"})
        BOOST_TEST_CONTEXT(text)
        {
            const auto p = phone::parse(text);
            BOOST_TEST_REQUIRE(p.has_value());
            BOOST_TEST(p->digits() == "5551112233");
        }
}

BOOST_AUTO_TEST_CASE(what_spreadsheets_and_people_leave_around_a_number_is_taken_off_or_refused)
{
    std::ifstream lines(ULAK_SOURCE_DIR "/tests/core/field/phones.jsonl");
    std::size_t cases = 0;
    for (std::string line; std::getline(lines, line); ++cases) {
        const auto c = boost::json::parse(line);
        const std::string value(c.at("value").as_string());
        BOOST_TEST_CONTEXT(value)
        {
            const auto read = phone::parse(value);
            const std::string outcome = read ? read->digits() : "number";
            const auto& allowed = c.at("outcome").as_array();
            BOOST_TEST((std::ranges::find(allowed, boost::json::value(outcome)) != allowed.end()), outcome);
        }
    }
    BOOST_TEST(cases == 71u);
}

BOOST_AUTO_TEST_CASE(dots_join_groups_of_digits_and_no_decimals)
{
    for (const auto* text : {"555.1112233", "0555.111.22.33", "+90.555.111.22.33", "'05551112233", "5551112233.00",
                             "=05551112233", "0 555.111 22 33"})
        BOOST_TEST(phone::parse(text).value().digits() == "5551112233", text);
    for (const auto* text : {"555111.2233", "5551112.233", "555111223.3", "5551112233.5", "555.111.22.3.3",
                             "5.551112233E9", "5,55E+09", "55511122330.0"})
        BOOST_TEST(!phone::parse(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(a_zero_behind_the_country_code_is_dropped)
{
    for (const auto* text : {"+90 0555 111 22 33", "9005551112233", "009005551112233"})
        BOOST_TEST_CONTEXT(text)
        {
            const auto p = phone::parse(text);
            BOOST_TEST_REQUIRE(p.has_value());
            BOOST_TEST(p->digits() == "5551112233");
        }
}

BOOST_AUTO_TEST_CASE(anything_else_is_refused_with_the_reason)
{
    struct {
        const char* text;
        const char* reason;
    } const table[] = {
        {"555334455", "9 digits, 10 are needed"},
        {"55511122334", "11 digits, 10 are needed"},
        {"0555111223", "9 digits, 10 are needed"},
        {"+9055511122334", "11 digits, 10 are needed"},
        {"+90", "0 digits, 10 are needed"},
        {"4551112233", "begins with 4"},
        {"2121112233", "begins with 2"},
        {"9051112233", "begins with 9"},
        {"+4915112345678", "not a number of Turkey"},
        {"004915112345678", "not a number of Turkey"},
        {"5,55111E+09", "shortened by a spreadsheet"},
        {"5.55111E+09", "shortened by a spreadsheet"},
        {"555+1112233", "holds \"+\""},
        {"555111223x", "holds \"x\""},
        {"٥٥٥١١١٢٢٣٣", "no phone number does"},
        {"555\x1b[31m1112233", "holds \"\\x1b\""},
        {"5551112233\xff", "not valid UTF-8"},
        {"", "is empty"},
        {"  \t ", "is empty"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            const auto p = phone::parse(row.text);
            BOOST_TEST_REQUIRE(p.has_error());
            BOOST_TEST((p.error().code == ulak::errc::invalid_argument));
            BOOST_TEST(p.error().message.find(row.reason) != std::string::npos, p.error().message);
        }
}

BOOST_AUTO_TEST_CASE(a_number_is_written_for_providers_and_for_logs)
{
    const auto p = phone::parse("0555 111 22 33").value();
    BOOST_TEST(p.masked() == "555***2233");
    BOOST_TEST(p == phone::parse("+90 0555 111 22 33").value());
}

BOOST_AUTO_TEST_CASE(masks_hide_at_least_three_digits)
{
    struct {
        const char* number;
        const char* masked;
    } const table[] = {
        {"+65789654123", "+65***4123"},
        {"5551112233", "555***2233"},
        {"123456789", "***89"},
        {"123456", "***56"},
        {"12345", "***"},
        {"", "***"},
        {"ışğüöç12345", "***"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.number)
        {
            BOOST_TEST(mask_number(row.number) == row.masked);
        }
}

BOOST_AUTO_TEST_CASE(numbers_within_a_text_are_masked_and_the_rest_stays)
{
    BOOST_TEST(mask_long_numbers("number +905551112233 at 14:30, order 26343, 5551112233") ==
               "number +905***2233 at 14:30, order 26343, 555***2233");
    BOOST_TEST(mask_long_numbers("ışık 05551112233") == "ışık 055***2233");
    BOOST_TEST(mask_long_numbers("") == "");
}

BOOST_AUTO_TEST_CASE(numbers_within_a_text_are_masked_however_they_are_written)
{
    struct {
        const char* text;
        const char* masked;
    } const table[] = {
        {"call 0555 111 22 33 at noon", "call 055***2233 at noon"},
        {"+90 (555) 111-22-33", "+905***2233"},
        {"5551112233.0", "555***2233.0"},
        {R"({"gsm":"905551112233","n":7})", R"({"gsm":"905***2233","n":7})"},
        {"https://example.com/?to=0555%20111%2022%2033&x=1", "https://example.com/?to=055***2233&x=1"},
        {"ab5551112233cd", "ab555***2233cd"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            BOOST_TEST(mask_long_numbers(row.text) == row.masked);
        }
}

BOOST_AUTO_TEST_CASE(numbers_order_and_compare_by_their_digits)
{
    const auto low = phone::parse("5551112233").value(), high = phone::parse("+905551112234").value();
    BOOST_TEST((low < high));
    BOOST_TEST((low == phone::parse("0555 111 22 33").value()));
    BOOST_TEST(!(low == high));
}

BOOST_AUTO_TEST_CASE(no_mask_shows_more_than_seven_characters)
{
    for (std::size_t size = 0; size < 30; ++size) {
        const std::string number(size, '7');
        const auto masked = mask_number(number);
        BOOST_TEST(std::count(masked.begin(), masked.end(), '7') <= 7);
        BOOST_TEST(masked.find("***") != std::string::npos);
        if (size > 0)
            BOOST_TEST(masked != number);
    }
}

BOOST_AUTO_TEST_CASE(sequences_of_nine_digits_are_no_phone_number)
{
    BOOST_TEST(mask_long_numbers("123456789") == "123456789");
    BOOST_TEST(mask_long_numbers("1234567890") == "123***7890");
    BOOST_TEST(mask_long_numbers("12345-67890") == "12345-67890");
    BOOST_TEST(mask_long_numbers("a1234567890b1234567890") == "a123***7890b123***7890");
}

BOOST_AUTO_TEST_SUITE_END()
