#include "core/sms_substitutes.hpp"

#include "core/letter_name.hpp"
#include "core/utf8.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(sms_substitutes_)

using namespace ulak;

namespace {

std::string utf8_of(std::u32string_view letters)
{
    std::string out;
    for (const char32_t letter : letters)
        append_utf8(out, letter);
    return out;
}

std::string tidied(std::string_view text)
{
    return utf8_of(tidy_sms(text).value());
}

} // namespace

BOOST_AUTO_TEST_CASE(a_substitute_is_made_of_letters_that_both_alphabets_have)
{
    const auto all = letters_with_substitutes();
    BOOST_TEST(all.size() > 700u);
    for (const char32_t letter : all)
        BOOST_TEST_CONTEXT(letter_name(letter))
        {
            const auto written = utf8_of(*sms_substitute(letter));
            BOOST_TEST(septets(written, sms_alphabet::gsm).has_value(), written);
            BOOST_TEST(septets(written, sms_alphabet::gsm_turkish).has_value(), written);
        }
}

BOOST_AUTO_TEST_CASE(what_people_paste_has_a_substitute)
{
    struct {
        const char *letter, *written;
    } const table[] = {
        {"’", "'"},      {"“", "\""}, {"”", "\""},     {"„", "\""},     {"–", "-"},     {"—", "-"},  {"…", "..."},
        {"•", "*"},      {"₺", "TL"}, {"\u00A0", " "}, {"\u202F", " "}, {"\uFEFF", ""}, {"â", "a"},  {"î", "i"},
        {"û", "u"},      {"Â", "A"},  {"ő", "o"},      {"ł", "l"},      {"ž", "z"},     {"ộ", "o"},  {"½", "1/2"},
        {"ﬁ", "fi"},     {"Ａ", "A"}, {"²", "2"},      {"₂", "2"},      {"ß", "-"},     {"😀", "-"}, {"ж", "-"},
        {"\u0001", "-"}, {"א", "-"},  {"中", "-"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.letter)
        {
            const auto written = sms_substitute(decode_first(row.letter)->value);
            const std::string none = "-";
            if (row.written == none && !written)
                continue;
            BOOST_TEST_REQUIRE(written.has_value());
            BOOST_TEST(utf8_of(*written) == row.written);
        }
}

BOOST_AUTO_TEST_CASE(what_nobody_sees_at_the_end_is_taken_off)
{
    for (const auto* end : {"\n", "\r\n", "   ", " \t\n", "\u00A0", "\uFEFF", "\u2028"})
        BOOST_TEST(tidied(std::string("ş b") + end) == "ş b");
    BOOST_TEST(tidied(" a\r\nb") == " a\nb");
    BOOST_TEST(tidied(" \n ").empty());
    BOOST_TEST(tidied("I\u0307i\u0307\u0131\u0307") == "İii", "a dot on a dotted letter says nothing");
    BOOST_TEST(!tidy_sms("a\xff").has_value());
}

BOOST_AUTO_TEST_CASE(the_alphabet_that_the_letters_ask_for_is_written)
{
    const auto turkish = substitute_sms(tidy_sms("Hermès şıklığı…").value(), std::nullopt);
    BOOST_TEST(utf8_of(turkish.text) == "Hermes şıklığı...");
    BOOST_TEST(utf8_of(turkish.replaced) == "è…");
    BOOST_TEST(utf8_of(substitute_sms(tidy_sms("Hermès…").value(), std::nullopt).text) == "Hermès...");
    const auto lost = substitute_sms(tidy_sms("a😀b").value(), std::nullopt);
    BOOST_TEST_REQUIRE(lost.unwritable.has_value());
    BOOST_TEST(lost.unwritable->utf8 == "😀");
    BOOST_TEST(lost.unwritable->position == 2u);
}

BOOST_AUTO_TEST_CASE(letters_are_shown_or_named)
{
    BOOST_TEST(letter_name(U'ş') == "\"ş\" (U+015F)");
    BOOST_TEST(letter_name(U'\u00A0') == "U+00A0 (no-break space)");
    BOOST_TEST(letter_name(U'\x01') == "U+0001 (a control character)");
    BOOST_TEST(letter_name(U'😀') == "\"😀\" (U+1F600)");
    BOOST_TEST(short_letter_name(U'’') == "‘’’");
    BOOST_TEST(short_letter_name(U'\u202F') == "U+202F");
}

BOOST_AUTO_TEST_SUITE_END()
