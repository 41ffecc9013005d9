#include "ulakctl/job_commands.hpp"

#include "ctl/cli_fixture.hpp"

namespace ulak::ctl::testing {

BOOST_FIXTURE_TEST_SUITE(job_commands_, cli_fixture)

BOOST_AUTO_TEST_CASE(jobs_are_listed_with_their_state)
{
    daemon->on("GET /v1/jobs", R"({"jobs":[
        {"name":"otp","kind":"otp.acquire","enabled":true,"paused":false,"broken":false,"problems":[]},
        {"name":"bulk","kind":"sms.send","enabled":true,"paused":true,"broken":false,"problems":[]}]})");
    const auto got = run({"jobs"});
    BOOST_TEST(got.code == exit_ok);
    BOOST_TEST(contains(got.out, "paused"));
    BOOST_TEST(run({"jobs", "-q"}).out == "otp\nbulk\n");
}

BOOST_AUTO_TEST_CASE(without_jobs_the_way_to_one_is_shown)
{
    daemon->on("GET /v1/jobs", R"({"jobs":[]})");
    BOOST_TEST(contains(run({"jobs"}).out, "put a YAML file into the jobs folder"));
}

BOOST_AUTO_TEST_CASE(a_job_is_shown_with_its_parameters)
{
    daemon->on("GET /v1/jobs/otp", R"({"name":"otp","kind":"otp.acquire","enabled":false,
        "params":[{"name":"link","type":"text","default":null}],"problems":[]})");
    const auto got = run({"job", "otp"});
    BOOST_TEST(contains(got.out, "state        disabled\n"));
    BOOST_TEST(contains(got.out, "param        link (text), default -\n"));
}

BOOST_AUTO_TEST_CASE(firings_say_why_they_were_moved_or_dropped)
{
    daemon->on("GET /v1/jobs/bulk/next?n=2&from=2026-12-01T00%3A00%3A00Z",
               R"({"firings":[{"local":"2026-12-01T09:00:00+03:00","job":"bulk","reason":"cron"}],
                   "missed":[{"local":"2026-12-01T08:00:00+03:00","job":"bulk","reason":"outside the window"}]})");
    const auto got = run({"next", "bulk", "-n", "2", "--from", "2026-12-01T00:00:00Z"});
    BOOST_TEST(contains(got.out, "09:00 +03:00"));
    BOOST_TEST(contains(got.out, "\ndropped\n"));
    daemon->on("GET /v1/next", R"({"firings":[]})");
    BOOST_TEST(run({"next"}).out == "nothing is scheduled\n");
}

BOOST_AUTO_TEST_CASE(a_plan_is_printed_member_by_member)
{
    daemon->on("POST /v1/jobs/bulk/plan", R"({"recipients":{"total":5,"to_send":2},"costs":{"amount":"3","unit":"TRY"},
        "checks":["a","b"],"accounts":[{"name":"x"},{"name":"y"}],"nothing":[]})");
    const auto got = run({"plan", "bulk", "-p", "a=1"});
    BOOST_TEST(got.out == "recipients     total 5, to_send 2\ncosts          3 TRY\nchecks         a, b\n"
                          "accounts       name x\n               name y\nnothing        -\n");
    BOOST_TEST(daemon->bodies.front() == R"({"params":{"a":"1"}})");
}

BOOST_AUTO_TEST_CASE(pause_and_resume_say_what_they_did)
{
    daemon->on("POST /v1/jobs/bulk/pause", "{}");
    daemon->on("POST /v1/jobs/bulk/resume", "{}");
    BOOST_TEST(run({"pause", "bulk"}).out == "bulk is paused; runs under way go on\n");
    BOOST_TEST(run({"resume", "bulk"}).out == "bulk takes runs again\n");
    BOOST_TEST(run({"resume", "bulk", "-q"}).out == "");
    BOOST_TEST(run({"pause", "nobody"}).code == exit_usage);
}

BOOST_AUTO_TEST_CASE(every_job_command_prints_json_as_it_came)
{
    const std::vector<std::pair<std::string, std::vector<std::string>>> all = {
        {"GET /v1/jobs/a", {"job", "a"}},
        {"GET /v1/next", {"next"}},
        {"POST /v1/jobs/a/plan", {"plan", "a"}},
        {"POST /v1/jobs/a/pause", {"pause", "a"}}};
    for (auto [asked, words] : all) {
        daemon->on(asked, R"({"x":[1,null]})");
        words.insert(words.end(), {"-o", "json"});
        BOOST_TEST(run(words).out == "{\"x\":[1,null]}\n", asked);
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
