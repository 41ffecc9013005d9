#include "core/money.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>

BOOST_AUTO_TEST_SUITE(money_)

using namespace ulak;

BOOST_AUTO_TEST_CASE(amounts_are_read_with_their_unit)
{
    BOOST_TEST(money::parse("12 TRY").value() == money(decimal::from_integer(12), "TRY"));
    BOOST_TEST(money::parse("0.95 USD").value() == money(decimal::from_micros(950'000), "USD"));
    BOOST_TEST(money::parse("500 credits").value() == money(decimal::from_integer(500), "credits"));
    BOOST_TEST(money::parse("  12 \t TRY ").value().unit == "TRY");
}

BOOST_AUTO_TEST_CASE(bad_amounts_are_refused_with_a_way_out)
{
    struct {
        const char* text;
        const char* hint;
    } const table[] = {
        {"12", "the unit is missing"},  {"12 try", "three capitals"},    {"12 TL", "write TRY"},
        {"12 credit", "write credits"}, {"12 Credits", "write credits"}, {"12TRY", "not a decimal"},
        {"TRY 12", "not a decimal"},    {"12 TRY/1000", "not a unit"},   {"", "not a decimal"},
        {"12 TRY USD", "not a unit"},   {"₺12", "not a decimal"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            const auto m = money::parse(row.text);
            BOOST_TEST_REQUIRE(m.has_error());
            BOOST_TEST(m.error().message.find(row.hint) != std::string::npos, m.error().message);
        }
}

BOOST_AUTO_TEST_CASE(amounts_are_written_as_people_write_them)
{
    BOOST_TEST(money(decimal::from_integer(4), "TRY").text() == "4.00 TRY");
    BOOST_TEST(money(decimal::from_integer(5555), "credits").text() == "5555 credits");
    BOOST_TEST(money(decimal::from_micros(278'190), "USD").amount_text() == "0.27819");
    BOOST_TEST(money(decimal::from_micros(500'000), "credits").amount_text() == "0.5");
}

BOOST_AUTO_TEST_CASE(any_amount_survives_text_and_back)
{
    for (const std::int64_t micros : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{278'190},
                                      std::int64_t{4'000'000}, std::int64_t{-999'999'999}})
        for (const auto* unit : {"TRY", "credits"}) {
            const money m(decimal::from_micros(micros), unit);
            BOOST_TEST(money::parse(m.text()).value() == m);
        }
}

BOOST_AUTO_TEST_CASE(amounts_are_equal_in_number_and_unit)
{
    const money four(decimal::from_integer(4), "TRY");
    BOOST_TEST(four == money(decimal::from_integer(4), "TRY"));
    BOOST_TEST(!(four == money(decimal::from_integer(4), "USD")));
    BOOST_TEST(!(four == money(decimal::from_integer(5), "TRY")));
    BOOST_TEST(money().text() == "0.00", "no unit, no blank");
    std::ostringstream out;
    out << four;
    BOOST_TEST(out.str() == "4.00 TRY");
}

BOOST_AUTO_TEST_SUITE_END()
