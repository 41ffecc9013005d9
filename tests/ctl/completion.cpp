#include "ulakctl/completion.hpp"

#include "ctl/cli_fixture.hpp"

namespace ulak::ctl::testing {

BOOST_FIXTURE_TEST_SUITE(completion_, cli_fixture)

namespace {

struct with_names : cli_fixture {
    with_names()
    {
        daemon->on("GET /v1/runs?limit=50", R"({"runs":[{"id":"R1"},{"id":"R2"}]})");
        daemon->on("GET /v1/accounts", R"({"accounts":[{"account":"numbers","can":["numbers","cancel","balance"]},
                                                       {"account":"bulk","can":["sms","balance"]}]})");
        daemon->on("GET /v1/attention", R"({"attention":[{"id":"E1"}]})");
        daemon->on("GET /v1/jobs", R"({"jobs":[{"name":"otp"},{"name":"otel"}]})");
        daemon->on("GET /v1/jobs/otp", R"({"params":[{"name":"link"},{"name":"n"}]})");
    }
    std::string offered(std::vector<std::string> words)
    {
        words.insert(words.begin(), "__complete");
        return run(words).out;
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(each_shell_has_a_script_that_asks_the_program)
{
    for (const char* shell : {"bash", "zsh", "fish"})
        BOOST_TEST(contains(run({"completion", shell}).out, "ulakctl __complete "), shell);
}

BOOST_FIXTURE_TEST_CASE(what_may_stand_there_is_offered, with_names)
{
    const struct {
        std::vector<std::string> words;
        std::string offered;
    } table[] = {
        {{"reso"}, "resolve\n"},
        {{"-q", "reso"}, "resolve\n"},
        {{"run", ""}, "otp\notel\n"},
        {{"run", "otp", ""}, ""},
        {{"run", "otp", "--k"}, "--key\n"},
        {{"run", "otp", "-p", ""}, "link=\nn=\n"},
        {{"run", "-p", ""}, ""},
        {{"show", "R"}, "R1\nR2\n"},
        {{"resolve", ""}, "E1\n"},
        {{"resolve", "E1", ""}, "done\nnot-done\nwrite-off\n"},
        {{"resolve", "E1", "n"}, "not-done\n"},
        {{"resolve", "E1", "done", ""}, ""},
        {{"otp", "--account", ""}, "numbers\n"},
        {{"spend", "--by", ""}, "job\naccount\nday\n"},
        {{"runs", "--job", "ote"}, "otel\n"},
        {{"runs", "--state", "f"}, "failed\n"},
        {{"jobs", "-o", "j"}, "json\n"},
        {{"balance", "b"}, "bulk\n"},
        {{"check", ""}, ":files\n"},
        {{"check", "--config", ""}, ":files\n"},
        {{"completion", "z"}, "zsh\n"},
        {{"completion", "zsh", ""}, ""},
        {{"suppress", "r"}, "rm\n"},
    };
    for (const auto& row : table)
        BOOST_TEST(offered(row.words) == row.offered,
                   row.words.front() << " … " << row.words.back() << " gave " << offered(row.words));
}

BOOST_FIXTURE_TEST_CASE(nobody_waits_long_for_names_nor_hears_that_no_daemon_answers, with_names)
{
    BOOST_TEST(offered({"run", ""}) != "");
    for (auto timeout : daemon->timeouts)
        BOOST_TEST(timeout.count() <= 2000);
    daemon->away = true;
    const auto got = run({"__complete", "run", ""});
    BOOST_TEST(got.out + got.err == "");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
