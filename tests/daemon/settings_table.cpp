#include "ulakd/settings_table.hpp"

#include "providers/common_account_keys.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

BOOST_AUTO_TEST_SUITE(settings_table_)

using namespace ulak;

namespace {

const yaml::key& key_of(const std::vector<yaml::key>& keys, const std::string& name)
{
    const auto found = std::ranges::find(keys, name, &yaml::key::name);
    BOOST_REQUIRE_MESSAGE(found != keys.end(), "there is no key " << name);
    return *found;
}

std::set<std::string> names_of(const std::vector<yaml::key>& keys)
{
    std::set<std::string> names;
    for (const auto& k : keys)
        names.insert(k.name);
    return names;
}

void check_documented(const yaml::shape& shape, const std::string& path)
{
    BOOST_TEST(!shape.doc.empty(), path << " has no documentation");
    for (const auto& k : shape.keys)
        check_documented(*k.value, path + "." + k.name);
}

} // namespace

BOOST_AUTO_TEST_CASE(the_sections_are_those_of_the_contract)
{
    const std::set<std::string> wanted{"version", "time_zone", "state_dir", "jobs_dir", "control",  "metrics",
                                       "log",     "retention", "otp",       "tls",      "accounts", "channels"};
    BOOST_TEST((names_of(daemon::settings_table()->keys) == wanted));
}

BOOST_AUTO_TEST_CASE(every_key_is_documented)
{
    check_documented(*daemon::settings_table(), "ulak.yaml");
}

BOOST_AUTO_TEST_CASE(an_account_takes_the_common_keys_and_those_of_every_descriptor_and_no_others)
{
    auto wanted = names_of(providers::common_account_keys());
    for (const auto& protocol : providers::protocols())
        wanted.merge(names_of(protocol.keys));
    const auto table = daemon::settings_table();
    const auto& accounts = key_of(table->keys, "accounts");
    BOOST_REQUIRE(accounts.value->item);
    BOOST_TEST((names_of(accounts.value->item->keys) == wanted));
    const auto& provider = key_of(accounts.value->item->keys, "provider");
    BOOST_TEST(provider.value->choices.size() == providers::protocols().size());
}

BOOST_AUTO_TEST_SUITE_END()
