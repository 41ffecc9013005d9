#include "example.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace ulak::yaml {

BOOST_AUTO_TEST_SUITE(tree_)

namespace {

struct fixture {
    const node& tree(const std::string& source)
    {
        doc = parse(source, "x.yaml", found);
        BOOST_REQUIRE_MESSAGE(doc.has_value(), source);
        BOOST_TEST(found.empty());
        return doc->root;
    }

    problems found;
    std::optional<document> doc;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(scalars_stay_as_they_were_written, fixture)
{
    const auto& root = tree("a: 012\nb: no\nc: 0555\nd: 1e3\ne: 22:22\nf: \"no\"\ng: +90 555\n");
    for (auto [key, text] : {std::pair("a", "012"),
                             {"b", "no"},
                             {"c", "0555"},
                             {"d", "1e3"},
                             {"e", "22:22"},
                             {"f", "no"},
                             {"g", "+90 555"}})
        BOOST_TEST(root.find(key)->text == text);
    BOOST_TEST(!root.find("b")->quoted);
    BOOST_TEST(root.find("f")->quoted);
}

BOOST_FIXTURE_TEST_CASE(only_bare_words_mean_nothing, fixture)
{
    const auto& root = tree("a: ~\nb: null\nc: \"null\"\nd: ''\ne:\nf: nullable\n");
    for (auto key : {"a", "b", "e"})
        BOOST_TEST((root.find(key)->node_kind == node::kind::null));
    for (auto key : {"c", "d", "f"})
        BOOST_TEST((root.find(key)->node_kind == node::kind::scalar));
}

BOOST_FIXTURE_TEST_CASE(columns_count_letters_and_not_bytes, fixture)
{
    const auto& root = tree("ğüş: 1\nb: {ı: 2, c: 3}\n");
    BOOST_TEST(root.find("ğüş")->column == 6u);
    BOOST_TEST(root.find("b")->find("c")->line == 2u);
    BOOST_TEST(root.find("b")->find("c")->column == 14u);
}

BOOST_FIXTURE_TEST_CASE(block_texts_keep_their_lines, fixture)
{
    const auto& root = tree("a: |\n  x\n   y\n\nb: >-\n  p\n  q\n");
    BOOST_TEST(root.find("a")->text == "x\n y\n");
    BOOST_TEST(root.find("a")->quoted);
    BOOST_TEST(root.find("b")->text == "p q");
}

BOOST_FIXTURE_TEST_CASE(a_text_over_several_lines_is_one_text, fixture)
{
    BOOST_TEST(tree("a: x\n  y\n  z\n").find("a")->text == "x y z");
    BOOST_TEST(tree("a: x -y\n  2-1\n").find("a")->text == "x -y 2-1");
}

BOOST_FIXTURE_TEST_CASE(quotes_inside_quotes_do_not_end_them, fixture)
{
    const auto& root = tree("a: 'it''s'\nb: \"say \\\"hi\\\"\"\nc: \"\\\\\"\nd: ''\n");
    BOOST_TEST(root.find("a")->text == "it's");
    BOOST_TEST(root.find("b")->text == "say \"hi\"");
    BOOST_TEST(root.find("c")->text == "\\");
}

BOOST_FIXTURE_TEST_CASE(members_keep_the_order_of_the_file, fixture)
{
    const auto& root = tree("z: 1\na: 2\nm: 3\n");
    BOOST_TEST(root.members[0].first.text == "z");
    BOOST_TEST(root.members[2].first.text == "m");
    BOOST_TEST(root.find("q") == nullptr);
}

BOOST_FIXTURE_TEST_CASE(the_tree_outlives_moves_of_the_document, fixture)
{
    tree("a: {b: [1, {c: d}]}\n");
    auto moved = std::move(*doc);
    BOOST_TEST(moved.root.find("a")->find("b")->items[1].find("c")->text == "d");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::yaml
