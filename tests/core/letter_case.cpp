#include "core/letter_case.hpp"

#include "core/utf8.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(letter_case_)

using namespace ulak;

namespace {

std::string utf8(char32_t point)
{
    std::string out;
    append_utf8(out, point);
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(turkish_case_knows_the_two_letters_i)
{
    BOOST_TEST(turkish_upper("istanbul ılık şğüöç") == "İSTANBUL ILIK ŞĞÜÖÇ");
    BOOST_TEST(turkish_lower("İSTANBUL ILIK ŞĞÜÖÇ") == "istanbul ılık şğüöç");
}

BOOST_AUTO_TEST_CASE(letters_of_neighbours_change_and_signs_stay)
{
    BOOST_TEST(turkish_upper("âîû žłÿ ÷ß 7") == "ÂÎÛ ŽŁŸ ÷ß 7");
    BOOST_TEST(turkish_lower("ÂÎÛ ŽŁŸ ×ẞ 7") == "âîû žłÿ ×ẞ 7");
    for (const auto* same : {"", "123", "ŉ", "ĸ", "€₺", "я", "😀", "@[`{"})
        BOOST_TEST_CONTEXT(same)
        {
            BOOST_TEST(turkish_upper(same) == same);
            BOOST_TEST(turkish_lower(same) == same);
        }
}

BOOST_AUTO_TEST_CASE(broken_bytes_stay_as_they_are)
{
    BOOST_TEST(turkish_upper("a\xff") == "A\xff");
    BOOST_TEST(turkish_lower("A\xc5") == "a\xc5");
}

BOOST_AUTO_TEST_CASE(a_letter_with_two_cases_comes_back_through_both)
{
    for (char32_t point = U'A'; point <= 0x17E; ++point) {
        const auto letter = utf8(point);
        if (turkish_lower(letter) == letter)
            continue;
        BOOST_TEST_CONTEXT(letter)
        {
            BOOST_TEST(turkish_upper(turkish_lower(letter)) == letter);
            BOOST_TEST(turkish_upper(letter) == letter, "a capital has no other capital");
        }
    }
}

BOOST_AUTO_TEST_CASE(ascii_case_leaves_other_letters_alone)
{
    BOOST_TEST(lower_ascii("ABC İŞ xyz [\\]^_`") == "abc İŞ xyz [\\]^_`");
    BOOST_TEST(upper_ascii("abz ış {|} 09") == "ABZ ış {|} 09");
    BOOST_TEST(upper_ascii(lower_ascii("MiXed")) == "MIXED");
}

BOOST_AUTO_TEST_SUITE_END()
