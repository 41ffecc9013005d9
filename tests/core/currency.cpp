#include "core/currency.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(currency_)

BOOST_AUTO_TEST_CASE(the_many_names_of_a_currency_are_one_unit)
{
    struct row {
        const char *said, *unit;
    };
    for (const auto& [said, unit] :
         {row{"USD", "USD"}, row{"usd", "USD"}, row{"USD ", "USD"}, row{"$", "USD"}, row{"US$", "USD"}, row{"₺", "TRY"},
          row{"TL", "TRY"}, row{"tl", "TRY"}, row{" try", "TRY"}, row{"€", "EUR"}, row{"Eur", "EUR"},
          row{"Kredi", "credits"}, row{"KREDİ", "credits"}, row{"TÜRK LİRASI", "TRY"}, row{"inr", "INR"}})
        BOOST_TEST(ulak::normal_unit(said) == unit, said);
}

BOOST_AUTO_TEST_CASE(what_is_no_currency_stays_as_it_was_written)
{
    for (const char* said : {"", "point", "12", "U5D", "puan"})
        BOOST_TEST(ulak::normal_unit(said) == said, said);
}

BOOST_AUTO_TEST_SUITE_END()
