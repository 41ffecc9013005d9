#include "ulakctl/event_commands.hpp"

#include "ctl/cli_fixture.hpp"

namespace ulak::ctl::testing {

BOOST_FIXTURE_TEST_SUITE(event_commands_, cli_fixture)

namespace {

const std::string two_events =
    R"({"time":"2026-11-22T09:00:00Z","level":"warning","event":"run.failed","job":"otp","message":"no number"})"
    "\n"
    R"({"time":"2026-11-22T09:00:01Z","level":"info","event":"run.started","job":"bulk","message":"started"})"
    "\n";

} // namespace

BOOST_AUTO_TEST_CASE(events_are_lines_and_may_be_those_of_one_job)
{
    daemon->pieces = {two_events};
    const auto all = run({"events"});
    BOOST_TEST(contains(all.out, "2026-11-22 09:00:00 +00:00  warning  run.failed"));
    BOOST_TEST(contains(all.out, "started\n"));
    const auto one = run({"events", "--job", "otp"});
    BOOST_TEST(one.out.find("bulk") == std::string::npos);
    BOOST_TEST(run({"events", "-o", "json"}).out == two_events);
}

BOOST_AUTO_TEST_CASE(where_to_begin_and_whether_to_follow_is_asked)
{
    run({"events", "--after", "120", "-f"});
    run({"events"});
    BOOST_TEST(daemon->asked.at(0) == "FOLLOW /v1/events?after=120&follow=1");
    BOOST_TEST(daemon->asked.at(1) == "FOLLOW /v1/events?after=0");
}

BOOST_AUTO_TEST_CASE(a_feed_that_was_cut_says_how_to_go_on)
{
    daemon->pieces = {R"({"event":"feed.cut","after":57})"
                      "\n",
                      "no json\n", "[]\n"};
    const auto got = run({"events", "--job", "otp"});
    BOOST_TEST(got.out == "");
    BOOST_TEST(got.err == "ulakctl: the daemon ended the feed; go on with: ulakctl events -f --after 57\n");
}

BOOST_AUTO_TEST_CASE(a_feed_that_breaks_is_an_error)
{
    daemon->stream_error = error(errc::connection_lost, "the connection broke");
    const auto got = run({"events", "-f"});
    BOOST_TEST(got.code == exit_run_failed);
    BOOST_TEST(got.err == "ulakctl: the connection broke\n");
}

BOOST_AUTO_TEST_CASE(the_journal_is_asked_for_the_unit_and_the_fields)
{
    const auto joined = [](const arguments& a, bool json) {
        std::string out;
        for (const std::string& word : journal_command(a, json))
            out += word + " ";
        return out;
    };
    arguments a;
    BOOST_TEST(joined(a, false) == "journalctl -u ulakd -o short-iso ");
    a.follow = true;
    a.count = 100;
    a.job = "otp";
    a.run = "R1";
    BOOST_TEST(joined(a, true) == "journalctl -u ulakd -o json -f --lines=100 ULAK_JOB=otp ULAK_RUN=R1 ");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
