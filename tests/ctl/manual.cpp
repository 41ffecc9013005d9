#include "ulakctl/manual.hpp"

#include "ctl/cli_fixture.hpp"
#include "ulakctl/roff.hpp"

namespace ulak::ctl::testing {

BOOST_FIXTURE_TEST_SUITE(manual_, cli_fixture)

BOOST_AUTO_TEST_CASE(no_text_is_a_request_or_an_escape)
{
    BOOST_TEST(roff_escaped("a-b") == "a\\-b");
    BOOST_TEST(roff_escaped("a\\b") == "a\\eb");
    BOOST_TEST(roff_escaped(".TH") == "\\&.TH");
    BOOST_TEST(roff_escaped("a\n'b") == "a\n\\&'b");
    BOOST_TEST(roff_escaped("a.b'c") == "a.b'c");
}

BOOST_AUTO_TEST_CASE(the_page_of_ulakctl_has_every_command_and_no_hidden_one)
{
    const auto page = run({"__manual", "ulakctl.1"}).out;
    for (const command& c : commands())
        BOOST_TEST((page.find(".SS " + roff_escaped(c.name) + "\n") != std::string::npos) == !c.hidden, c.name);
    BOOST_TEST(contains(page, "\\fB\\-p\\fR, \\fB\\-\\-param\\fR \\fIVALUE\\fR"));
    BOOST_TEST(page.find("\\-\\-help") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_page_begins_with_its_name)
{
    for (const auto& [file, title] : {std::pair<std::string, std::string>{"ulakctl.1", ".TH ulakctl 1 "},
                                      {"ulakd.8", ".TH ulakd 8 "},
                                      {"ulak.yaml.5", ".TH ulak.yaml 5 "},
                                      {"ulak-job.5", ".TH ulak\\-job 5 "}})
        BOOST_TEST(run({"__manual", file}).out.starts_with(title), file);
    BOOST_TEST(run({"__manual", "other.1"}).code == exit_usage);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
