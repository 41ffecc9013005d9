#include "ulakctl/attention_commands.hpp"

#include "ctl/cli_fixture.hpp"

namespace ulak::ctl::testing {

BOOST_FIXTURE_TEST_SUITE(attention_commands_, cli_fixture)

namespace {

const std::string entry = R"({"id":"E1","at":null,"kind":"sms.send","job":"campaign","account":"bulk",)"
                          R"("amount":{"amount":"3","unit":"credits"},"outcome":null,"evidence":"no answer came"})";

} // namespace

BOOST_AUTO_TEST_CASE(open_entries_have_a_code_of_their_own)
{
    daemon->on("GET /v1/attention", "{\"attention\":[" + entry + "]}");
    const auto got = run({"attention"});
    BOOST_TEST(got.code == exit_attention);
    BOOST_TEST(contains(got.out, "3 credits"));
    BOOST_TEST(contains(got.out, "ulakctl resolve ID done|not-done|write-off"));
    BOOST_TEST(run({"attention", "-q"}).out == "E1\n");
    BOOST_TEST(run({"attention", "-o", "json"}).code == exit_attention);
}

BOOST_AUTO_TEST_CASE(settled_entries_are_no_reason_to_act)
{
    daemon->on("GET /v1/attention?all=1", "{\"attention\":[" + entry + "]}");
    BOOST_TEST(run({"attention", "--all"}).code == exit_ok);
    daemon->on("GET /v1/attention", "{\"attention\":[]}");
    const auto got = run({"attention"});
    BOOST_TEST(got.code == exit_ok);
    BOOST_TEST(got.out == "nothing needs attention\n");
}

BOOST_AUTO_TEST_CASE(a_terminal_shows_the_evidence_whole_below_its_entry)
{
    daemon->on("GET /v1/attention", "{\"attention\":[" + entry + "]}");
    look.terminal = true;
    look.width = 60;
    const auto got = run({"attention"});
    BOOST_TEST(contains(got.out, "\n    no answer came\n"));
    BOOST_TEST(got.out.find("EVIDENCE") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_entry_is_resolved_with_the_outcome_that_was_said)
{
    daemon->on("POST /v1/attention/E%2F1/resolve", R"({"outcome":"not_done"})");
    BOOST_TEST(run({"resolve", "E/1", "not-done"}).out == "resolved as not_done\n");
    BOOST_TEST(daemon->bodies.front() == R"({"outcome":"not-done"})");
    daemon->refuse("POST /v1/attention/E2/resolve", 400, "invalid_argument", "outcome is done, not-done or write-off");
    BOOST_TEST(run({"resolve", "E2", "maybe"}).code == exit_usage);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
