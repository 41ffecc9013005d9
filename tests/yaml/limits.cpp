#include "example.hpp"

#include "yaml/codes.hpp"
#include "yaml/source_text.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <random>
#include <string>

namespace ulak::yaml {

BOOST_AUTO_TEST_SUITE(limits_)

namespace {

std::string repeat(std::string_view piece, std::size_t times)
{
    std::string out;
    out.reserve(piece.size() * times);
    while (times-- > 0)
        out += piece;
    return out;
}

std::string fill(std::string_view piece)
{
    return repeat(piece, max_file_bytes / piece.size());
}

/// Generous for a slow machine with sanitizers; the traps below would take minutes or for ever.
constexpr std::chrono::seconds patience(20);

} // namespace

BOOST_AUTO_TEST_CASE(a_file_may_be_as_large_as_the_limit_and_no_larger)
{
    std::string source = "a: 1\n#";
    source += std::string(max_file_bytes - source.size(), 'x');
    problems found;
    BOOST_TEST(parse(source, "x.yaml", found).has_value());
    BOOST_TEST(found.empty());
    BOOST_TEST(!parse(source + "x", "x.yaml", found).has_value());
    BOOST_TEST(places(found) == std::vector<std::string>{"0:0 U0106"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(nesting_ends_at_the_limit)
{
    auto nested = [](std::size_t levels) { return repeat("[", levels) + "1" + repeat("]", levels); };
    problems found;
    BOOST_TEST(parse(nested(max_depth), "x.yaml", found).has_value());
    BOOST_TEST(found.empty());
    BOOST_TEST(!parse(nested(max_depth + 1), "x.yaml", found).has_value());
    BOOST_TEST(places(found) == std::vector<std::string>{"1:33 U0116"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(values_end_at_the_limit)
{
    problems found;
    BOOST_TEST(!parse("[" + repeat("1,", max_nodes + 1) + "1]", "x.yaml", found).has_value());
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found[0].code == codes::too_many_values);
}

BOOST_AUTO_TEST_CASE(an_alias_bomb_is_refused_without_being_unfolded)
{
    std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n";
    for (int i = 1; i < 10; ++i) {
        auto before = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + repeat(before + ",", 8) + before + "]\n";
    }
    problems found;
    auto doc = parse(bomb, "x.yaml", found);
    BOOST_TEST(found.size() == 10u + 9u * 9u);
}

BOOST_AUTO_TEST_CASE(thousands_of_problems_are_cut_short)
{
    auto found = problems_of("extra: {" + repeat("a:1,", 5000) + "}\n");
    BOOST_TEST(found.size() <= max_problems + 3);
    BOOST_TEST(places(found).size() > max_problems);
    std::size_t cut = 0;
    for (const auto& p : found)
        cut += p.code == codes::too_many_problems;
    BOOST_TEST(cut == 1u);
}

BOOST_AUTO_TEST_CASE(one_full_file_does_not_hide_the_problems_of_the_next)
{
    problems found;
    auto first = parse("{" + repeat("a:1,", 5000) + "}\n", "a.yaml", found);
    auto before = found.size();
    BOOST_TEST(!parse("b: [\n", "b.yaml", found).has_value());
    BOOST_TEST(found.size() == before + 1);
    BOOST_TEST(found.back().at.file == "b.yaml");
}

BOOST_AUTO_TEST_CASE(texts_made_to_be_slow_are_refused_in_time)
{
    for (std::string_view piece :
         {"[", "{",     "- ",    "? ",     "a: ",   "{a: ", "[{",   "'", "\"",    "!",    "&a ", "*a ", "|\n", ",",
          ":", "---\n", "...\n", "a: b\n", "- a\n", "%a\n", "\"\\", "#", "a:\n ", "[a, ", "x ",  "\n",  "{,",  "a:1,"})
        BOOST_TEST_CONTEXT(piece)
        {
            auto begin = std::chrono::steady_clock::now();
            problems_of(fill(piece));
            problems_of("a: [" + fill(piece).substr(0, max_file_bytes - 8));
            BOOST_TEST((std::chrono::steady_clock::now() - begin < patience));
        }
}

BOOST_AUTO_TEST_CASE(every_text_of_four_signs_ends)
{
    const std::vector<std::string> signs{"a", ":", " ", "-", "[", "]", "{", "}",     ",",     "\n", "\"",
                                         "'", "?", "&", "*", "!", "|", "#", "---\n", "...\n", "~",  "%"};
    std::size_t usable = 0;
    for (const auto& a : signs)
        for (const auto& b : signs)
            for (const auto& c : signs)
                for (const auto& d : signs) {
                    problems found;
                    auto doc = parse(a + b + c + d, "x.yaml", found);
                    usable += doc.has_value();
                    BOOST_REQUIRE(doc.has_value() || has_errors(found));
                }
    BOOST_TEST(usable > 1000u);
}

BOOST_AUTO_TEST_CASE(random_damage_to_a_good_file_never_harms)
{
    const std::string good =
        "name: a\ncount: 1\nto: [a, 'b', \"c\"]\naccounts:\n  b: {provider: ş, port: 1}\nwait: 4m\nnotify:\n"
        "  - when: [failed]\n    to: ops\nextra: |\n  text\n";
    std::mt19937 dice(20261122);
    for (int round = 0; round < 5000; ++round) {
        auto source = good;
        for (int cut = 0; cut < 3; ++cut) {
            auto at = dice() % source.size();
            if (dice() % 2 == 0)
                source.erase(at, dice() % 4);
            else
                source.insert(at, 1, "[]{}:,-\n\t \"'&*!|>#%@`~\xc4\0"[dice() % 24]);
        }
        for (const auto& p : problems_of(source)) {
            BOOST_REQUIRE(p.at.column <= source.size() + 1);
            BOOST_REQUIRE(!to_text(p).empty());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::yaml
