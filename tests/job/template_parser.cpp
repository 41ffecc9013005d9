#include "job/detail/template_parser.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>
#include <vector>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(template_parser_)

namespace {

/// "[Merhaba ](name|upper|cut:3)[!]"
std::string parsed(std::string_view text)
{
    template_parser parser(text);
    std::string out;
    for (const auto& piece : parser.parse()) {
        if (piece.name.empty()) {
            out += "[" + piece.literal + "]";
            continue;
        }
        out += "(" + piece.name;
        for (const auto& filter : piece.filters)
            out += "|" + filter.name + (filter.argument.empty() ? "" : ":" + filter.argument);
        out += ")";
    }
    return out;
}

std::vector<template_mistake> mistakes(std::string_view text)
{
    template_parser parser(text);
    parser.parse();
    return parser.mistakes();
}

} // namespace

BOOST_AUTO_TEST_CASE(a_text_becomes_literals_and_references)
{
    struct {
        const char *text, *pieces;
    } const table[] = {
        {"", ""},
        {"plain", "[plain]"},
        {"${a}", "(a)"},
        {"x ${a} y", "[x ](a)[ y]"},
        {"${a}${b}", "(a)(b)"},
        {"${ a }", "(a)"},
        {"$${a}", "[${a}]"},
        {"$$${a}", "[$${a}]"},
        {"$5 ${a}$", "[$5 ](a)[$]"},
        {"${a|upper|cut(3)}", "(a|upper|cut:3)"},
        {"${a | default( \"x y\" ) | trim }", "(a|default:x y|trim)"},
        {"${a|default(\"a\\\"b\\\\\")}", "(a|default:a\"b\\)"},
        {"${a|default(\")|}\")}", "(a|default:)|})"},
        {"${Ad Soyad|lower}", "(Ad Soyad|lower)"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            BOOST_TEST(parsed(row.text) == row.pieces);
            BOOST_TEST(mistakes(row.text).empty());
        }
}

BOOST_AUTO_TEST_CASE(a_mistake_knows_its_reference_and_its_own_place)
{
    const auto all = mistakes("ab ${x|uper} ${");
    BOOST_REQUIRE(all.size() == 2u);
    BOOST_TEST(all[0].reference_begin == 3u);
    BOOST_TEST(all[0].at == 7u);
    BOOST_TEST(all[0].message == "no filter `uper`; did you mean `upper`?");
    BOOST_TEST(all[1].reference_begin == 13u);
    BOOST_TEST(all[1].at == 15u);
}

BOOST_AUTO_TEST_CASE(a_good_reference_behind_a_bad_one_is_still_read)
{
    BOOST_TEST(parsed("${a|nope} ${b}") == "[ ](b)");
    BOOST_TEST(parsed("${a ${b}") == "(b)");
    BOOST_TEST(parsed("${a\n${b}") == "[\n](b)");
}

BOOST_AUTO_TEST_CASE(the_number_of_mistakes_is_bounded)
{
    std::string text;
    for (int i = 0; i < 1'000; ++i)
        text += "${} ";
    BOOST_TEST(mistakes(text).size() == max_template_mistakes);
}

BOOST_AUTO_TEST_CASE(random_texts_end_and_keep_their_places_within_the_text)
{
    std::mt19937 random(17);
    for (int i = 0; i < 20'000; ++i) {
        std::string text(random() % 24, '\0');
        for (auto& c : text)
            c = "${}|\"()a \\cut\n"[random() % 14];
        for (const auto& m : mistakes(text)) {
            BOOST_REQUIRE_LE(m.reference_begin, m.at);
            BOOST_REQUIRE_LE(m.at, text.size());
            BOOST_REQUIRE(!m.message.empty());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
