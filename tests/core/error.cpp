#include "core/error.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <sstream>

using namespace ulak;

BOOST_AUTO_TEST_SUITE(error_)

BOOST_AUTO_TEST_CASE(every_code_has_a_name_of_its_own)
{
    std::set<std::string_view> seen;
    for (int code = 0; code <= static_cast<int>(errc::ambiguous); ++code) {
        const auto text = name(static_cast<errc>(code));
        BOOST_TEST(text != "unknown", "code " << code);
        BOOST_TEST(seen.insert(text).second, text << " is used twice");
    }
}

BOOST_AUTO_TEST_CASE(an_error_prints_its_code_its_reach_and_its_message)
{
    std::ostringstream out;
    out << error(errc::timed_out, "no answer in 30s", reach::maybe_sent);
    BOOST_TEST(out.str() == "timed_out (maybe_sent): no answer in 30s");
}

BOOST_AUTO_TEST_CASE(taking_the_value_of_a_failure_throws_what_it_was)
{
    const result<int> failed = error(errc::balance, "no money");
    const auto says_so = [](const std::runtime_error& e) { return e.what() == std::string("balance: no money"); };
    BOOST_CHECK_EXCEPTION(failed.value(), std::runtime_error, says_so);
}

BOOST_AUTO_TEST_CASE(errors_differ_by_code_reach_and_message)
{
    const error a(errc::timed_out, "x");
    BOOST_TEST(a == error(errc::timed_out, "x"));
    BOOST_TEST(!(a == error(errc::cancelled, "x")));
    BOOST_TEST(!(a == error(errc::timed_out, "x", reach::maybe_sent)));
    BOOST_TEST(!(a == error(errc::timed_out, "y")));
}

BOOST_AUTO_TEST_SUITE_END()
