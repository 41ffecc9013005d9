#include "job/window.hpp"

#include "at.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(window_)

namespace {

using namespace std::chrono_literals;

window made(const char* from, const char* to, std::vector<std::string> days, const char* where = "Europe/Istanbul")
{
    window w;
    w.from = parse_time_of_day(from).value();
    w.to = parse_time_of_day(to).value();
    w.days = parse_days(days).value();
    w.zone = zone(where);
    return w;
}

std::string next(const window& w, const char* t)
{
    auto found = w.next_open(at(t));
    return found ? rfc3339(*found).substr(0, 16) : "never";
}

} // namespace

BOOST_AUTO_TEST_CASE(it_opens_at_its_first_minute_and_closes_before_its_last)
{
    auto w = made("09:00", "20:00", {"mon-sun"});
    BOOST_TEST(!w.is_open(at("2026-11-23T08:59:59+03:00")));
    BOOST_TEST(w.is_open(at("2026-11-23T09:00:00+03:00")));
    BOOST_TEST(w.is_open(at("2026-11-23T19:59:59+03:00")));
    BOOST_TEST(!w.is_open(at("2026-11-23T20:00:00+03:00")));
    BOOST_TEST(next(w, "2026-11-23T05:00:00+03:00") == "2026-11-23T06:00");
    BOOST_TEST(next(w, "2026-11-23T12:34:56+03:00") == "2026-11-23T09:34");
    BOOST_TEST(next(w, "2026-11-23T20:00:00+03:00") == "2026-11-24T06:00");
}

BOOST_AUTO_TEST_CASE(only_marked_days_open)
{
    auto w = made("09:00", "20:00", {"mon-fri"});
    BOOST_TEST(!w.is_open(at("2026-11-22T12:00:00+03:00")));
    BOOST_TEST(next(w, "2026-11-20T20:00:00+03:00") == "2026-11-23T06:00");
    BOOST_TEST(next(made("09:00", "20:00", {"sun"}), "2026-11-22T20:00:00+03:00") == "2026-11-29T06:00");
}

BOOST_AUTO_TEST_CASE(a_window_over_midnight_belongs_to_the_day_on_which_it_opens)
{
    auto w = made("22:00", "06:00", {"fri"});
    BOOST_TEST(w.is_open(at("2026-11-20T23:00:00+03:00")));
    BOOST_TEST(w.is_open(at("2026-11-21T05:59:00+03:00")));
    BOOST_TEST(!w.is_open(at("2026-11-21T06:00:00+03:00")));
    BOOST_TEST(!w.is_open(at("2026-11-21T22:00:00+03:00")));
    BOOST_TEST(!w.is_open(at("2026-11-20T05:00:00+03:00")));
    BOOST_TEST(next(w, "2026-11-21T06:00:00+03:00") == "2026-11-27T19:00");
}

BOOST_AUTO_TEST_CASE(a_whole_day_is_open_to_its_end)
{
    auto w = made("00:00", "24:00", {"sun"});
    BOOST_TEST(w.is_open(at("2026-11-22T00:00:00+03:00")));
    BOOST_TEST(w.is_open(at("2026-11-22T23:59:59+03:00")));
    BOOST_TEST(!w.is_open(at("2026-11-23T00:00:00+03:00")));
}

BOOST_AUTO_TEST_CASE(an_empty_window_or_one_without_days_never_opens)
{
    BOOST_TEST(next(made("09:00", "09:00", {"mon-sun"}), "2026-11-22T09:00:00+03:00") == "never");
    window w;
    w.days = {};
    BOOST_TEST(!w.next_open(at("2026-11-22T00:00:00Z")).has_value());
}

BOOST_AUTO_TEST_CASE(daylight_saving_moves_an_opening_into_what_exists)
{
    BOOST_TEST(next(made("02:30", "05:00", {"sun"}, "Europe/Berlin"), "2026-03-28T12:00:00Z") == "2026-03-29T01:00");
    BOOST_TEST(next(made("02:10", "02:50", {"sun"}, "Europe/Berlin"), "2026-03-28T12:00:00Z") == "2026-04-05T00:10");
    auto twice = made("02:00", "02:30", {"sun"}, "Europe/Berlin");
    BOOST_TEST(next(twice, "2026-10-24T12:00:00Z") == "2026-10-25T00:00");
    BOOST_TEST(next(twice, "2026-10-25T00:40:00Z") == "2026-10-25T01:00");
}

BOOST_AUTO_TEST_CASE(the_next_opening_is_the_first_open_minute)
{
    for (auto where : {"Europe/Berlin", "America/New_York", "Europe/Istanbul"})
        for (const auto& w :
             {made("01:15", "02:45", {"sat-mon"}, where), made("23:30", "01:30", {"sat", "wed"}, where)})
            for (auto begin :
                 {"2026-03-07T00:00:00Z", "2026-03-28T00:00:00Z", "2026-10-24T00:00:00Z", "2026-10-31T00:00:00Z"})
                for (int hours = 0; hours < 72; hours += 5) {
                    auto t = at(begin) + std::chrono::hours(hours);
                    auto first = t;
                    while (!w.is_open(first))
                        first += 1min;
                    BOOST_TEST_CONTEXT(where << " " << rfc3339(t))
                    {
                        BOOST_TEST((w.next_open(t) == std::optional(first)));
                    }
                }
}

BOOST_AUTO_TEST_CASE(times_of_day_have_two_and_two_digits)
{
    BOOST_TEST((parse_time_of_day("00:00").value() == 0min));
    BOOST_TEST((parse_time_of_day("24:00").value() == 1440min));
    for (auto bad : {"", "9:00", "09:60", "24:01", "25:00", "09.00", "0900", "09:00 ", "-1:00", "ab:cd", "09:0"})
        BOOST_TEST(!parse_time_of_day(bad).has_value(), bad);
}

BOOST_AUTO_TEST_CASE(days_are_words_and_ranges_that_may_pass_the_weekend)
{
    using days = std::array<bool, 7>;
    BOOST_TEST((parse_days({"mon", "WED"}).value() == days{false, true, false, true, false, false, false}));
    BOOST_TEST((parse_days({"fri-mon"}).value() == days{true, true, false, false, false, true, true}));
    BOOST_TEST((parse_days({"sun"}).value() == days{true, false, false, false, false, false, false}));
    BOOST_TEST(!parse_days({}).has_value());
    for (auto bad : {"", "monday", "1", "mon-", "-mon", "mon-fri-sun"})
        BOOST_TEST(!parse_days({bad}).has_value(), bad);
}

namespace {

window closed_on(window w, std::vector<std::string> days)
{
    days_off off;
    for (const auto& d : days)
        BOOST_TEST(off.add(d).has_value());
    w.not_on = std::make_shared<const days_off>(std::move(off));
    return w;
}

} // namespace

BOOST_AUTO_TEST_CASE(it_does_not_open_on_days_off)
{
    const auto w = closed_on(made("09:00", "20:00", {"mon-fri"}), {"2026-12-01..2026-12-03", "12-04"});
    BOOST_TEST(w.is_open(at("2026-11-30T12:00:00+03:00")));
    BOOST_TEST(!w.is_open(at("2026-12-01T12:00:00+03:00")));
    BOOST_TEST(next(w, "2026-11-30T20:00:00+03:00") == "2026-12-07T06:00"); // the fourth is off, then a weekend
    BOOST_TEST(next(closed_on(made("09:00", "20:00", {"mon-sun"}), {"2026-12-02..2027-11-30"}),
                    "2026-12-02T00:00:00+03:00") == "2027-12-01T06:00");
}

BOOST_AUTO_TEST_CASE(a_window_over_midnight_ends_on_a_day_off_and_does_not_open_on_it)
{
    const auto w = closed_on(made("22:00", "06:00", {"mon-sun"}), {"2026-12-02"});
    BOOST_TEST(w.is_open(at("2026-12-02T05:00:00+03:00")));
    BOOST_TEST(!w.is_open(at("2026-12-02T23:00:00+03:00")));
    BOOST_TEST(!w.is_open(at("2026-12-03T05:00:00+03:00")));
    BOOST_TEST(next(w, "2026-12-02T06:00:00+03:00") == "2026-12-03T19:00");
}

BOOST_AUTO_TEST_CASE(the_day_off_is_one_of_the_zone_of_the_window)
{
    const auto w = closed_on(made("00:00", "24:00", {"mon-sun"}), {"2026-12-02"});
    BOOST_TEST(w.is_open(at("2026-12-01T20:59:00Z")));
    BOOST_TEST(!w.is_open(at("2026-12-01T21:00:00Z")));
    BOOST_TEST(w.is_open(at("2026-12-02T21:00:00Z")));
}

BOOST_AUTO_TEST_CASE(it_says_when_it_closes)
{
    const auto closes = [](const window& w, const char* t) {
        const auto end = w.next_close(at(t));
        return end ? rfc3339(*end).substr(0, 16) : "never";
    };
    const auto day = made("09:00", "20:00", {"mon-sun"});
    BOOST_TEST(closes(day, "2026-12-01T09:00:00+03:00") == "2026-12-01T17:00");
    BOOST_TEST(closes(day, "2026-12-01T08:00:00+03:00") == "2026-12-01T05:00"); // closed: at once
    BOOST_TEST(closes(made("22:00", "06:00", {"mon-sun"}), "2026-12-01T23:00:00+03:00") == "2026-12-02T03:00");
    const auto whole = made("00:00", "24:00", {"mon-sun"});
    BOOST_TEST(closes(whole, "2026-12-01T12:00:00+03:00") == "never");
    BOOST_TEST(closes(closed_on(whole, {"2026-12-04"}), "2026-12-01T12:00:00+03:00") == "2026-12-03T21:00");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
