#include "core/detail/sms_alphabet.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(sms_alphabet_)

using namespace ulak;

namespace {

/// "1 2 -": septets in the default table, with the Turkish locking table and with the Turkish single shift.
std::string widths(char32_t letter)
{
    std::string out;
    for (const auto width :
         {sms::gsm_width(letter), sms::turkish_locking_width(letter), sms::turkish_single_width(letter)})
        out += (out.empty() ? "" : " ") + (width ? std::to_string(*width) : std::string("-"));
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(each_letter_has_its_width_in_each_table)
{
    struct {
        std::u32string_view letters;
        const char* widths;
    } const table[] = {
        {U"abzABZ019 @£$¥\n\r_!\"#%&'()*+,-./:;<=>?", "1 1 1"},
        {U"ÄÖÑÜ§äöñüàéùòÇÅåÉß", "1 1 1"},
        {U"ΔΦΓΛΩΠΨΣΘΞ", "1 1 1"},
        {U"^{}\\[~]|\f", "2 2 2"},
        {U"€", "2 1 2"},        // the locking table has a place of its own for it
        {U"ĞİŞçğış", "- 1 2"},  // the seven Turkish letters
        {U"èìØøÆæ¡¿", "1 - 1"}, // give up their places to those
        {U"âîûêë₺’“”–—…•°²`´", "- - -"},
        {U"я中😀\t\v", "- - -"},
    };
    for (const auto& row : table)
        for (const char32_t letter : row.letters)
            BOOST_TEST_CONTEXT("U+" << std::hex << static_cast<std::uint32_t>(letter))
            {
                BOOST_TEST(widths(letter) == row.widths);
            }
}

BOOST_AUTO_TEST_CASE(the_default_table_has_128_places_less_the_escape)
{
    std::size_t one = 0, two = 0;
    for (char32_t letter = 0; letter < 0x3000; ++letter) {
        one += sms::gsm_width(letter) == std::size_t(1);
        two += sms::gsm_width(letter) == std::size_t(2);
    }
    BOOST_TEST(one == 127u);
    BOOST_TEST(two == 10u);
}

BOOST_AUTO_TEST_CASE(combining_marks_join_the_letters_that_have_a_whole_form)
{
    struct {
        std::u32string_view apart, whole;
    } const table[] = {
        {U"g\u0306", U"ğ"},
        {U"I\u0307", U"İ"},
        {U"s\u0327", U"ş"},
        {U"C\u0327", U"Ç"},
        {U"u\u0308", U"ü"},
        {U"a\u0302", U"â"},
        {U"e\u0301", U"é"},
        {U"A\u030A", U"Å"},
        {U"z\u030C", U"ž"},
        {U"n\u0303", U"ñ"},
        {U"o\u0300", U"ò"},
        {U"x\u0327", U"x\u0327"},
        {U"\u0327", U"\u0327"},
        {U"", U""},
        {U"i\u0307", U"i"},
        {U"as\u0327g\u0306b", U"aşğb"},
        {U"g\u0306\u0306", U"ğ\u0306"},
    };
    for (const auto& row : table)
        BOOST_TEST((sms::compose(std::u32string(row.apart)) == row.whole));
}

BOOST_AUTO_TEST_CASE(composing_twice_changes_nothing_more)
{
    const std::u32string text = U"Is\u0327ıg\u0306\u0308 c\u0327\u0327 u\u0308";
    const auto once = sms::compose(text);
    BOOST_TEST((sms::compose(once) == once));
}

BOOST_AUTO_TEST_SUITE_END()
