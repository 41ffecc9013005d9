#include "job/notify_rule.hpp"

#include "reading.hpp"

#include <string>
#include <vector>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(notify_rule_)

namespace {

using strings = std::vector<std::string>;

std::vector<notify_rule> read(const std::string& rules, const strings& channels, yaml::problems& found)
{
    return read_notify(common_reader("notify: " + rules + "\n"), channels, found);
}

} // namespace

BOOST_AUTO_TEST_CASE(rules_keep_their_order)
{
    yaml::problems found;
    const auto rules =
        read("[{when: [failed, attention], to: ops}, {when: [done], to: phone}]", {"ops", "phone"}, found);
    BOOST_TEST(found.empty());
    BOOST_REQUIRE(rules.size() == 2u);
    BOOST_TEST(rules[0].when == (strings{"failed", "attention"}), boost::test_tools::per_element());
    BOOST_TEST(rules[0].channel == "ops");
    BOOST_TEST(rules[1].channel == "phone");
}

BOOST_AUTO_TEST_CASE(a_channel_that_does_not_exist_is_reported_with_those_that_do)
{
    const struct {
        strings channels;
        const char* hint;
    } table[] = {
        {{"ops", "phone"}, "did you mean `ops`? Channels: ops, phone"},
        {{"mail"}, "Channels: mail"},
        {{}, "ulak.yaml has no channels; add one below `channels`"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.hint)
        {
            yaml::problems found;
            read("[{when: [failed], to: opps}]", row.channels, found);
            BOOST_REQUIRE(found.size() == 1u);
            BOOST_TEST(found[0].code == "U0315");
            BOOST_TEST(found[0].text == "there is no channel `opps`");
            BOOST_TEST(found[0].hint == row.hint);
            BOOST_TEST(found[0].at.column == 31u);
        }
}

BOOST_AUTO_TEST_CASE(a_rule_without_a_channel_is_the_tables_own_problem)
{
    yaml::problems found;
    BOOST_TEST(read("[{when: [failed]}]", {"ops"}, found).size() == 1u);
    BOOST_TEST(found.empty());
    BOOST_TEST(read("{when: [failed]}", {"ops"}, found).empty());
    BOOST_TEST(found.empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
