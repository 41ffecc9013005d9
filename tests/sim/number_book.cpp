#include "sim/detail/number_book.hpp"

#include <boost/test/unit_test.hpp>

using namespace ulak;

BOOST_AUTO_TEST_SUITE(number_book_)

BOOST_AUTO_TEST_CASE(numbers_get_growing_ids_and_are_found_by_them)
{
    sim::random_source random(1);
    sim::number_book book(99, random);
    sim::rented_number wanted;
    wanted.number = "+33781234567";
    const auto first = book.add(wanted).id;
    const auto second = book.add(sim::rented_number()).id;
    BOOST_TEST(first > 99u);
    BOOST_TEST(second > first);
    BOOST_REQUIRE(book.find(first) != nullptr);
    BOOST_TEST(book.find(first)->number == "+33781234567");
    BOOST_TEST(book.find(1) == nullptr);
    BOOST_TEST(book.ids() == (std::vector{first, second}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_number_stays_where_it_is_while_others_are_added)
{
    sim::random_source random(1);
    sim::number_book book(0, random);
    const auto& first = book.add(sim::rented_number());
    for (int i = 0; i < 1'000; ++i)
        book.add(sim::rented_number());
    BOOST_TEST(book.find(first.id) == &first);
}

BOOST_AUTO_TEST_CASE(a_new_number_waits_and_every_state_has_a_name)
{
    BOOST_TEST(sim::name(sim::rented_number().state) == "waiting");
    BOOST_TEST(sim::name(sim::number_state::received) == "received");
    BOOST_TEST(sim::name(sim::number_state::cancelled) == "cancelled");
    BOOST_TEST(sim::name(sim::number_state::expired) == "expired");
}

BOOST_AUTO_TEST_SUITE_END()
