#include "ulakd/simulated.hpp"

#include "support/folder.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

BOOST_AUTO_TEST_SUITE(simulated_)

using namespace ulak;
using namespace ulak::daemon;

namespace {

constexpr char config[] = R"(version: 1
metrics: {listen: "127.0.0.1:9464"}
accounts:
  bulk: {provider: toplusms, username: "5559998877", password_md5: {secret: nowhere}, pace: 5 segments/s}
  ilet: {provider: iletimerkezi, key: {secret: nowhere}, secret_key: {secret: nowhere}}
  panel: {provider: smmonayim-panel, key: {secret: nowhere}, budget: {day: 5 USD}}
channels:
  ops: {webhook: "https://hooks.example.com/ulak"}
)";

constexpr char ready[] = R"({"ca_file": "/sim/ca.pem",
  "base_urls": {"toplusms": "https://localhost:1/t", "iletimerkezi": "https://localhost:1/i",
                "smmonayim-panel": "https://localhost:1/p"},
  "credentials": {"toplusms": {"username": "sim-user", "password": "sim-password", "api_key": "sim-api"},
                  "iletimerkezi": {"key": "sim-key", "hash": "sim-hash"}, "smmonayim-panel": {"key": "sim-smm"}}})";

struct simulated_fixture {
    std::optional<settings> load(const std::string& ready_text = ready)
    {
        return load_simulated(dir.write("ulak.yaml", config), dir.write("sim.json", ready_text), dir.at("run"), found);
    }
    static const providers::account_settings& account(const settings& s, const std::string& name)
    {
        return *std::ranges::find(s.accounts, name, &providers::account_settings::name);
    }
    tests::folder dir{};
    yaml::problems found{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(every_account_is_pointed_at_the_simulator_with_its_credentials, simulated_fixture)
{
    const auto s = load();
    BOOST_REQUIRE(s.has_value());
    BOOST_TEST(found.empty());
    const auto& bulk = account(*s, "bulk");
    BOOST_TEST(bulk.base_url == "https://localhost:1/t");
    BOOST_TEST(bulk.ca_file == "/sim/ca.pem");
    BOOST_TEST(bulk.options.at("username") == "sim-user");
    const auto& panel = account(*s, "panel");
    BOOST_TEST(panel.base_url == "https://localhost:1/p");
    BOOST_TEST(panel.secrets.at("key").reveal() == "sim-smm");
}

BOOST_FIXTURE_TEST_CASE(a_substitute_gives_way_to_what_the_simulator_knows, simulated_fixture)
{
    const auto s = load();
    BOOST_REQUIRE(s.has_value());
    const auto& bulk = account(*s, "bulk");
    BOOST_TEST(!bulk.secrets.contains("password_md5"));
    BOOST_TEST(bulk.secrets.at("password").reveal() == "sim-password");
    BOOST_TEST(!bulk.secrets.contains("api_key")); // the account logs in by user, and goes on to
    const auto& ilet = account(*s, "ilet");
    BOOST_TEST(!ilet.secrets.contains("secret_key"));
    BOOST_TEST(ilet.secrets.at("hash").reveal() == "sim-hash");
}

BOOST_FIXTURE_TEST_CASE(limits_stay_and_nothing_leaves_the_folder, simulated_fixture)
{
    const auto s = load();
    BOOST_REQUIRE(s.has_value());
    BOOST_TEST(s->simulated);
    BOOST_TEST(account(*s, "bulk").pace->per_second == 5);
    BOOST_TEST(account(*s, "panel").day_budget->text() == "5.00 USD");
    for (const auto& path : {s->state_dir, s->socket, s->view_socket, s->log.file})
        BOOST_TEST(path.starts_with(dir.at("run") + "/"), path);
    BOOST_TEST(s->metrics_address.empty());
    BOOST_REQUIRE(s->channels.size() == 1u);
    BOOST_TEST((s->channels.front().kind == channel_settings::type::program));
    BOOST_TEST(s->channels.front().arguments == std::vector<std::string>{"/bin/true"},
               boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_bad_ready_file_is_a_problem_at_its_own_place, simulated_fixture)
{
    for (const char* text : {"", "{", "[]", "7"})
        BOOST_TEST_CONTEXT(text)
        {
            found.clear();
            BOOST_TEST(!load(text).has_value());
            BOOST_REQUIRE(found.size() == 1u);
            BOOST_TEST(found.front().code == "U0510");
            BOOST_TEST(found.front().at.file == dir.at("sim.json"));
        }
}

BOOST_AUTO_TEST_SUITE_END()
