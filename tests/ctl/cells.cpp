#include "ulakctl/cells.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <ctime>

namespace ulak::ctl::testing {

BOOST_AUTO_TEST_SUITE(cells_)

BOOST_AUTO_TEST_CASE(values_are_short_texts)
{
    const boost::json::object o{{"text", "a"},
                                {"empty", ""},
                                {"none", nullptr},
                                {"number", 5},
                                {"yes", true},
                                {"amount", boost::json::object{{"amount", "4.00"}, {"unit", "TRY"}}},
                                {"list", boost::json::array{1, 2}}};
    BOOST_TEST(cell(o, "text") == "a");
    for (const char* key : {"empty", "none", "absent"})
        BOOST_TEST(cell(o, key) == "-", key);
    BOOST_TEST(cell(o, "number") == "5");
    BOOST_TEST(cell(o, "yes") == "true");
    BOOST_TEST(cell(o, "amount") == "4.00 TRY");
    BOOST_TEST(cell(o, "list") == "[1,2]");
}

BOOST_AUTO_TEST_CASE(no_text_of_others_writes_on_a_terminal)
{
    const boost::json::object o{{"name", "a\033[31mb\n"}};
    BOOST_TEST(cell(o, "name").find('\033') == std::string::npos);
    BOOST_TEST(cell(o, "name").find('\n') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(times_are_those_of_the_machine)
{
    ::setenv("TZ", "Europe/Istanbul", 1);
    ::tzset();
    const boost::json::object o{{"at", "2020-11-22T09:00:01Z"}, {"odd", "soon"}};
    BOOST_TEST(local_time(o, "at") == "2020-11-22 12:00:01 +03:00");
    BOOST_TEST(short_time(o, "at") == "2020-11-22");
    BOOST_TEST(time_head("AT") == "AT (+03:00)");
    BOOST_TEST(local_time(o, "odd") == "soon");
    BOOST_TEST(short_time(o, "none") == "-");
    ::setenv("TZ", "UTC", 1);
    ::tzset();
}

BOOST_AUTO_TEST_CASE(a_time_with_an_offset_keeps_it)
{
    const boost::json::object o{{"a", "2020-11-23T09:00:00+03:00"}, {"b", "2020-11-23T09:00:05+03:00"}, {"c", "x"}};
    BOOST_TEST(zone_time(o, "a") == "2020-11-23 09:00 +03:00");
    BOOST_TEST(zone_time(o, "b") == "2020-11-23 09:00:05 +03:00");
    BOOST_TEST(zone_time(o, "c") == "x");
}

BOOST_AUTO_TEST_CASE(a_store_in_trouble_says_why)
{
    const auto with = [](const char* state) {
        return boost::json::object{{"store", boost::json::object{{"state", state}, {"reason", "it is a copy"}}}};
    };
    BOOST_TEST(store_problem(with("held")) == "the store is held: it is a copy");
    BOOST_TEST(store_problem(with("ok")) == "");
    BOOST_TEST(store_problem({}) == "");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
