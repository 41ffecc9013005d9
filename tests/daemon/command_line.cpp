#include "ulakd/command_line.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <vector>

BOOST_AUTO_TEST_SUITE(command_line_)

using namespace ulak::daemon;

namespace {

std::optional<int> parse(std::vector<const char*> words, command_line& out)
{
    words.insert(words.begin(), "ulakd");
    return parse_command_line(static_cast<int>(words.size()), words.data(), out);
}

} // namespace

BOOST_AUTO_TEST_CASE(without_words_the_daemon_runs_on_its_usual_file)
{
    ::unsetenv("ULAK_CONFIG");
    command_line c;
    BOOST_TEST(!parse({}, c));
    BOOST_TEST(c.config == "/etc/ulak/ulak.yaml");
    BOOST_TEST(!c.check);
    BOOST_TEST(!c.literal_secrets);
    BOOST_TEST(c.simulator.empty());
}

BOOST_AUTO_TEST_CASE(every_option_reaches_its_field)
{
    command_line c;
    BOOST_TEST(!parse({"--config", "x.yaml", "--check", "--allow-literal-secrets", "-o", "json"}, c));
    BOOST_TEST(c.config == "x.yaml");
    BOOST_TEST(c.check);
    BOOST_TEST(c.literal_secrets);
    BOOST_TEST(c.output == "json");
    command_line first;
    BOOST_TEST(!parse({"--init", "--forget"}, first));
    BOOST_TEST((first.init && first.forget && !first.no_create));
    command_line strict;
    BOOST_TEST(!parse({"--no-create"}, strict));
    BOOST_TEST((strict.no_create && !strict.init));
    command_line sim;
    BOOST_TEST(!parse({"--sim", "ready.json", "--folder", "/tmp/x"}, sim));
    BOOST_TEST(sim.simulator == "ready.json");
    BOOST_TEST(sim.folder == "/tmp/x");
}

BOOST_AUTO_TEST_CASE(the_environment_names_the_file_unless_the_command_line_does)
{
    ::setenv("ULAK_CONFIG", "env.yaml", 1);
    command_line from_environment, from_words;
    BOOST_TEST(!parse({}, from_environment));
    BOOST_TEST(!parse({"--config", "x.yaml"}, from_words));
    ::unsetenv("ULAK_CONFIG");
    BOOST_TEST(from_environment.config == "env.yaml");
    BOOST_TEST(from_words.config == "x.yaml");
}

BOOST_AUTO_TEST_CASE(wrong_words_end_with_two_and_questions_with_zero)
{
    struct row {
        std::vector<const char*> words;
        int code;
    };
    for (const auto& [words, code] : {row{{"--frobnicate"}, 2}, row{{"stray"}, 2}, row{{"-o", "xml"}, 2},
                                      row{{"--sim", "ready.json"}, 2}, row{{"--config"}, 2}, row{{"--forget"}, 2},
                                      row{{"--init", "--no-create"}, 2}, row{{"--help"}, 0}, row{{"--version"}, 0}})
        BOOST_TEST_CONTEXT(words.front())
        {
            command_line c;
            const auto ended = parse(words, c);
            BOOST_REQUIRE(ended.has_value());
            BOOST_TEST(*ended == code);
        }
}

BOOST_AUTO_TEST_SUITE_END()
