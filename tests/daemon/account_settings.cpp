#include "ulakd/account_settings.hpp"

#include "events/redactor.hpp"
#include "http/certificate.hpp"
#include "providers/registry.hpp"
#include "support/folder.hpp"
#include "ulakd/settings_table.hpp"
#include "yaml/node.hpp"
#include "yaml/parse.hpp"
#include "yaml/shape_check.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

BOOST_AUTO_TEST_SUITE(account_settings_)

using namespace std::chrono_literals;
using namespace ulak;
using namespace ulak::daemon;

namespace {

using strings = std::vector<std::string>;

struct account_fixture {
    // Reads `keys` as the entry `a` of a file's accounts; null: it has errors.
    const providers::account_settings* read(const std::string& keys, const std::string& name = "a")
    {
        found.clear();
        out.clear();
        auto doc = yaml::parse("version: 1\naccounts:\n  " + name + ": {" + keys + "}\n", "ulak.yaml", found);
        BOOST_REQUIRE(doc);
        const auto table = settings_table();
        const auto shared = std::make_shared<const yaml::document>(std::move(*doc));
        yaml::check(*shared, *table, found);
        for (auto& [entry, in] : yaml::reader(shared, table).entries("accounts"))
            read_account(entry, in, sources(), "/etc/ulak/ca.pem", out, found);
        return out.empty() ? nullptr : &out.front();
    }
    secret_sources sources() const { return {dir.path(), literals, skip}; }
    strings codes() const
    {
        strings all;
        for (const auto& p : found)
            all.push_back(p.code);
        return all;
    }

    tests::folder dir{};
    bool literals = true, skip = false;
    yaml::problems found{};
    std::vector<providers::account_settings> out{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(common_keys_become_fields, account_fixture)
{
    dir.write("own.pem", http::make_authority("own")->certificate_pem);
    const auto* a = read("provider: smmonayim-panel, key: k1k1k1, base_url: \"https://other.example/api\", "
                         "ca_file: own.pem, pace: 5 requests/s, connections: 3, timeout: 10s, budget: {day: 5 USD}, "
                         "shared: false, purchases: 4");
    BOOST_REQUIRE(a);
    BOOST_TEST(found.empty());
    BOOST_TEST(a->name == "a");
    BOOST_TEST(a->provider == "smmonayim-panel");
    BOOST_TEST(a->base_url == "https://other.example/api");
    BOOST_TEST(a->ca_file == dir.at("own.pem"));
    BOOST_TEST(a->pace->per_second == 5);
    BOOST_TEST(a->connections == 3);
    BOOST_TEST((a->timeout == 10s));
    BOOST_TEST(a->day_budget->text() == "5.00 USD");
    BOOST_TEST(!a->shared);
    BOOST_TEST((a->purchases == 4));
}

BOOST_FIXTURE_TEST_CASE(what_is_not_given_is_left_to_the_descriptor, account_fixture)
{
    const auto* a = read("provider: smmonayim-panel, key: k1k1k1");
    BOOST_REQUIRE(a);
    BOOST_TEST(a->base_url.empty());
    BOOST_TEST(a->ca_file == "/etc/ulak/ca.pem");
    BOOST_TEST(!a->pace);
    BOOST_TEST(a->connections == 8);
    BOOST_TEST(!a->timeout);
    BOOST_TEST(!a->day_budget);
    BOOST_TEST(a->shared);
    BOOST_TEST(!a->purchases);
}

BOOST_FIXTURE_TEST_CASE(own_keys_are_sorted_by_their_kind, account_fixture)
{
    const auto* numbers =
        read("provider: smmonayim-numbers, key: k1k1k1, http_method: get, cancel: {not_before: 2m, free_until: 9m}");
    BOOST_REQUIRE(numbers);
    BOOST_TEST(numbers->secrets.at("key").reveal() == "k1k1k1");
    BOOST_TEST(numbers->options.at("http_method") == "get");
    BOOST_TEST(numbers->options.at("cancel.not_before") == "2m");
    BOOST_TEST(numbers->options.at("cancel.free_until") == "9m");
    const auto* tamonay = read("provider: tamonay, token: t1t1t1, waiting: [bekliyor, sirada]");
    BOOST_REQUIRE(tamonay);
    const strings wanted{"bekliyor", "sirada"};
    BOOST_TEST(tamonay->lists.at("waiting") == wanted, boost::test_tools::per_element());
    BOOST_TEST(!tamonay->lists.contains("received"));
}

BOOST_FIXTURE_TEST_CASE(a_default_stands_for_an_option_that_is_not_given, account_fixture)
{
    const auto* a = read("provider: smmonayim-numbers, key: k1k1k1");
    BOOST_REQUIRE(a);
    BOOST_TEST(a->options.at("http_method") == "auto");
    BOOST_TEST(a->options.at("cancel.free_until") == "10m");
}

BOOST_FIXTURE_TEST_CASE(a_key_of_another_protocol_is_refused_for_every_protocol, account_fixture)
{
    for (const auto& protocol : providers::protocols())
        for (const auto& other : providers::protocols())
            for (const auto& key : other.keys) {
                const bool own = std::ranges::find(protocol.keys, key.name, &yaml::key::name) != protocol.keys.end();
                if (own || key.value->value_type != yaml::type::secret)
                    continue;
                BOOST_TEST_CONTEXT(protocol.name << " with " << key.name)
                {
                    BOOST_TEST(!read("provider: " + protocol.name + ", " + key.name + ": x1x1x1"));
                    const auto all = codes();
                    BOOST_TEST(std::ranges::count(all, "U0504") == 1); // once, however many protocols have such a key
                }
            }
}

BOOST_FIXTURE_TEST_CASE(mistakes_have_their_codes, account_fixture)
{
    struct row {
        std::string keys, name, code;
    };
    const row rows[] = {{"provider: smmonayim-panel, key: k1k1k1", "Big", "U0512"},
                        {"provider: smmonayim-panel, key: k1k1k1", std::string(65, 'a'), "U0512"},
                        {"provider: nobody", "a", "U0207"},
                        {"provider: smmonayim-panel", "a", "U0601"},
                        {"provider: smmonayim-panel, key: k1k1k1, base_url: \"http://plain.example\"", "a", "U0508"},
                        {"provider: smmonayim-panel, key: k1k1k1, ca_file: nowhere.pem", "a", "U0510"},
                        {"provider: smmonayim-panel, key: {secret: nowhere}", "a", "U0506"},
                        {"provider: smmonayim-panel, key: {env: ULAK_NOT_SET}", "a", "U0506"}};
    for (const auto& [keys, name, code] : rows)
        BOOST_TEST_CONTEXT(name << ": " << keys)
        {
            BOOST_TEST(!read(keys, name));
            const auto all = codes();
            BOOST_TEST(std::ranges::count(all, code) == 1);
        }
}

BOOST_FIXTURE_TEST_CASE(a_literal_secret_needs_leave_and_is_never_shown, account_fixture)
{
    literals = false;
    BOOST_TEST(!read("provider: smmonayim-panel, key: literal-canary-1"));
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found.front().code == "U0505");
    BOOST_TEST(found.front().source.empty());
    BOOST_TEST(yaml::to_text(found.front()).find("literal-canary-1") == std::string::npos);
    BOOST_TEST(found.front().hint.find("--allow-literal-secrets") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_secret_that_others_can_read_is_refused, account_fixture)
{
    dir.write("secrets/open", "canary", 0644);
    BOOST_TEST(!read("provider: smmonayim-panel, key: {secret: open}"));
    BOOST_TEST(codes() == strings{"U0507"}, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(every_secret_that_is_read_is_redacted_from_then_on, account_fixture)
{
    dir.write("secrets/panel", "canary-panel-4712\n");
    const auto* a = read("provider: smmonayim-panel, key: {secret: panel}");
    BOOST_REQUIRE(a);
    BOOST_TEST(a->secrets.at("key").reveal() == "canary-panel-4712");
    BOOST_TEST(events::process_redactor().contains_secret("x canary-panel-4712 y"));
}

BOOST_FIXTURE_TEST_CASE(the_simulator_needs_no_secret, account_fixture)
{
    skip = true;
    const auto* a = read("provider: smmonayim-panel, key: {secret: nowhere}");
    BOOST_REQUIRE(a);
    BOOST_TEST(a->secrets.at("key").reveal() == "none");
}

BOOST_AUTO_TEST_SUITE_END()
