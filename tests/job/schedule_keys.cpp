#include "job/detail/schedule_keys.hpp"

#include "reading.hpp"

#include <string>
#include <vector>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(schedule_keys_)

namespace {

using namespace std::chrono_literals;
using strings = std::vector<std::string>;

struct read_result {
    std::optional<schedule> made;
    strings found;
};

read_result read(const std::string& keys)
{
    yaml::problems found;
    const auto usual = time_zone::find("Europe/Istanbul").value();
    auto made = read_schedule(common_reader("schedule: " + keys + "\n"), usual, found);
    return {std::move(made), shown(found)};
}

std::string text_of(const std::string& keys)
{
    const auto got = read(keys);
    BOOST_TEST(got.found.empty());
    return got.made->text();
}

} // namespace

BOOST_AUTO_TEST_CASE(one_of_three_triggers_is_read_in_its_zone)
{
    BOOST_TEST(text_of("{cron: \"0 9 * * *\"}") == "cron 0 9 * * * Europe/Istanbul");
    BOOST_TEST(text_of("{cron: \"@daily\", time_zone: Europe/Berlin}") == "cron @daily Europe/Berlin");
    BOOST_TEST(text_of("{every: 90m}") == "every 1h30m");
    BOOST_TEST(text_of("{at: 2026-12-01 09:00}") == "at 2026-12-01T06:00:00.000Z");
    BOOST_TEST(text_of("{at: 2026-12-01 09:00, time_zone: UTC}") == "at 2026-12-01T09:00:00.000Z");
}

BOOST_AUTO_TEST_CASE(policies_are_read_and_have_usual_values)
{
    auto usual = read("{every: 1h}").made.value();
    BOOST_TEST((usual.missed == missed_policy::run_once));
    BOOST_TEST((usual.overlap == overlap_policy::skip));
    BOOST_TEST((usual.jitter == 0ms));
    BOOST_TEST(!usual.max_late.has_value());
    const auto s =
        read("{every: 1h, jitter: 30s, max_late: 2h, missed: run-all, overlap: cancel-previous}").made.value();
    BOOST_TEST((s.missed == missed_policy::run_all));
    BOOST_TEST((s.overlap == overlap_policy::cancel_previous));
    BOOST_TEST((s.jitter == 30s));
    BOOST_TEST((s.max_late == 2h));
    BOOST_TEST((read("{every: 1h, missed: skip}").made->missed == missed_policy::skip));
    BOOST_TEST((read("{every: 1h, overlap: queue}").made->overlap == overlap_policy::queue));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_meant_is_reported_at_its_key)
{
    const struct {
        const char* keys;
        strings found;
    } table[] = {
        {"{}", {"1:11 U0303"}},
        {"{missed: skip}", {"1:11 U0303"}},
        {"{every: 1h, cron: \"0 9 * * *\"}", {"1:19 U0303"}},
        {"{every: 1h, cron: \"0 9 * * *\", at: 2026-12-01 09:00}", {"1:19 U0303", "1:46 U0303"}},
        {"{cron: 0 25 * * *}", {"1:18 U0304"}},
        {"{cron: \"*/45 * * * *\"}", {"1:18 U0305 warning"}},
        {"{cron: 0 0 30 2 *}", {"1:18 U0306"}},
        {"{every: 1h, time_zone: Europe/Istnbul}", {"1:34 U0307"}},
        {"{at: tomorrow}", {"1:16 U0308"}},
        {"{at: 2026-03-29 02:30, time_zone: Europe/Berlin}", {"1:16 U0309 warning"}},
        {"{at: 2026-10-25 02:30, time_zone: Europe/Berlin}", {"1:16 U0309 warning"}},
        {"{every: 1h, time_zone: Europe/Berlin}", {"1:34 U0310 warning"}},
        {"{every: 5m, jitter: 5m}", {"1:31 U0311"}},
        {"{every: 5m, jitter: 299s}", {}},
        {"{cron: \"0 9,10 * * *\", jitter: 1h}", {"1:42 U0311"}},
        {"{cron: 0 9 * * *, jitter: 23h}", {}},
        {"{at: 2026-12-01 09:00, jitter: 48h}", {}},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.keys)
        {
            BOOST_TEST(read(row.keys).found == row.found, boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_CASE(without_the_key_or_with_nonsense_there_is_no_schedule)
{
    yaml::problems found;
    BOOST_TEST(!read_schedule(common_reader("version: 1\n"), time_zone::utc(), found).has_value());
    BOOST_TEST(!read_schedule(common_reader("schedule: daily\n"), time_zone::utc(), found).has_value());
    BOOST_TEST(found.empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
