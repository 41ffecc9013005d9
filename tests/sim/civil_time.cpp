#include "sim/detail/civil_time.hpp"

#include <boost/test/unit_test.hpp>

using namespace ulak;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(civil_time_)

namespace {

/// 21 July 2017, 00:13:51 in Istanbul.
const wall_point moment =
    wall_point(std::chrono::sys_days(std::chrono::year(2017) / 7 / 20).time_since_epoch() + 21h + 13min + 51s);

} // namespace

BOOST_AUTO_TEST_CASE(turkish_times_are_three_hours_ahead_also_over_midnight)
{
    BOOST_TEST(sim::turkish_time(moment) == "2017-07-21 00:13:51");
    BOOST_TEST(sim::turkish_time(moment + 999ms) == "2017-07-21 00:13:51");
    BOOST_TEST(sim::turkish_time(moment - 14min) == "2017-07-20 23:59:51");
}

BOOST_AUTO_TEST_CASE(laravel_writes_utc_with_six_digits_of_a_second)
{
    BOOST_TEST(sim::laravel_time(moment) == "2017-07-20T21:13:51.000000Z");
    BOOST_TEST(sim::laravel_time(moment + 7ms) == "2017-07-20T21:13:51.007000Z");
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back)
{
    for (const auto when : {moment, moment + 183 * 24h, wall_point(0ms)})
        BOOST_TEST((sim::parse_turkish_time(sim::turkish_time(when), "Y-m-d H:i:s") == when));
}

BOOST_AUTO_TEST_CASE(each_pattern_takes_exactly_its_own_form)
{
    const struct {
        const char *text, *pattern;
        bool valid;
    } table[] = {
        {"2017-07-21 00:13:51", "Y-m-d H:i:s", true},
        {"21/07/2017 00:13", "d/m/Y H:i", true},
        {"2017-07-21", "Y-m-d", true},
        {"2017-7-21", "Y-m-d", false},
        {"2017-07-21 ", "Y-m-d", false},
        {" 2017-07-21", "Y-m-d", false},
        {"2017-02-29", "Y-m-d", false},
        {"2016-02-29", "Y-m-d", true},
        {"2017-13-01", "Y-m-d", false},
        {"2017-00-01", "Y-m-d", false},
        {"2017-07-21 24:00:00", "Y-m-d H:i:s", false},
        {"2017-07-21 00:60:00", "Y-m-d H:i:s", false},
        {"2017-07-21 00:00:60", "Y-m-d H:i:s", false},
        {"2017-07-21T00:13:51", "Y-m-d H:i:s", false},
        {"21/07/2017 00:13:51", "d/m/Y H:i", false},
        {"", "Y-m-d", false},
        {"2017-07-2a", "Y-m-d", false},
    };
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.text << " as " << t.pattern)
    BOOST_TEST(sim::parse_turkish_time(t.text, t.pattern).has_value() == t.valid);
}

BOOST_AUTO_TEST_SUITE_END()
