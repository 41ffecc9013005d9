#include "yaml/node.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace ulak::yaml {

BOOST_AUTO_TEST_SUITE(node_)

namespace {

node scalar(std::string text)
{
    node made;
    made.node_kind = node::kind::scalar;
    made.text = std::move(text);
    return made;
}

node map_of(std::vector<std::pair<std::string, std::string>> members)
{
    node made;
    made.node_kind = node::kind::map;
    for (auto& [key, value] : members)
        made.members.emplace_back(scalar(std::move(key)), scalar(std::move(value)));
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_value_is_found_by_its_key)
{
    const auto map = map_of({{"a", "1"}, {"b", "2"}, {"", "3"}});
    BOOST_TEST(map.find("a")->text == "1");
    BOOST_TEST(map.find("b")->text == "2");
    BOOST_TEST(map.find("")->text == "3");
    BOOST_TEST(map.find("c") == nullptr);
    BOOST_TEST(map.find("A") == nullptr, "case counts");
}

BOOST_AUTO_TEST_CASE(what_is_no_map_has_no_keys)
{
    BOOST_TEST(scalar("a").find("a") == nullptr);
    BOOST_TEST(node().find("") == nullptr);
}

BOOST_AUTO_TEST_CASE(a_copy_is_a_tree_of_its_own)
{
    auto first = map_of({{"a", "1"}});
    const auto second = first;
    first.members.front().second.text = "2";
    BOOST_TEST(second.find("a")->text == "1");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::yaml
