// Days off, and until when a run may send.
#include "kinds/sms_send/send_until.hpp"
#include "kinds/sms_world.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>

BOOST_AUTO_TEST_SUITE(sms_times_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::run_state;

struct times_world : sms_world {
    std::map<std::string, int> reasons(const run_id& id)
    {
        std::map<std::string, int> all;
        for (const auto& i : items_of(id))
            ++all[i.reason];
        return all;
    }
    std::string today() const { return rfc3339(clock.wall_now()).substr(0, 10); }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(nobody_is_messaged_on_a_day_off, times_world)
{
    for (const int way : {0, 1, 2}) {
        write("off.txt", "# closed\n" + today() + " inventory\n");
        const std::string day = way == 0 ? today() : way == 1 ? "off.txt" : today() + ".." + today();
        const auto work = load(job_with(three, "", "window: {not_on: [holidays-tr, \"" + day + "\"]}\n"));
        BOOST_TEST_REQUIRE((work != nullptr));
        const wall_point begun = clock.wall_now();
        BOOST_TEST(!work->waiting_reason(begun).empty());
        wall_point sent{};
        bulk.on_send = [&] { sent = clock.wall_now(); };
        const auto end = resume(*work, create_run(), 72h, 10min);
        BOOST_TEST((end->state == run_state::succeeded));
        BOOST_TEST(rfc3339(sent).substr(0, 10) != rfc3339(begun).substr(0, 10));
        BOOST_TEST(rfc3339(sent).substr(11, 5) == "09:00");
    }
}

BOOST_FIXTURE_TEST_CASE(what_is_unsent_when_its_time_is_over_is_skipped_and_told, times_world)
{
    write("list.csv", rows(10));
    for (const char* key : {"send_until: \"09:05\"\n", "give_up_after: 5m\n"}) {
        const wall_point begun = clock.wall_now();
        const auto work = load(job_with("{csv: list.csv, phone: gsm}", "",
                                        std::string("chunk: 1\npace: 1 requests/min\n") +
                                            (key[0] == 's' ? key : "give_up_after: 5m\nsend_until: \"23:00\"\n")));
        BOOST_TEST_REQUIRE((work != nullptr));
        wall_point last{};
        bulk.on_send = [&] { last = clock.wall_now(); };
        const auto id = create_run();
        const auto end = resume(*work, id, 3h, 1s);
        BOOST_TEST((end->state == run_state::failed));
        BOOST_TEST_REQUIRE(end->failure.has_value());
        BOOST_TEST((end->failure->code == errc::window));
        BOOST_TEST(end->failure->message.find("is not sent any more") != std::string::npos);
        BOOST_TEST((last < begun + 5min));
        const auto skipped = reasons(id)[sms::too_late];
        BOOST_TEST(skipped >= 4);
        BOOST_TEST(skipped + counted(id, "delivered") == 10); // the reports of what was sent are fetched still
        check_sum(id);
        clock.jump_wall(24h - (clock.wall_now() - begun));
        BOOST_TEST((begun + 24h == clock.wall_now()));
    }
}

BOOST_FIXTURE_TEST_CASE(a_run_does_not_wait_for_a_window_that_opens_too_late, times_world)
{
    const auto work = load(job_with(three, "", "window: {from: \"10:00\", to: \"12:00\"}\nsend_until: \"09:30\"\n"));
    const auto id = create_run();
    const wall_point begun = clock.wall_now();
    const auto end = resume(*work, id, 3h, 10s);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST((clock.wall_now() - begun <= 31min));
    BOOST_TEST(bulk.asked == 0);
    BOOST_TEST(reasons(id)[sms::too_late] == 3);
}

BOOST_FIXTURE_TEST_CASE(the_time_counts_from_when_the_run_was_asked_for, times_world)
{
    const auto work = load(job_with(three, "", "give_up_after: 10m\n"));
    const auto id = create_run();
    clock.jump_wall(11min); // it was queued, or the daemon was stopped
    const auto end = resume(*work, id, 1h, 1s);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST(bulk.asked == 0);
}

BOOST_FIXTURE_TEST_CASE(times_that_cannot_be_read_are_told_with_their_place, times_world)
{
    write("off.txt", "2027-01-01\nsoon\n");
    for (const char* more :
         {"window: {not_on: [2027-02-30]}\n", "window: {not_on: [holidays-us]}\n", "window: {not_on: [off.txt]}\n",
          "window: {not_on: [none.txt]}\n", "window: {not_on: [../../etc/passwd]}\n", "send_until: soon\n"})
        BOOST_TEST_CONTEXT(more)
        {
            BOOST_TEST((load(job_with(three, "", more)) == nullptr));
            BOOST_TEST(reported("U0415"));
        }
}

BOOST_AUTO_TEST_SUITE_END()
