#include "sim/fixture.hpp"

#include "sim/detail/recipients.hpp"

using namespace sim_test;

BOOST_AUTO_TEST_SUITE(recipients_)

BOOST_AUTO_TEST_CASE(the_strict_form_is_ten_digits_that_begin_with_five)
{
    BOOST_TEST(sim::parse_strict_number("5551112233").value() == 5551112233u);
    for (auto bad :
         {"", "555111223", "55511122334", "4551112233", "05551112233", "+905551112233", "555 1112233", "555111223x"})
        BOOST_TEST(!sim::parse_strict_number(bad).has_value(), bad);
}

BOOST_AUTO_TEST_CASE(the_loose_form_takes_prefixes_and_signs)
{
    for (auto good : {"5551112233", "05551112233", "905551112233", "00905551112233", "+90 555 111 22 33",
                      "(0555) 111-22-33", "555.111/2233"})
        BOOST_TEST(sim::parse_loose_number(good).value_or(0) == 5551112233u, good);
    for (auto bad : {"", "+1 555 111 22 33", "555111223", "5551112233x", "0805551112233", "90905551112233"})
        BOOST_TEST(!sim::parse_loose_number(bad).has_value(), bad);
}

BOOST_AUTO_TEST_CASE(numbers_become_an_array_of_texts)
{
    BOOST_TEST(sim::number_texts({}) == "[]");
    BOOST_TEST(sim::number_texts({5551112233, 5552223344}) == R"(["5551112233","5552223344"])");
}

BOOST_AUTO_TEST_CASE(a_sentence_shows_a_number_masked)
{
    BOOST_TEST(sim::masked_number("5551112233") == "555***2233");
    BOOST_TEST(sim::masked_number("5551112233").find("111") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_sender_has_three_to_eleven_letters_digits_blanks_or_signs)
{
    for (auto good : {"ABC", "TOPLUSMS.TC", "a b*c-d.", "12345678901"})
        BOOST_TEST(sim::is_sender_well_formed(good), good);
    for (auto bad : {"", "AB", "123456789012", "ÇAY", "A_B", "A+B", "ABC\n"})
        BOOST_TEST(!sim::is_sender_well_formed(bad), bad);
}

BOOST_AUTO_TEST_SUITE_END()
