#include "ulakd/offline_accounts.hpp"

#include "support/folder.hpp"
#include "support/loop_fixture.hpp"

BOOST_AUTO_TEST_SUITE(offline_accounts_)

using namespace ulak;
using namespace ulak::daemon;

namespace {

struct offline_fixture : tests::loop_fixture {
    settings load(const std::string& accounts)
    {
        auto s = load_settings(dir.write("ulak.yaml", "version: 1\naccounts:\n" + accounts), true, found);
        BOOST_REQUIRE(s.has_value());
        return std::move(*s);
    }
    tests::folder dir{};
    yaml::problems found{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(jobs_can_be_checked_against_them_and_nothing_is_asked, offline_fixture)
{
    const auto s = load("  panel: {provider: smmonayim-panel, key: x1x1x1}\n");
    const offline_accounts offline(s, found);
    BOOST_TEST(found.empty());
    BOOST_REQUIRE(offline.all().contains("panel"));
    const auto& panel = *offline.all().at("panel");
    BOOST_TEST((panel.panel != nullptr));
    BOOST_TEST(panel.unit == "USD");
    const auto balance = run(panel.balances->balance(clock.now() + std::chrono::seconds(5)));
    BOOST_REQUIRE(!balance);
    BOOST_TEST(name(balance.error().code) == "unsupported");
}

BOOST_FIXTURE_TEST_CASE(an_account_that_cannot_be_built_is_a_problem_of_the_file, offline_fixture)
{
    const auto s = load("  panel: {provider: smmonayim-panel, key: x1x1x1, pace: 5 segments/s}\n"
                        "  other: {provider: smmonayim-panel, key: y2y2y2}\n");
    const offline_accounts offline(s, found);
    BOOST_TEST(offline.all().size() == 1u);
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found.front().code == "U0513");
    BOOST_TEST(found.front().at.file == s.file);
    BOOST_TEST(found.front().text.starts_with("account panel: "), found.front().text);
}

BOOST_AUTO_TEST_SUITE_END()
