#include "core/detail/tzif.hpp"

#include "core/detail/zone_rule.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(tzif_)

using namespace ulak;

BOOST_AUTO_TEST_CASE(the_last_line_tells_whether_daylight_saving_goes_on)
{
    struct {
        std::string file;
        bool rule;
        const char* what;
    } const table[] = {
        {"TZif2...\nCET-1CEST,M3.5.0,M10.5.0/3\n", true, "Berlin"},
        {"TZif2...\nEST5EDT,M3.2.0,M11.1.0\n", true, "New York"},
        {"TZif2...\nIST-1GMT0,M10.5.0,M3.5.0/1\n", true, "Dublin, where winter is the exception"},
        {"TZif2...\n<+03>-3\n", false, "Istanbul"},
        {"TZif2...\nUTC0\n", false, "UTC"},
        {"TZif2...,\n\n", false, "an empty rule behind data that hold a comma"},
        {"TZif2...", false, "no last line"},
        {"TZif2...\nCET-1CEST,M3.5.0,M10.5.0/3", false, "a line that does not end"},
        {"CET-1CEST,M3.5.0,M10.5.0/3\n", false, "no time zone file"},
        {"TZi\n,\n", false, "a magic number cut short"},
        {"\n", false, "one line end"},
        {"", false, "nothing"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.what)
        {
            const auto rule = zone_rule::parse(last_line(row.file));
            BOOST_TEST(rule.has_value() == row.rule);
        }
}

BOOST_AUTO_TEST_SUITE_END()
