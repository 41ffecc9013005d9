// Messages as people get them, and the code in them: the lines of field/texts.jsonl and, written before the code was,
// of field/more_texts.jsonl.
#include "kinds/otp_acquire/message_code.hpp"

#include "kinds/otp_acquire/code.hpp"
#include "providers/detail/json_parse.hpp"
#include "providers/detail/one_time_code.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(message_code_)

using namespace ulak;
using namespace ulak::kinds::otp;
namespace json = boost::json;

namespace {

std::vector<json::object> lines_of(const std::string& name)
{
    std::ifstream in(ULAK_SOURCE_DIR "/tests/kinds/otp_acquire/field/" + name);
    std::vector<json::object> all;
    for (std::string line; std::getline(in, line);)
        all.push_back(json::parse(line).as_object());
    return all;
}

std::string text_of(const json::object& o, std::string_view key)
{
    const auto* v = o.if_contains(key);
    return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

settings settings_of(const json::object& c)
{
    settings s;
    if (const auto match = text_of(c, "match"); !match.empty())
        s.code_pattern.emplace(match);
    if (const auto* length = c.if_contains("length"))
        s.code_length = length->to_number<std::size_t>();
    return s;
}

/// As the readers of providers hand it on.
providers::number_status status_of(const json::object& c)
{
    providers::number_status status;
    status.state = providers::number_status::sms_state::code;
    const std::string value =
        c.contains("json") ? text_of(c, "json") : json::serialize(json::value(text_of(c, "text")));
    const auto parsed = providers::parse_provider_json("{\"code\":" + value + "}");
    if (!parsed) { // not JSON, as 027318 is not: what such an answer says is its text
        status.text = value;
        return status;
    }
    if (auto found = providers::find_code(parsed->find("code"), providers::code_letters::also_letters)) {
        status.code = found->code;
        status.text = found->text;
        status.numeric = found->numeric;
    }
    return status;
}

void judge(const json::object& c)
{
    const auto found = extract_code(settings_of(c), status_of(c));
    std::vector<std::string> unsure = found.unsure, wanted;
    if (const auto* several = c.if_contains("unsure"))
        for (const auto& one : several->as_array())
            wanted.emplace_back(one.as_string());
    std::ranges::sort(unsure);
    std::ranges::sort(wanted);
    BOOST_TEST(found.code == text_of(c, "code"));
    BOOST_TEST(unsure == wanted, boost::test_tools::per_element());
}

} // namespace

BOOST_AUTO_TEST_CASE(the_right_code_and_no_other)
{
    std::size_t cases = 0;
    for (const char* name : {"texts.jsonl", "more_texts.jsonl"})
        for (const auto& c : lines_of(name)) {
            BOOST_TEST_CONTEXT(text_of(c, "id"))
            {
                judge(c);
            }
            ++cases;
        }
    BOOST_TEST(cases == 203u);
}

BOOST_AUTO_TEST_CASE(nothing_that_comes_is_too_long_or_too_odd)
{
    for (const std::string& odd :
         {std::string(1'000'000, '7'), std::string(1'000'000, ' '), std::string(100'000, '-') + "7319",
          std::string("\xff\xfe kod 7319"), std::string("&#;&#x110000;&#0; kod: 7319")})
        BOOST_TEST(find_message_code(odd).code.size() <= 10u);
}

BOOST_AUTO_TEST_SUITE_END()
