#include "sim/detail/random_source.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace ulak;

BOOST_AUTO_TEST_SUITE(random_source_)

BOOST_AUTO_TEST_CASE(the_same_seed_gives_the_same_numbers_and_another_one_does_not)
{
    sim::random_source one(7), same(7), other(8);
    const auto first = one.digits(12);
    BOOST_TEST(first == same.digits(12));
    BOOST_TEST(first != other.digits(12));
    BOOST_TEST(first != one.digits(12));
}

BOOST_AUTO_TEST_CASE(picks_stay_below_their_bound_and_reach_all_of_it)
{
    sim::random_source random(1);
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 1'000; ++i)
        seen.insert(random.pick(10));
    BOOST_TEST(seen.size() == 10u);
    BOOST_TEST(*seen.rbegin() == 9u);
}

BOOST_AUTO_TEST_CASE(digits_are_as_many_as_asked_and_leading_zeros_stay)
{
    sim::random_source random(1);
    bool leading_zero = false;
    for (int i = 0; i < 100; ++i) {
        const auto code = random.digits(6);
        BOOST_TEST(code.size() == 6u);
        BOOST_TEST(code.find_first_not_of("0123456789") == std::string::npos);
        leading_zero = leading_zero || code.front() == '0';
    }
    BOOST_TEST(leading_zero);
    BOOST_TEST(random.digits(0) == "");
}

BOOST_AUTO_TEST_CASE(ids_grow_with_small_gaps)
{
    sim::random_source random(3);
    sim::id_sequence ids(100, random);
    std::uint64_t last = 100;
    bool gap = false;
    for (int i = 0; i < 100; ++i) {
        const auto id = ids.next();
        BOOST_TEST(id > last);
        BOOST_TEST(id <= last + 5);
        gap = gap || id > last + 1;
        last = id;
    }
    BOOST_TEST(gap);
}

BOOST_AUTO_TEST_SUITE_END()
