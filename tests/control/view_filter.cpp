#include "control/detail/view_filter.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

namespace json = boost::json;
using namespace ulak::control;

BOOST_AUTO_TEST_SUITE(view_filter_)

namespace {

std::string shown(const std::string& text, shown_fields fields)
{
    json::object o = json::parse(text).as_object();
    hide_all_but(o, fields);
    return json::serialize(o);
}

/// The value of "x" when only that is shown.
std::string shown_as(visibility how, const std::string& value, shown_fields inner = {})
{
    const shown_field field[] = {{"x", how, inner}};
    const std::string all = shown(R"j({"x":)j" + value + "}", field);
    return all.substr(5, all.size() - 6);
}

} // namespace

BOOST_AUTO_TEST_CASE(what_no_list_names_is_hidden_and_its_key_stays)
{
    BOOST_TEST(shown(R"j({"a":"x","b":1,"c":true,"d":[1,"x"],"e":{"x":"y"},"f":null,"g":"","h":1.5})j", {}) ==
               R"j({"a":"***","b":null,"c":null,"d":[],"e":{},"f":null,"g":"","h":null})j");
}

BOOST_AUTO_TEST_CASE(each_visibility_shows_its_own)
{
    using enum visibility;
    const shown_field code[] = {{"code"}};
    struct {
        visibility how;
        const char *value, *shown;
    } const table[] = {
        {as_is, R"j("5551112233")j", R"j("5551112233")j"},
        {as_is, R"j(["a",1,null])j", R"j(["a",1,null])j"},
        {as_is, R"j({"a":1})j", R"j({})j"},
        {as_is, R"j([{"a":1}])j", R"j([{}])j"},
        {text, R"j("to 0555 111 22 33")j", R"j("to 055***2233")j"},
        {text, R"j(["5551112233",{"a":1}])j", R"j(["555***2233",{}])j"},
        {text, "null", "null"},
        {phone, R"j("5551112233")j", R"j("555***2233")j"},
        {phone, R"j("555***2233")j", R"j("555***2233")j"},
        {phone, R"j("+65789654123")j", R"j("+65***4123")j"},
        {phone, R"j("Ayse Yilmaz")j", R"j("***")j"},
        {phone, R"j("0555 111 22 33")j", R"j("***")j"},
        {phone, R"j("")j", R"j("")j"},
        {phone, "5551112233", "null"},
        {unit, R"j("TRY")j", R"j("TRY")j"},
        {unit, R"j("credits")j", R"j("credits")j"},
        {unit, R"j("Ayse Y")j", R"j("***")j"},
        {unit, R"j("5551112")j", R"j("***")j"},
        {unit, R"j("AyseYilmaz")j", R"j("***")j"},
        {figures, R"j({"a":1,"b":{"c":2},"d":"x","e":[3,"y"],"f":true})j",
         R"j({"a":1,"b":{"c":2},"d":"***","e":[3,"***"],"f":true})j"},
        {figures, "7", "7"},
        {figures, R"j("7")j", R"j("***")j"},
        {names, R"j({"to":"x","n":1,"l":[1]})j", R"j({"to":"***","n":null,"l":[]})j"},
        {names, R"j("x")j", R"j("***")j"},
        {fields, R"j({"code":"c","message":"m"})j", R"j({"code":"c","message":"***"})j"},
        {fields, R"j([{"code":"c","message":"m"},"x",[{"code":"d"}]])j",
         R"j([{"code":"c","message":"***"},"***",[{"code":"d"}]])j"},
        {fields, R"j("x")j", R"j("***")j"},
        {fields, "null", "null"},
        {whole, R"j({"a":[{"b":"x"}]})j", R"j({"a":[{"b":"x"}]})j"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(static_cast<int>(row.how) << ' ' << row.value)
        {
            BOOST_TEST(shown_as(row.how, row.value, code) == row.shown);
        }
}

BOOST_AUTO_TEST_SUITE_END()
