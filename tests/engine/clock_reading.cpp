// What two readings of the clocks say about each other.
#include "engine/detail/clock_reading.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(clock_reading_)

using namespace std::chrono_literals;
using engine::clock_reading;

namespace {

const wall_point noon = parse_rfc3339("2026-03-02T12:00:00Z").value();

struct row {
    const char* what;
    clock_reading before, now;
    std::chrono::milliseconds drift;
};

} // namespace

BOOST_AUTO_TEST_CASE(the_wall_time_is_compared_with_the_time_that_passed)
{
    const row table[] = {
        {"nothing passed", {noon, 1h, "a"}, {noon, 1h, "a"}, 0ms},
        {"both went on, a suspend too", {noon, 1h, "a"}, {noon + 8h, 9h, "a"}, 0ms},
        {"the wall stood still", {noon, 1h, "a"}, {noon, 9h, "a"}, -8h},
        {"it was set ahead", {noon, 1h, "a"}, {noon + 25h, 2h, "a"}, 24h},
        {"it was set back", {noon, 1h, "a"}, {noon - 1h, 2h, "a"}, -2h},
        {"another boot, off for half an hour", {noon, 9h, "a"}, {noon + 31min, 1min, "b"}, 30min},
        {"another boot, the wall went back", {noon, 9h, "a"}, {noon - 5h, 1min, "b"}, -5h - 1min},
        {"the same id and less time: another boot", {noon, 9h, "a"}, {noon + 1h, 1min, "a"}, 59min},
    };
    for (const auto& r : table)
        BOOST_TEST_CONTEXT(r.what)
        {
            BOOST_TEST(engine::wall_drift(r.before, r.now).count() == r.drift.count());
        }
}

BOOST_AUTO_TEST_CASE(a_reading_is_stored_as_text)
{
    const clock_reading r{noon, 90s, "4b5bc936"};
    const auto again = engine::clock_reading_from(engine::text_of(r));
    BOOST_TEST_REQUIRE(again.has_value());
    BOOST_TEST((again->wall == r.wall));
    BOOST_TEST((again->since_boot == r.since_boot));
    BOOST_TEST(again->boot_id == r.boot_id);
    for (const char* bad : {"", "1 2", "x 2 a", "1 y a", "1 2 a b", "1x 2 a"})
        BOOST_TEST(!engine::clock_reading_from(bad).has_value(), bad);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
