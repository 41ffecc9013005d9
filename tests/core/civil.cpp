#include "core/civil.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(civil_)

using namespace ulak;

namespace {

civil at(int year, int month, int day, int hour = 0, int minute = 0, int second = 0)
{
    return {.year = year, .month = month, .day = day, .hour = hour, .minute = minute, .second = second};
}

} // namespace

BOOST_AUTO_TEST_CASE(providers_get_their_own_forms)
{
    const auto t = at(2026, 1, 2, 3, 4, 5);
    struct {
        const char *pattern, *text;
    } const table[] = {
        {"%d/%m/%Y %H:%M:%S", "02/01/2026 03:04:05"},
        {"%Y%m%d%H%M", "202601020304"},
        {"%Y-%m-%d", "2026-01-02"},
        {"%S%S", "0505"},
        {"", ""},
        {"no field", "no field"},
        {"at the end %", "at the end %"},
        {"%Y%", "2026%"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.pattern)
        {
            BOOST_TEST(format_civil(t, row.pattern) == row.text);
        }
}

BOOST_AUTO_TEST_CASE(years_have_four_digits)
{
    BOOST_TEST(format_civil(at(7, 12, 31), "%Y-%m-%d") == "0007-12-31");
    BOOST_TEST(format_civil(at(9999, 12, 31, 23, 59, 59), "%Y-%m-%d %H:%M:%S") == "9999-12-31 23:59:59");
}

BOOST_AUTO_TEST_CASE(civil_times_are_equal_field_by_field)
{
    BOOST_TEST((at(2026, 1, 2) == at(2026, 1, 2)));
    BOOST_TEST(!(at(2026, 1, 2) == at(2026, 1, 2, 0, 0, 1)));
    BOOST_TEST((civil() == at(1970, 1, 1)));
}

BOOST_AUTO_TEST_SUITE_END()
