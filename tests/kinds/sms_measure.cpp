#include "kinds/sms_send/measure.hpp"
#include "kinds/sms_world.hpp"

#include <optional>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(sms_measure_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using namespace ulak::kinds::sms;

text_limits limits_with(encoding_choice encoding, bool provider_takes_encoding = true, std::size_t max_segments = 0)
{
    text_limits l;
    l.encoding = encoding;
    l.provider_takes_encoding = provider_takes_encoding;
    l.max_segments = max_segments;
    return l;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_text_costs_what_its_alphabet_and_its_length_make_it)
{
    using enum encoding_choice;
    struct sample {
        std::string text;
        encoding_choice encoding;
        bool turkish;
        int segments;
    };
    // The operators add a code of a few letters to each message.
    const std::vector<sample> samples{
        {"Merhaba", automatic, false, 1},
        {"Merhaba", turkish, true, 1},
        {"Merhaba", english, false, 1},
        {"Şifre", automatic, true, 1},
        {"Şifre", turkish, true, 1},
        {std::string(155, 'a'), automatic, false, 1},
        {std::string(156, 'a'), automatic, false, 2},
        {std::string(155, 'a'), english, false, 1},
        {std::string(150, 'a'), turkish, true, 1},
        {std::string(151, 'a'), turkish, true, 2},
        {std::string(150, 'a') + "ş", automatic, true, 2},
        {std::string(300, 'a'), automatic, false, 2},
        {std::string(400, 'a'), automatic, false, 3},
    };
    for (const sample& s : samples) {
        BOOST_TEST_CONTEXT(s.text.substr(0, 10) << " of " << s.text.size() << " bytes")
        {
            const auto m = measure(s.text, limits_with(s.encoding));
            BOOST_TEST_REQUIRE(m.has_value());
            BOOST_TEST(m->turkish == s.turkish);
            BOOST_TEST(m->segments == s.segments);
            BOOST_TEST(m->text == s.text);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_text_that_cannot_be_sent_as_it_is_says_why)
{
    using enum encoding_choice;
    struct sample {
        std::string text;
        text_limits limits;
        std::string message; ///< a part of it
    };
    const std::vector<sample> samples{
        {"", limits_with(automatic), "the text is empty"},
        {"\xDEifre", limits_with(automatic), "not UTF-8"},
        {"  \n", limits_with(automatic), "the text is blank"},
        {"iş", limits_with(english), "\"ş\" (U+015F), letter 2 of the text, needs encoding: tr or auto"},
        {"5😀", limits_with(automatic), "\"😀\" (U+1F600), letter 2 of the text, is in neither of the SMS alphabets"},
        {"5ж", limits_with(turkish), "is in neither of the SMS alphabets"},
        {"5ж", limits_with(turkish, false), "is in neither of the SMS alphabets"},
        {std::string(400, 'a'), limits_with(automatic, true, 2), "makes 3 segments, at most 2 are allowed"},
    };
    for (const sample& s : samples) {
        const auto m = measure(s.text, s.limits);
        BOOST_TEST_REQUIRE(!m.has_value());
        BOOST_TEST((m.error().code == errc::validation));
        BOOST_TEST(m.error().message.find(s.message) != std::string::npos, m.error().message);
    }
}

BOOST_AUTO_TEST_CASE(accents_are_joined_to_their_letters)
{
    BOOST_TEST(measure("S\xCC\xA7ifre", text_limits())->text == "Şifre");
}

BOOST_AUTO_TEST_CASE(without_an_encoding_to_choose_the_provider_takes_any_letter)
{
    BOOST_TEST(measure("5ж", limits_with(encoding_choice::automatic, false))->segments == 1);
    BOOST_TEST(measure("Ali’nin ж", limits_with(encoding_choice::automatic, false))->text == "Ali’nin ж");
}

BOOST_FIXTURE_TEST_CASE(the_narrower_limit_of_job_and_provider_holds, sms_world)
{
    struct sample {
        std::size_t job, provider, expected;
    };
    for (const sample& s : {sample{0, 6, 6}, sample{3, 6, 3}, sample{9, 6, 6}, sample{4, 0, 4}, sample{0, 0, 0}}) {
        bulk.most_parts = s.provider;
        message_settings m;
        m.max_segments = s.job;
        BOOST_TEST(limits_of(m, account("bulk")).max_segments == s.expected);
    }
    message_settings m;
    m.encoding = encoding_choice::english;
    bulk.has_encoding = false;
    BOOST_TEST((limits_of(m, account("bulk")).encoding == encoding_choice::english));
    BOOST_TEST(!limits_of(m, account("bulk")).provider_takes_encoding);
}

BOOST_AUTO_TEST_CASE(the_literal_part_is_what_every_message_has)
{
    struct sample {
        const char *source, *literal;
    };
    for (const sample& s : {sample{"Merhaba", "Merhaba"}, sample{"${a}", ""}, sample{"a${b}c${d|upper}e", "ace"},
                            sample{"${a|default(\"x\")}y", "xy"}})
        BOOST_TEST(literal_part(job::text_template::parse(s.source).value()) == s.literal);
}

BOOST_AUTO_TEST_CASE(an_item_has_its_own_text_or_the_common_one)
{
    const auto common = measure("Ortak", text_limits()).value();
    BOOST_TEST(text_of("", common, text_limits()).text == "Ortak");
    BOOST_TEST(text_of("Özel", common, text_limits()).text == "Özel");
    BOOST_TEST(text_of("Şifre", std::nullopt, text_limits()).turkish);
    BOOST_TEST(text_of("", std::nullopt, text_limits()).text.empty(), "a text that was lost is not sent");
}

BOOST_AUTO_TEST_SUITE_END()
