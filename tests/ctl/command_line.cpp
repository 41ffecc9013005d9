#include "ulakctl/command_line.hpp"

#include "ctl/cli_fixture.hpp"

namespace ulak::ctl::testing {

BOOST_FIXTURE_TEST_SUITE(command_line_, cli_fixture)

namespace {

invocation parsed(std::vector<const char*> words)
{
    words.insert(words.begin(), "ulakctl");
    std::ostringstream out, err;
    auto got = parse_command_line(static_cast<int>(words.size()), words.data(), out, err);
    if (!std::holds_alternative<invocation>(got))
        throw std::runtime_error(err.str());
    return std::get<invocation>(got);
}

} // namespace

BOOST_AUTO_TEST_CASE(every_command_has_help_with_its_examples)
{
    for (const command& c : commands())
        if (c.name != "__complete") // whose words may be anything
            BOOST_TEST_CONTEXT(c.name)
            {
                const auto got = run({std::string(c.name), "--help"});
                BOOST_TEST(got.code == exit_ok);
                BOOST_TEST(
                    contains(got.out, "Examples:\n  " + std::string(c.examples.substr(0, c.examples.find('\n')))));
                for (const option_spec& o : c.options)
                    BOOST_TEST(contains(got.out, std::string(o.names.substr(0, o.names.find(',')))));
            }
}

BOOST_AUTO_TEST_CASE(help_lists_what_is_not_hidden_and_the_exit_codes)
{
    const auto got = run({"--help"});
    BOOST_TEST(got.code == exit_ok);
    for (const command& c : commands())
        BOOST_TEST((got.out.find("\n  " + std::string(c.name) + " ") != std::string::npos) == !c.hidden, c.name);
    BOOST_TEST(contains(got.out, "7 wait timed out (the run goes on)"));
}

BOOST_AUTO_TEST_CASE(wrong_words_are_usage_errors)
{
    const std::vector<std::vector<std::string>> wrong = {{},
                                                         {"nonsense"},
                                                         {"job"},
                                                         {"job", "a", "b"},
                                                         {"runs", "-n", "many"},
                                                         {"otp"},
                                                         {"spend", "--by", "x"},
                                                         {"resolve", "1"},
                                                         {"completion", "tcsh"},
                                                         {"jobs", "-o", "xml"},
                                                         {"suppress"},
                                                         {"schema"},
                                                         {"run", "otp", "--key", ""},
                                                         {"jobs", "--nope"}};
    for (const auto& words : wrong)
        BOOST_TEST_CONTEXT((words.empty() ? std::string("nothing") : words.front()))
        {
            const auto got = run(words);
            BOOST_TEST(got.code == exit_usage);
            BOOST_TEST(!got.err.empty());
        }
}

BOOST_AUTO_TEST_CASE(a_slip_is_named_with_what_was_meant)
{
    const struct {
        std::vector<std::string> words;
        const char* said;
    } table[] = {{{"run", "J", "--wait", "5s"}, "--wait=5s"},
                 {{"services", "numbers", "--serch", "x"}, "services has no option --serch"},
                 {{"jobs", "--outptu", "json"}, "did you mean `--output`?"},
                 {{"job", "a", "b"}, "job takes name, and not `b`"},
                 {{"status", "now"}, "status takes no words, not even `now`"},
                 {{"resolve", "1"}, "resolve needs: id"},
                 {{"otp", "--account", "a"}, "--service"}};
    for (const auto& row : table) {
        const auto got = run(row.words);
        BOOST_TEST(got.code == exit_usage);
        BOOST_TEST(contains(got.err, row.said), got.err);
        BOOST_TEST(!contains(got.err, "At Most"));
        BOOST_TEST(contains(got.err, "see: ulakctl " + row.words.front() + " --help\n"));
    }
}

BOOST_AUTO_TEST_CASE(what_is_written_rules_over_the_environment)
{
    ::setenv("ULAK_CONFIG", "/env.yaml", 1);
    BOOST_TEST(parsed({"check"}).args.config == "/env.yaml");
    BOOST_TEST(parsed({"check", "--config", "/own.yaml"}).args.config == "/own.yaml");
    BOOST_TEST(parsed({"run", "J", "--sim", "--config", "/own.yaml"}).args.config == "/own.yaml");
    ::unsetenv("ULAK_CONFIG");
    BOOST_TEST(parsed({"check"}).args.config == "/etc/ulak/ulak.yaml");
}

BOOST_AUTO_TEST_CASE(a_misspelt_command_is_answered_with_the_one_that_was_meant)
{
    BOOST_TEST(contains(run({"statsu"}).err, "did you mean `status`?\n"));
    BOOST_TEST(run({"zzzzzzzz"}).err.find("did you mean") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(sarif_is_for_check_alone)
{
    const auto got = run({"jobs", "-o", "sarif"});
    BOOST_TEST(got.code == exit_usage);
    BOOST_TEST(got.err == "ulakctl: -o sarif is for `check` alone\n");
    BOOST_TEST(parsed({"check", "-o", "sarif"}).output.format == "sarif");
}

BOOST_AUTO_TEST_CASE(wait_stands_alone_or_has_its_value_behind_an_equals_sign)
{
    BOOST_TEST(parsed({"run", "otp"}).args.wait == "");
    BOOST_TEST(parsed({"run", "otp", "--wait"}).args.wait == "0s");
    BOOST_TEST(parsed({"run", "otp", "--wait=30s"}).args.wait == "30s");
    const auto before = parsed({"run", "--wait", "otp"}); // the next word is not its value
    BOOST_TEST(before.args.wait == "0s");
    BOOST_TEST(before.args.names.front() == "otp");
}

BOOST_AUTO_TEST_CASE(options_reach_their_place)
{
    const auto run =
        parsed({"run", "bulk", "-p", "a=1", "--param", "b=2", "--key", "k", "--sim", "--config", "c.yaml"});
    BOOST_TEST(run.args.params.size() == 2u);
    BOOST_TEST(run.args.key == "k");
    BOOST_TEST(run.args.simulated);
    BOOST_TEST(run.args.config == "c.yaml");
    const auto otp = parsed({"otp", "--account", "n", "--service", "3", "--operator", "x", "--max-price", "12 TRY",
                             "--length", "6", "--for", "1m"});
    BOOST_TEST(otp.args.account == "n");
    BOOST_TEST(otp.args.service == "3");
    BOOST_TEST(otp.args.network == "x");
    BOOST_TEST(otp.args.max_price == "12 TRY");
    BOOST_TEST(otp.args.count == 6);
    BOOST_TEST(otp.args.wait == "1m");
    const auto events = parsed({"events", "-f", "--after", "5000000000", "--job", "otp"});
    BOOST_TEST(events.args.follow);
    BOOST_TEST(events.args.after == 5'000'000'000);
    BOOST_TEST(events.args.job == "otp");
}

BOOST_AUTO_TEST_CASE(what_is_not_said_has_its_default)
{
    const auto got = parsed({"spend"});
    BOOST_TEST(got.args.by == "job");
    BOOST_TEST(got.socket == "/run/ulak/ulak.sock");
    BOOST_TEST(got.output.format == "table");
    BOOST_TEST(!got.output.quiet);
    BOOST_TEST(parsed({"check"}).args.config == "/etc/ulak/ulak.yaml");
}

BOOST_AUTO_TEST_CASE(the_environment_names_socket_and_configuration)
{
    ::setenv("ULAK_SOCKET", "/tmp/s", 1);
    ::setenv("ULAK_CONFIG", "/tmp/c", 1);
    BOOST_TEST(parsed({"check"}).socket == "/tmp/s");
    BOOST_TEST(parsed({"check"}).args.config == "/tmp/c");
    BOOST_TEST(parsed({"check", "--socket", "/x", "--config", "/y"}).socket == "/x");
    ::unsetenv("ULAK_SOCKET");
    ::unsetenv("ULAK_CONFIG");
}

BOOST_AUTO_TEST_CASE(global_options_may_stand_behind_the_command)
{
    const auto got = parsed({"jobs", "-q", "-o", "json", "--socket", "/s"});
    BOOST_TEST(got.output.quiet);
    BOOST_TEST(got.output.format == "json");
    BOOST_TEST(got.socket == "/s");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
