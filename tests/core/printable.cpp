#include "core/text.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace ulak;

BOOST_AUTO_TEST_SUITE(printable_)

BOOST_AUTO_TEST_CASE(what_would_act_on_a_terminal_is_made_visible)
{
    struct {
        std::string text;
        const char* shown;
    } const table[] = {
        {"Doğrulama kodunuz: 123456", "Doğrulama kodunuz: 123456"},
        {"\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"},
        {"\x1b]0;title\x07", "\\x1b]0;title\\x07"},
        {"one\ntwo\r\tthree", "one\\ntwo\\r\\tthree"},
        {std::string("a\0b", 3), "a\\x00b"},
        {"del\x7f", "del\\x7f"},
        {"\u009b31m", "\\u009b31m"},
        {"line\u2028line", "line\\u2028line"},
        {"\u202egnp.exe", "\\u202egnp.exe"},
        {"zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"},
        {"\U000e0041", "\\U000e0041"},
        {"\xff\xfe", "\\xff\\xfe"},
        {"cut \xc5", "cut \\xc5"},
        {"\xc0\x80", "\\xc0\\x80"},
        {"\xed\xa0\x80", "\\xed\\xa0\\x80"},
        {"", ""},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.shown)
        {
            BOOST_TEST(printable(row.text) == row.shown);
        }
}

BOOST_AUTO_TEST_CASE(a_long_text_is_cut_at_a_whole_letter_within_the_limit)
{
    BOOST_TEST(printable("abcdef", 6) == "abcdef");
    BOOST_TEST(printable("abcdefg", 6) == "abc…");
    BOOST_TEST(printable("şşşş", 6) == "ş…");
    BOOST_TEST(printable("ab\x1b", 5) == "ab…");
    BOOST_TEST(printable("abcd", 3) == "…");
    BOOST_TEST(printable("abcd", 2) == "");
    BOOST_TEST(printable("abcd", 0) == "");
}

BOOST_AUTO_TEST_CASE(any_bytes_become_short_valid_text_without_controls)
{
    std::mt19937 random(9);
    for (int i = 0; i < 5'000; ++i) {
        std::string bytes(random() % 80, '\0');
        for (auto& c : bytes)
            c = static_cast<char>(random());
        const auto limit = random() % 100;
        const auto shown = printable(bytes, limit);
        BOOST_REQUIRE_LE(shown.size(), limit);
        BOOST_REQUIRE(is_valid_utf8(shown));
        for (const char c : shown)
            BOOST_REQUIRE(static_cast<unsigned char>(c) >= 0x20);
        BOOST_REQUIRE_EQUAL(printable(shown, 1000), shown);
    }
}

BOOST_AUTO_TEST_SUITE_END()
