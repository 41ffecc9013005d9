#include "ulakctl/completion.hpp"

#include "ctl/cli_fixture.hpp"

namespace ulak::ctl::testing {

BOOST_FIXTURE_TEST_SUITE(completion_, cli_fixture)

namespace {

command_reference tricky()
{
    static const command odd{"odd", "It's odd", "ulakctl odd", {}, nullptr, "file"};
    command_reference row;
    row.definition = &odd;
    option_reference flag;
    flag.names = {"-x", "--extra"};
    flag.help = "What's more";
    option_reference value;
    value.names = {"--value"};
    value.takes_value = true;
    row.options = {flag, value};
    return row;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_shell_knows_every_command_that_is_not_hidden)
{
    for (const char* shell : {"bash", "zsh", "fish"})
        BOOST_TEST_CONTEXT(shell)
        {
            const auto script = run({"completion", shell}).out;
            for (const command& c : commands())
                if (!c.hidden)
                    BOOST_TEST(contains(script, std::string(c.name)));
            BOOST_TEST(script.find("'__manual") == std::string::npos);
            BOOST_TEST(contains(script, "ulakctl __names job 2>/dev/null"));
        }
}

BOOST_AUTO_TEST_CASE(a_quote_in_a_text_cannot_end_its_quotes)
{
    const std::vector<command_reference> all{tricky()};
    BOOST_TEST(contains(zsh_completion(all), "'odd:It'\\''s odd'"));
    BOOST_TEST(contains(fish_completion(all), "-d 'What'\\''s more'"));
}

BOOST_AUTO_TEST_CASE(options_and_files_are_offered)
{
    const std::vector<command_reference> all{tricky()};
    BOOST_TEST(contains(bash_completion(all), "options=\"-x --extra --value\" files=1"));
    BOOST_TEST(contains(zsh_completion(all), "_files"));
    BOOST_TEST(contains(fish_completion(all), " -s x -l extra -d"));
    BOOST_TEST(contains(fish_completion(all), " -l value -r -d"));
}

BOOST_AUTO_TEST_CASE(names_come_from_the_daemon_and_nobody_waits_long_for_them)
{
    daemon->on("GET /v1/runs?limit=50", R"({"runs":[{"id":"R1"},{"id":"R2"}]})");
    daemon->on("GET /v1/accounts", R"({"accounts":[{"account":"a"}]})");
    daemon->on("GET /v1/attention", R"({"attention":[{"id":"E1"}]})");
    daemon->on("GET /v1/jobs", R"({"jobs":[{"name":"otp"}]})");
    BOOST_TEST(run({"__names", "run"}).out == "R1\nR2\n");
    BOOST_TEST(run({"__names", "account"}).out == "a\n");
    BOOST_TEST(run({"__names", "entry"}).out == "E1\n");
    BOOST_TEST(run({"__names", "job"}).out == "otp\n");
    for (auto timeout : daemon->timeouts)
        BOOST_TEST(timeout.count() <= 2000);
    daemon->away = true;
    const auto got = run({"__names", "job"});
    BOOST_TEST(got.out + got.err == "");
    BOOST_TEST(got.code == exit_no_daemon);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
