// Texts from the field: what is sent for them, in which alphabet, in how many segments.
#include "kinds/sms_send/measure.hpp"

#include "core/sms_text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <regex>
#include <string>

BOOST_AUTO_TEST_SUITE(sms_field_texts_)

namespace {

using namespace ulak;
using namespace ulak::kinds::sms;
namespace json = boost::json;

std::string text_of_pieces(const json::value& v)
{
    if (v.is_string())
        return std::string(v.get_string());
    std::string all;
    for (const auto& piece : v.as_array())
        for (std::int64_t n = piece.at(1).to_number<std::int64_t>(); n > 0; --n)
            all += piece.at(0).as_string();
    return all;
}

/// As an account of that provider and the keys of `message` have it.
text_limits limits_for(const json::object& c)
{
    text_limits l;
    l.provider_takes_encoding = c.at("account").as_string() == "toplusms";
    l.max_segments = 6;
    const auto* message = c.if_contains("message");
    if (!message)
        return l;
    if (const auto* most = message->get_object().if_contains("max_segments"))
        l.max_segments = most->to_number<std::size_t>();
    if (const auto* encoding = message->get_object().if_contains("encoding"))
        l.encoding = encoding->as_string() == "tr" ? encoding_choice::turkish : encoding_choice::english;
    if (const auto* letters = message->get_object().if_contains("unsupported"))
        l.unsupported = letters->as_string() == "skip" ? unsupported_letters::skip : unsupported_letters::stop;
    return l;
}

bool is_one_of(const json::object& c, const measured_text& m)
{
    const auto* sent = c.if_contains("sent");
    return sent && std::ranges::any_of(sent->as_array(), [&](const json::value& one) {
               return text_of_pieces(one.at("text")) == m.text &&
                      one.at("alphabet").as_string() == alphabet_word(m.alphabet) &&
                      one.at("segments").to_number<int>() == m.segments;
           });
}

bool is_refused_so(const json::object& c, const std::string& message)
{
    const auto* refuse = c.if_contains("refuse");
    return refuse && std::ranges::all_of(refuse->as_array(), [&](const json::value& pattern) {
               std::string text(pattern.as_string());
               auto flags = std::regex::ECMAScript;
               if (text.starts_with("(?i)")) {
                   text.erase(0, 4);
                   flags |= std::regex::icase;
               }
               return std::regex_search(message, std::regex(text, flags));
           });
}

} // namespace

BOOST_AUTO_TEST_CASE(every_text_is_sent_as_one_of_its_forms_or_refused_by_name)
{
    std::ifstream lines(std::string(ULAK_SOURCE_DIR) + "/tests/kinds/field/sms_texts.jsonl");
    int cases = 0;
    for (std::string line; std::getline(lines, line); ++cases) {
        const auto c = json::parse(line).as_object();
        BOOST_TEST_CONTEXT(c.at("id").as_string() << ": " << c.at("why").as_string())
        {
            const auto m = measure(text_of_pieces(c.at("text")), limits_for(c));
            if (m)
                BOOST_TEST(is_one_of(c, *m), m->text << " " << alphabet_word(m->alphabet) << " " << m->segments);
            else
                BOOST_TEST(is_refused_so(c, m.error().message), m.error().message);
        }
    }
    BOOST_TEST(cases >= 90);
}

BOOST_AUTO_TEST_CASE(letters_that_stand_for_others_are_told_with_them)
{
    const auto m = measure("Ali’nin “kârı”", text_limits()).value();
    BOOST_TEST(m.text == "Ali'nin \"karı\"");
    BOOST_TEST((m.replaced == U"’“â”"));
    BOOST_TEST(m.forced_by == "\"ı\" (U+0131)");
}

BOOST_AUTO_TEST_CASE(the_letter_that_makes_a_text_dearer_is_named_with_its_price)
{
    const auto m = measure(std::string(152, 'a') + "ş", text_limits()).value();
    BOOST_TEST(m.forced_by == "\"ş\" (U+015F)");
    BOOST_TEST(m.segments == 2);
    BOOST_TEST(m.segments_without == 1);
}

BOOST_AUTO_TEST_CASE(a_refusal_has_a_reason_in_a_word)
{
    text_limits limits;
    limits.max_segments = 1;
    BOOST_TEST(refusal_reason("a😀", limits) == "letter ‘😀’");
    BOOST_TEST(refusal_reason(std::string("a\x01", 2), limits) == "letter U+0001");
    BOOST_TEST(refusal_reason(std::string(200, 'a'), limits) == "too-long");
    BOOST_TEST(refusal_reason(" \n ", limits) == "blank");
    BOOST_TEST(refusal_reason("a\xff", limits) == "not UTF-8");
    BOOST_TEST(refusal_reason("a", limits).empty());
}

BOOST_AUTO_TEST_CASE(a_text_that_no_request_line_holds_is_refused)
{
    text_limits limits;
    limits.max_encoded = 100;
    BOOST_TEST(measure(std::string(100, 'a'), limits).has_value());
    BOOST_TEST(measure(std::string(101, 'a'), limits).has_error());
    BOOST_TEST(measure("şşşşşşşşşşşşşşşşş", limits).has_error());
}

BOOST_AUTO_TEST_SUITE_END()
