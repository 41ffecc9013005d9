#include "core/number_search.hpp"

#include <boost/test/unit_test.hpp>

using ulak::find_numbers;

namespace {

/// The digits that were found, joined by blanks.
std::string found_in(std::string_view text)
{
    std::string all;
    for (const auto& n : find_numbers(text))
        all += (all.empty() ? "" : " ") + n.digits;
    return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(number_search_)

BOOST_AUTO_TEST_CASE(one_number_is_found_in_every_spelling)
{
    const char* const table[] = {"5551112233",
                                 "555 111 22 33",
                                 "555-111-22-33",
                                 "555.111.22.33",
                                 "555/111/2233",
                                 "(555) 111 - 22 - 33",
                                 "5 5 5 1 1 1 2 2 3 3",
                                 "555\u00A0111\u202F22\u200933",
                                 "555\n111\t22 33",
                                 "555_111_22_33",
                                 "555,111,22,33",
                                 "５５５１１１２２３３",
                                 "５５５　１１１　２２　３３",
                                 "٥٥٥١١١٢٢٣٣",
                                 "555%20111%2022%2033",
                                 "555+111+22+33",
                                 "%35%35%35%31%31%31%32%32%33%33",
                                 "5551112233.0",
                                 "gsm=5551112233;",
                                 "x5551112233y",
                                 "\"5551112233\"",
                                 "/v1/suppressions/5551112233",
                                 "12 5551112233",
                                 "7: 555 111 22 33, asked"};
    for (const char* text : table)
        BOOST_TEST_CONTEXT(text)
        {
            BOOST_TEST(found_in(text) == "5551112233");
        }
}

BOOST_AUTO_TEST_CASE(prefixes_belong_to_the_number)
{
    struct {
        const char *text, *digits;
    } const table[] = {{"0555 111 22 33", "05551112233"},          {"0(555)111 22 33", "05551112233"},
                       {"+90 555 111 22 33", "905551112233"},      {"＋９０ ５５５ １１１ ２２ ３３", "905551112233"},
                       {"+90 (0) 555 111 22 33", "9005551112233"}, {"%2B90%20555%20111%2022%2033", "905551112233"},
                       {"0090-555-111-22-33", "00905551112233"},   {"90 555 111 22 33", "905551112233"},
                       {"0 212 555 11 22", "02125551122"},         {"+49 30 12345678", "493012345678"},
                       {"0049 30 12345678", "00493012345678"},     {"+65789654123", "65789654123"}};
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            BOOST_TEST(found_in(row.text) == row.digits);
        }
}

BOOST_AUTO_TEST_CASE(several_numbers_are_found_apart)
{
    BOOST_TEST(found_in("5551112233 5554445566") == "5551112233 5554445566");
    BOOST_TEST(found_in("0555 111 22 33, 0555 444 55 66; +905557778899") == "05551112233 05554445566 905557778899");
}

BOOST_AUTO_TEST_CASE(other_figures_stay)
{
    for (const char* text :
         {"", "123456789", "12345-67890", "26343", "14:30:59.123", "2026-12-01T09:00:00.000Z", "2026-12-01 09:00 +03",
          "0.95 USD/1000", "limit: a number from 1 to 1000 is needed", "01KB5S3M8W5Q2X7R4T6Y8Z0ABC", "555 111 22 3",
          "100%", "%zz 12", "127.0.0.1:9464", "+90", "%", "ışık \xff\xfe 5"})
        BOOST_TEST(found_in(text) == "", text);
}

BOOST_AUTO_TEST_CASE(places_are_those_of_the_text)
{
    const std::string text = "ışık +90 555%20111 22 33!";
    const auto all = find_numbers(text);
    BOOST_TEST_REQUIRE(all.size() == 1u);
    BOOST_TEST(text.substr(all[0].first, all[0].last - all[0].first) == "90 555%20111 22 33");
}

BOOST_AUTO_TEST_CASE(a_long_text_of_digits_is_read_once)
{
    const std::string digits(100'000, '5');
    BOOST_TEST(find_numbers(digits).size() == 1u);
    std::string apart;
    for (int n = 0; n < 50'000; ++n)
        apart += "5 ";
    BOOST_TEST(find_numbers(apart).size() == 5'000u);
}

BOOST_AUTO_TEST_SUITE_END()
