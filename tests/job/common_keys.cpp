#include "job/common_keys.hpp"

#include "kinds.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(common_keys_)

namespace {

const yaml::key* key_of(const yaml::shape& table, std::string_view name)
{
    const auto found = std::ranges::find(table.keys, name, &yaml::key::name);
    return found == table.keys.end() ? nullptr : &*found;
}

/// Every key below a record has a sentence for the reference.
void check_docs(const yaml::shape& table, const std::string& path)
{
    for (const auto& k : table.keys) {
        BOOST_TEST(!k.value->doc.empty(), path << "." << k.name);
        check_docs(*k.value, path + "." + k.name);
    }
    if (table.item)
        check_docs(*table.item, path + "[]");
}

} // namespace

BOOST_AUTO_TEST_CASE(all_jobs_have_the_same_keys)
{
    const auto table = common_keys();
    for (const auto* name :
         {"version", "kind", "description", "enabled", "params", "schedule", "budget", "concurrency", "notify"})
        BOOST_TEST((key_of(*table, name) != nullptr), name);
    for (const auto& k : table->keys)
        BOOST_TEST(k.required == (k.name == "version" || k.name == "kind"), k.name);
    check_docs(*table, "job");
}

BOOST_AUTO_TEST_CASE(a_kind_adds_its_own_keys_and_moments)
{
    const auto kinds = example_kinds();
    const auto table = keys_of(kinds[1]);
    BOOST_TEST((key_of(*table, "watch") != nullptr));
    BOOST_TEST((key_of(*table, "account") == nullptr));
    BOOST_TEST(key_of(*table, "kind")->value->choices == std::vector<std::string>{"balance.watch"},
               boost::test_tools::per_element());
    const auto& rule = *key_of(*table, "notify")->value->item;
    const std::vector<std::string> moments{"started", "done", "failed", "attention", "missed", "firing", "cleared"};
    BOOST_TEST(key_of(rule, "when")->value->item->choices == moments, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(only_a_kind_that_spends_needs_a_budget)
{
    const auto kinds = example_kinds();
    BOOST_TEST(key_of(*keys_of(kinds[0]), "budget")->required);
    BOOST_TEST(!key_of(*keys_of(kinds[1]), "budget")->required);
}

BOOST_AUTO_TEST_CASE(the_table_of_a_kind_is_made_once)
{
    const auto kinds = example_kinds();
    BOOST_TEST(keys_of(kinds[0]) == keys_of(kinds[0]));
    BOOST_TEST(keys_of(kinds[0]) != keys_of(kinds[1]));
}

BOOST_AUTO_TEST_CASE(no_key_stands_twice)
{
    for (const auto& kind : example_kinds()) {
        std::set<std::string> names;
        for (const auto& k : keys_of(kind)->keys)
            BOOST_TEST(names.insert(k.name).second, k.name);
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
