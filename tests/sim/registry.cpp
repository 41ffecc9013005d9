#include "sim/registry.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace ulak;

BOOST_AUTO_TEST_SUITE(registry_)

BOOST_AUTO_TEST_CASE(every_row_is_whole)
{
    for (const auto* p : sim::protocols())
        BOOST_TEST_CONTEXT(p->name)
        {
            BOOST_TEST(!p->name.empty());
            BOOST_TEST(p->base_path.starts_with('/'));
            BOOST_TEST(!p->base_path.ends_with('/'));
            BOOST_TEST(!p->unit.empty());
            BOOST_TEST(!p->balance.zero());
            BOOST_TEST(!p->credentials.empty());
            BOOST_TEST(!p->operations.empty());
            BOOST_TEST(p->admit != nullptr);
            BOOST_TEST((p->goods.numbers || p->goods.services || p->goods.messages));
            for (const auto& o : p->operations)
                BOOST_TEST(o.handle != nullptr, o.name);
        }
}

BOOST_AUTO_TEST_CASE(names_and_addresses_belong_to_one_protocol)
{
    std::set<std::string_view> names, paths;
    for (const auto* p : sim::protocols()) {
        BOOST_TEST(names.insert(p->name).second, p->name);
        if (p->short_name != p->name)
            BOOST_TEST(names.insert(p->short_name).second, p->short_name);
        BOOST_TEST(paths.insert(p->base_path).second, p->base_path);
        BOOST_TEST(sim::protocol_at(p->base_path) == p);
    }
}

BOOST_AUTO_TEST_CASE(a_protocol_is_found_by_either_name)
{
    for (const auto* p : sim::protocols()) {
        BOOST_TEST(sim::find_protocol(p->name) == p);
        BOOST_TEST(sim::find_protocol(p->short_name) == p);
    }
    BOOST_TEST(sim::find_protocol("numbers") == sim::find_protocol("smmonayim-numbers"));
    for (auto none : {"", "*", "Tamonay", "smmonayim"})
        BOOST_TEST(sim::find_protocol(none) == nullptr, none);
}

BOOST_AUTO_TEST_CASE(an_address_belongs_to_the_protocol_below_whose_path_it_lies)
{
    BOOST_TEST(sim::protocol_at("/tamonay/api/v1/user")->name == "tamonay");
    BOOST_TEST(sim::protocol_at("/panel/api/v2?x=1")->name == "smmonayim-panel");
    for (auto nowhere : {"/", "/tamonay", "/tamonay/api/v10/user", "/panel/api/v2x", ""})
        BOOST_TEST(sim::protocol_at(nowhere) == nullptr, nowhere);
}

BOOST_AUTO_TEST_CASE(operations_are_named_for_one_protocol_or_for_all)
{
    const auto panel = sim::operation_names("smmonayim-panel");
    BOOST_TEST(panel == (std::vector<std::string>{"services", "add", "status", "balance"}),
               boost::test_tools::per_element());
    std::size_t sum = 0;
    for (const auto* p : sim::protocols())
        sum += sim::operation_names(p->name).size();
    BOOST_TEST(sim::operation_names("*").size() == sum);
    BOOST_TEST(sim::operation_names("other").empty());
}

BOOST_AUTO_TEST_CASE(operations_of_a_protocol_have_different_names)
{
    for (const auto* p : sim::protocols()) {
        std::set<std::string_view> names;
        for (const auto& o : p->operations)
            BOOST_TEST(names.insert(o.name).second, p->name << ' ' << o.name);
    }
}

BOOST_AUTO_TEST_CASE(an_option_that_two_protocols_share_means_one_credential)
{
    BOOST_TEST(sim::find_credential("tamonay-token")->value == "sim-token");
    BOOST_TEST(sim::find_credential("tamonay") == nullptr);
    for (const auto* p : sim::protocols())
        for (const auto& c : p->credentials)
            BOOST_TEST(sim::find_credential(c.option)->value == c.value, c.option);
}

BOOST_AUTO_TEST_SUITE_END()
