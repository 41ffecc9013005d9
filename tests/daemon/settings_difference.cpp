#include "ulakd/settings_difference.hpp"

#include "support/folder.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(settings_difference_)

using namespace ulak;
using namespace ulak::daemon;

namespace {

using strings = std::vector<std::string>;

const std::string numbers = "  numbers: {provider: smmonayim-numbers, key: x1x1x1, shared: false}\n";
const std::string panel = "  panel: {provider: smmonayim-panel, key: x1x1x1}\n";
const std::string before = "version: 1\naccounts:\n" + numbers + panel + "channels:\n  ops: {exec: [/bin/true]}\n";

struct two_versions {
    settings load(const std::string& text)
    {
        yaml::problems found;
        auto s = load_settings(dir.write("ulak.yaml", text), true, found);
        BOOST_REQUIRE(s.has_value());
        return std::move(*s);
    }
    settings_difference of(const std::string& now, const engine::account_uses& uses = {})
    {
        return compare(load(before), load(now), uses);
    }
    tests::folder dir{};
};

std::string changed(std::string text, const std::string& from, const std::string& to)
{
    return text.replace(text.find(from), from.size(), to);
}

} // namespace

BOOST_FIXTURE_TEST_CASE(comments_and_layout_change_nothing, two_versions)
{
    const auto d = of(changed(before, "{provider: smmonayim-panel, key: x1x1x1}",
                              "\n    provider: smmonayim-panel # p\n    key: x1x1x1"));
    BOOST_TEST(!d.any());
    BOOST_TEST(d.refused.empty());
    BOOST_TEST(d.unchanged_accounts.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(each_word_of_an_account_counts, two_versions)
{
    for (const char* more :
         {"pace: 2 requests/s", "connections: 2", "timeout: 5s", "budget: {day: 9 TRY}", "purchases: 2",
          "base_url: \"https://localhost:1/x\"", "cancel: {not_before: 1s}", "http_method: post"})
        BOOST_TEST_CONTEXT(more)
        {
            const auto d = of(changed(before, "shared: false", std::string("shared: false, ") + more));
            BOOST_TEST(d.changed == strings{"accounts.numbers"}, boost::test_tools::per_element());
            BOOST_TEST(d.unchanged_accounts == std::set<std::string>{"panel"}, boost::test_tools::per_element());
        }
    BOOST_TEST(of(changed(before, "key: x1x1x1", "key: y1y1y1")).changed == strings{"accounts.numbers"},
               boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(an_account_in_use_is_neither_changed_nor_removed, two_versions)
{
    const engine::account_uses uses{{"numbers", "run 01J of job otp is under way"}};
    for (const std::string& now : {changed(before, "shared: false", "shared: true"), changed(before, numbers, "")})
        BOOST_TEST_CONTEXT(now)
        {
            const auto d = of(now, uses);
            BOOST_TEST_REQUIRE(d.refused.size() == 1u);
            BOOST_TEST(d.refused[0].text.find("run 01J of job otp is under way") != std::string::npos);
            BOOST_TEST(of(now).refused.empty());
        }
    BOOST_TEST(
        of(changed(before, panel, panel + "  more: {provider: tamonay, token: x1x1x1}\n"), uses).refused.empty());
}

BOOST_FIXTURE_TEST_CASE(a_name_does_not_go_to_another_provider, two_versions)
{
    const auto d =
        of(changed(before, "{provider: smmonayim-panel, key: x1x1x1}", "{provider: tamonay, token: x1x1x1}"));
    BOOST_TEST_REQUIRE(d.refused.size() == 1u);
    BOOST_TEST(d.refused[0].hint.find("a name of its own") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(what_is_built_into_the_house_needs_a_restart, two_versions)
{
    for (const char* line :
         {"time_zone: Europe/Berlin\n", "state_dir: other\n", "jobs_dir: other\n", "control: {socket: other.sock}\n",
          "metrics: {listen: \"127.0.0.1:0\"}\n", "log: {format: text}\n"})
        BOOST_TEST_CONTEXT(line)
        {
            const auto d = of(before + line);
            BOOST_TEST_REQUIRE(d.refused.size() == 1u);
            BOOST_TEST(d.refused[0].hint.find("restart") != std::string::npos);
        }
}

BOOST_FIXTURE_TEST_CASE(channels_keeping_and_the_log_s_level_change_by_reload, two_versions)
{
    const auto d = of(changed(before, "ops: {exec: [/bin/true]}", "page: {exec: [/bin/false]}") +
                      "retention: {codes: 5m}\nlog: {level: debug}\notp: {day: 90 TRY}\n");
    BOOST_TEST(d.refused.empty());
    BOOST_TEST(d.changed == (strings{"channels.page", "channels.ops", "log.level", "otp", "retention"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
