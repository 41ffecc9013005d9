#include "job/text_template.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>
#include <vector>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(text_template_)

namespace {

using strings = std::vector<std::string>;

const std::map<std::string, std::string, std::less<>> values{
    {"name", "Ayşe"},          {"empty", ""},   {"blank", "  x  "}, {"evil", "${name}"}, {"quote", "\"|}{${"},
    {"Ad Soyad", "Işıl İnce"}, {"nl", "a\r\nb"}};

const std::string* find(std::string_view name)
{
    auto it = values.find(name);
    return it == values.end() ? nullptr : &it->second;
}

struct rendering {
    std::string source, text;
};

const std::vector<rendering> rendered{
    {"", ""},
    {"plain", "plain"},
    {"${name}", "Ayşe"},
    {"Merhaba ${name}!", "Merhaba Ayşe!"},
    {"${ name }", "Ayşe"},
    {"${name}${name}", "AyşeAyşe"},
    {"${Ad Soyad}", "Işıl İnce"},
    {"${empty}", ""},
    {"$${name}", "${name}"},
    {"$$${name}", "$${name}"},
    {"$", "$"},
    {"$$", "$$"},
    {"5$ ${name} $", "5$ Ayşe $"},
    {"}{", "}{"},
    {"{{name}}", "{{name}}"},
    {"%s %n", "%s %n"},
    // one pass
    {"${evil}", "${name}"},
    {"${evil|trim}${quote}", "${name}\"|}{${"},
    {"${nl}", "a\r\nb"},
    // filters, from left to right
    {"${gone|default(\"x\")}", "x"},
    {"${empty|default(\"x\")}", "x"},
    {"${name|default(\"x\")}", "Ayşe"},
    {"${gone|default(\"\")}", ""},
    {"${gone|default(\"a\\\"b\\\\c\")}", "a\"b\\c"},
    {"${gone|default(\")|}\")}", ")|}"},
    {"${name|upper}", "AYŞE"},
    {"${Ad Soyad|lower}", "ışıl ince"},
    {"${Ad Soyad|upper}", "IŞIL İNCE"},
    {"${blank|trim}", "x"},
    {"${name|cut(3)}", "Ayş"},
    {"${name|cut(99)}", "Ayşe"},
    {"${ name | upper | cut( 2 ) }", "AY"},
    {"${gone|upper|default(\"x\")|upper}", "X"},
    {"${blank|trim|default(\"y\")}", "x"},
};

struct refusal {
    std::string source, message;
};

const std::vector<refusal> refused{
    {"${", "letter 3: a name is missing"},
    {"${}", "letter 3: a name is missing"},
    {"${ | upper}", "letter 3: a name is missing"},
    {"şş ${name", "letter 4: `${` is never closed"},
    {"${a${b}}", "letter 4: `|` or `}` belongs here"},
    {"${a\nb}", "letter 4"},
    {"${a|uper}", "letter 5: no filter `uper`; did you mean `upper`?"},
    {"${a|}", "letter 5: no filter ``"},
    {"${a||upper}", "letter 5"},
    {"${a|exec(\"rm\")}", "no filter `exec`"},
    {"${a|default}", "write default(\"text\")"},
    {"${a|default()}", "write default(\"text\")"},
    {"${a|default(x)}", "write default(\"text\")"},
    {"${a|default(\"x)}", "never closed"},
    {"${a|default(\"x\"}", "never closed"},
    {"${a|default(\"x\")", "never closed"},
    {"${a|cut}", "write cut(n)"},
    {"${a|cut()}", "write cut(n)"},
    {"${a|cut(0)}", "write cut(n)"},
    {"${a|cut(-1)}", "write cut(n)"},
    {"${a|cut(x)}", "write cut(n)"},
    {"${a|cut(\"3\")}", "write cut(n)"},
    {"${a|cut(99999999999)}", "write cut(n)"},
    {"${a|upper(1)}", "takes no argument"},
    {"${a|upper lower}", "`|` or `}` belongs here"},
    {"${a|default(\"${b}\")}", "is no template: it would be sent as it is"},
};

} // namespace

BOOST_AUTO_TEST_CASE(names_and_filters_are_put_in_in_one_pass)
{
    for (const auto& r : rendered)
        BOOST_TEST_CONTEXT(r.source)
        {
            auto parsed = text_template::parse(r.source);
            BOOST_REQUIRE_MESSAGE(parsed.has_value(), parsed.error().message);
            auto text = parsed->render(find);
            BOOST_REQUIRE(text.has_value());
            BOOST_TEST(*text == r.text);
            BOOST_TEST(parsed->source() == r.source);
        }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_refused_with_the_letter)
{
    for (const auto& r : refused)
        BOOST_TEST_CONTEXT(r.source)
        {
            auto parsed = text_template::parse(r.source);
            BOOST_REQUIRE(!parsed.has_value());
            BOOST_TEST(parsed.error().message.find(r.message) != std::string::npos, parsed.error().message);
        }
}

BOOST_AUTO_TEST_CASE(every_mistake_is_reported_and_none_twice)
{
    struct text_and_letters {
        std::string source;
        std::vector<std::size_t> letters;
    };
    const std::vector<text_and_letters> all{
        {"${a} ${b|upper}", {}},       {"${} ${b|uper} ${c}", {2, 8}},   {"${a|uper} ${b|cut} ${c", {4, 17, 19}},
        {"${a ${b} ${", {4, 11}},      {"${a|x|y} ${b||}", {4, 13}},     {"${a|default(\"x} ${b|uper}", {11, 20}},
        {"${a\n${b|uper}\n}", {3, 8}}, {"${a|exec(\"${b}\")} $${", {4}}, {"$${a|uper} ${{b}}", {13}},
    };
    for (const auto& t : all)
        BOOST_TEST_CONTEXT(t.source)
        {
            std::vector<std::size_t> places;
            for (const auto& wrong : find_template_mistakes(t.source))
                places.push_back(wrong.at);
            BOOST_TEST(places == t.letters, boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_CASE(a_text_of_nothing_but_mistakes_costs_little)
{
    std::string text;
    while (text.size() < 256 * 1024)
        text += "${";
    BOOST_TEST(find_template_mistakes(text).size() < 100U);
}

BOOST_AUTO_TEST_CASE(a_missing_name_is_an_error_and_never_an_empty_text)
{
    auto text = text_template::parse("${gone} ${name} ${lost|upper} ${gone|default(\"x\")}")->render(find);
    BOOST_REQUIRE(!text.has_value());
    BOOST_TEST(text.error().message == "no value for `gone`, `lost`");
}

BOOST_AUTO_TEST_CASE(names_are_listed_once_and_defaults_are_not_required)
{
    auto t = text_template::parse("${b} ${a|upper} ${b} ${c|default(\"x\")}").value();
    BOOST_TEST(t.names() == (strings{"b", "a", "c"}), boost::test_tools::per_element());
    BOOST_TEST(t.required_names() == (strings{"b", "a"}), boost::test_tools::per_element());
    BOOST_TEST(!t.is_literal());
    BOOST_TEST(text_template::parse("5 $ $${x}")->is_literal());
    BOOST_TEST(text_template().is_literal());
}

BOOST_AUTO_TEST_CASE(any_value_comes_out_as_it_went_in)
{
    auto t = text_template::parse("[${v}]").value();
    for (const std::string value :
         {"${v}", "$${v}", "\\", "\"", "%", "/../", "&a=b", "\r\n", "{{v}}", "|upper}", "\xff\xfe", "'; --"}) {
        auto text = t.render([&](std::string_view) { return &value; });
        BOOST_TEST(text.value() == "[" + value + "]");
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
