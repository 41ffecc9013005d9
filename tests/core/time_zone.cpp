#include "core/time_zone.hpp"

#include "core/rfc3339.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(time_zone_)

using namespace ulak;

namespace {

civil at(int year, int month, int day, int hour, int minute)
{
    civil t;
    t.year = year, t.month = month, t.day = day, t.hour = hour, t.minute = minute;
    return t;
}

wall_point utc(const char* text)
{
    return parse_rfc3339(text).value();
}

const char* word(time_zone::civil_match how)
{
    return how == time_zone::civil_match::exact ? "exact" : how == time_zone::civil_match::gap ? "gap" : "fold";
}

} // namespace

BOOST_AUTO_TEST_CASE(civil_times_become_instants)
{
    struct {
        const char* zone;
        civil local;
        const char* utc;
        const char* how;
    } const table[] = {
        {"Europe/Istanbul", at(2026, 1, 15, 12, 0), "2026-01-15T09:00:00.000Z", "exact"},
        {"Europe/Istanbul", at(2026, 7, 15, 12, 0), "2026-07-15T09:00:00.000Z", "exact"},
        {"Europe/Istanbul", at(2026, 3, 29, 2, 30), "2026-03-28T23:30:00.000Z", "exact"},
        {"Europe/Berlin", at(2026, 1, 15, 12, 0), "2026-01-15T11:00:00.000Z", "exact"},
        {"Europe/Berlin", at(2026, 7, 15, 12, 0), "2026-07-15T10:00:00.000Z", "exact"},
        {"Europe/Berlin", at(2026, 3, 29, 1, 59), "2026-03-29T00:59:00.000Z", "exact"},
        {"Europe/Berlin", at(2026, 3, 29, 2, 0), "2026-03-29T01:00:00.000Z", "gap"},
        {"Europe/Berlin", at(2026, 3, 29, 2, 30), "2026-03-29T01:00:00.000Z", "gap"},
        {"Europe/Berlin", at(2026, 3, 29, 3, 0), "2026-03-29T01:00:00.000Z", "exact"},
        {"Europe/Berlin", at(2026, 10, 25, 1, 59), "2026-10-24T23:59:00.000Z", "exact"},
        {"Europe/Berlin", at(2026, 10, 25, 2, 30), "2026-10-25T00:30:00.000Z", "fold"},
        {"Europe/Berlin", at(2026, 10, 25, 3, 0), "2026-10-25T02:00:00.000Z", "exact"},
        {"America/New_York", at(2026, 3, 8, 2, 30), "2026-03-08T07:00:00.000Z", "gap"},
        {"America/New_York", at(2026, 11, 1, 1, 30), "2026-11-01T05:30:00.000Z", "fold"},
        {"America/New_York", at(2026, 11, 1, 2, 0), "2026-11-01T07:00:00.000Z", "exact"},
        {"Australia/Lord_Howe", at(2026, 10, 4, 2, 15), "2026-10-03T15:30:00.000Z", "gap"},
        {"UTC", at(2026, 3, 29, 2, 30), "2026-03-29T02:30:00.000Z", "exact"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.zone << ' ' << format_civil(row.local, "%Y-%m-%d %H:%M"))
        {
            const auto [when, how] = time_zone::find(row.zone).value().to_instant(row.local);
            BOOST_TEST(rfc3339(when) == row.utc);
            BOOST_TEST(word(how) == row.how);
        }
}

BOOST_AUTO_TEST_CASE(instants_become_civil_times_with_their_weekday)
{
    const auto berlin = time_zone::find("Europe/Berlin").value();
    const auto local = berlin.to_civil(utc("2026-10-25T01:30:05.900Z"));
    BOOST_TEST(format_civil(local, "%Y-%m-%d %H:%M:%S") == "2026-10-25 02:30:05");
    BOOST_TEST(local.weekday == 0);
    BOOST_TEST(time_zone::utc().to_civil(utc("2026-11-23T00:00:00Z")).weekday == 1);
    BOOST_TEST(time_zone::utc().to_civil(from_unix_ms(-1)).second == 59);
}

BOOST_AUTO_TEST_CASE(every_hour_of_a_year_survives_there_and_back_but_the_second_of_a_fold)
{
    const auto zone = time_zone::find("America/New_York").value();
    int moved = 0;
    for (auto t = utc("2026-01-01T00:00:00Z"); t < utc("2027-01-01T00:00:00Z"); t += std::chrono::hours(1)) {
        const auto back = zone.to_instant(zone.to_civil(t));
        BOOST_REQUIRE((back.match != time_zone::civil_match::gap));
        moved += back.at != t;
    }
    BOOST_TEST(moved == 1);
}

BOOST_AUTO_TEST_CASE(an_unknown_zone_is_refused_with_the_likely_one)
{
    struct {
        const char* name;
        const char* hint;
    } const table[] = {
        {"Istanbul", "Europe/Istanbul"},
        {"Europe/Istambul", "Europe/Istanbul"},
        {"europe/berlin", "Europe/Berlin"},
        {"new_york", "America/New_York"},
        {"", "is not a time zone"},
        {"../../etc/passwd", "is not a time zone"},
        {"/etc/localtime", "is not a time zone"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.name)
        {
            const auto zone = time_zone::find(row.name);
            BOOST_TEST_REQUIRE(zone.has_error());
            BOOST_TEST((zone.error().code == errc::invalid_argument));
            BOOST_TEST(zone.error().message.find(row.hint) != std::string::npos, zone.error().message);
        }
}

BOOST_AUTO_TEST_CASE(zones_are_equal_by_name)
{
    BOOST_TEST((time_zone::find("UTC").value() == time_zone::utc()));
    BOOST_TEST(!(time_zone::find("Europe/Berlin").value() == time_zone::find("Europe/Paris").value()));
}

BOOST_AUTO_TEST_CASE(a_zone_that_was_found_is_found_again)
{
    for (int i = 0; i < 3; ++i)
        BOOST_TEST(time_zone::find("Europe/Istanbul").value().name() == "Europe/Istanbul");
    BOOST_TEST(time_zone::find("UTC").value().name() == "UTC");
}

BOOST_AUTO_TEST_CASE(the_weekday_of_a_civil_time_is_not_asked_for)
{
    auto local = at(2026, 11, 23, 9, 0);
    const auto zone = time_zone::find("Europe/Istanbul").value();
    const auto instant = zone.to_instant(local).at;
    local.weekday = 6;
    BOOST_TEST((zone.to_instant(local).at == instant));
    BOOST_TEST(zone.to_civil(instant).weekday == 1);
}

BOOST_AUTO_TEST_SUITE_END()
