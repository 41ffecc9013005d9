#include "job/days_off.hpp"

#include "at.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(days_off_)

namespace {

bool is_off(const days_off& d, int year, int month, int day)
{
    civil local;
    local.year = year;
    local.month = month;
    local.day = day;
    return d.contains(local);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_day_a_span_and_a_day_of_every_year)
{
    days_off d;
    BOOST_TEST(d.empty());
    BOOST_TEST(d.add("2026-12-31").has_value());
    BOOST_TEST(d.add("2027-02-27..2027-03-01").has_value());
    BOOST_TEST(d.add("02-29").has_value());
    BOOST_TEST(!d.empty());
    BOOST_TEST(is_off(d, 2026, 12, 31));
    BOOST_TEST(!is_off(d, 2027, 12, 31));
    for (const int day : {27, 28})
        BOOST_TEST(is_off(d, 2027, 2, day));
    BOOST_TEST(is_off(d, 2027, 3, 1));
    BOOST_TEST(!is_off(d, 2027, 3, 2));
    BOOST_TEST(is_off(d, 2028, 2, 29));
}

BOOST_AUTO_TEST_CASE(what_is_no_day_is_told)
{
    for (const char* bad :
         {"", "2027-02-29", "2027-13-01", "27-01-01", "2027-1-1", "1.5.2027", "tomorrow", "02-30", "2027-01-01..",
          "2027-01-02..2027-01-01", "2026-01-01..2027-12-31", "2027-01-01..2027-02-30", "holidays-us"}) {
        days_off d;
        BOOST_TEST_CONTEXT(bad)
        {
            const auto added = d.add(bad);
            BOOST_TEST_REQUIRE(!added.has_value());
            BOOST_TEST((added.error().code == errc::invalid_argument));
            BOOST_TEST(d.empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(a_file_has_a_day_a_line_with_words_beside_it)
{
    days_off d;
    BOOST_TEST(d.add_lines("\xEF\xBB\xBF# ours\r\n\r\n2027-01-02 stock-taking\r\n  06-15, founded\r\n"
                           "2027-08-02..2027-08-13;closed\n")
                   .has_value());
    BOOST_TEST(is_off(d, 2027, 1, 2));
    BOOST_TEST(is_off(d, 2031, 6, 15));
    BOOST_TEST(is_off(d, 2027, 8, 13));
    const auto bad = d.add_lines("2027-01-02\n\nnever\n");
    BOOST_TEST_REQUIRE(!bad.has_value());
    BOOST_TEST(bad.error().message.starts_with("line 3: \"never\" is no day"), bad.error().message);
}

BOOST_AUTO_TEST_CASE(the_public_holidays_of_turkey)
{
    days_off d;
    BOOST_TEST(d.add("holidays-tr").has_value());
    struct sample {
        int year, month, day;
        bool off;
    };
    for (const sample& s :
         {sample{2026, 1, 1, true}, sample{2026, 4, 23, true}, sample{2027, 5, 1, true}, sample{2026, 5, 19, true},
          sample{2030, 7, 15, true}, sample{2026, 8, 30, true}, sample{2026, 10, 29, true},
          sample{2026, 10, 28, false}, // a half day
          sample{2026, 3, 19, false}, sample{2026, 3, 20, true}, sample{2026, 3, 22, true}, sample{2026, 3, 23, false},
          sample{2026, 5, 26, false}, sample{2026, 5, 27, true}, sample{2026, 5, 30, true}, sample{2026, 5, 31, false},
          sample{2027, 3, 9, true}, sample{2027, 5, 16, true}, sample{2026, 12, 1, false}})
        BOOST_TEST_CONTEXT(s.year << "-" << s.month << "-" << s.day)
    BOOST_TEST(is_off(d, s.year, s.month, s.day) == s.off);
}

BOOST_AUTO_TEST_CASE(religious_holidays_are_known_for_every_year_until_the_last)
{
    days_off d;
    BOOST_TEST(d.add("holidays-tr").has_value());
    for (int year = 2025; year <= last_known_holidays; ++year) {
        int days = 0;
        for (int month = 1; month <= 12; ++month)
            for (int day = 1; day <= 31; ++day)
                days += std::chrono::year_month_day(std::chrono::year(year) / month / day).ok() &&
                                is_off(d, year, month, day)
                            ? 1
                            : 0;
        BOOST_TEST_CONTEXT(year)
        BOOST_TEST(days >= 7 + 3 + 4 - 1); // one may fall on a day that is one anyway
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
