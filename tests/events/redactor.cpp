#include "events/redactor.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

BOOST_AUTO_TEST_SUITE(redactor_)

using ulak::events::redactor;

BOOST_AUTO_TEST_CASE(a_secret_is_found_in_every_form_in_which_it_travels)
{
    redactor r;
    r.add_secret("p@ss w\"rd/ü+1");
    const std::pair<const char*, const char*> forms[] = {
        {"as it is", "p@ss w\"rd/ü+1"},
        {"percent, upper", "p%40ss%20w%22rd%2F%C3%BC%2B1"},
        {"percent, lower", "p%40ss%20w%22rd%2f%c3%bc%2b1"},
        {"percent, only what must be", "p@ss%20w%22rd/%C3%BC+1"},
        {"percent, everything", "%70%40%73%73%20%77%22%72%64%2F%C3%BC%2B%31"},
        {"a form's plus", "p%40ss+w%22rd%2F%C3%BC%2B1"},
        {"base64", "cEBzcyB3InJkL8O8KzE="},
        {"base64url", "cEBzcyB3InJkL8O8KzE"},
        {"hex", "7040737320772272642fc3bc2b31"},
        {"hex, upper", "7040737320772272642FC3BC2B31"},
        {"JSON", "p@ss w\\\"rd/ü+1"},
        {"JSON with escapes for all", "p\\u0040ss w\\\"rd\\/\\u00fc+1"},
    };
    for (const auto& [what, form] : forms)
        BOOST_TEST_CONTEXT(what)
        {
            BOOST_TEST(r.contains_secret(form));
            const auto clean = r.redact(std::string("a ") + form + " b");
            BOOST_TEST((clean == "a *** b" || clean == "a ***= b"), clean);
        }
}

BOOST_AUTO_TEST_CASE(several_secrets_overlap_touch_and_repeat)
{
    redactor r;
    for (const char* s : {"abcdef", "defghi", "abcd", "abcdefgh"})
        r.add_secret(s);
    BOOST_TEST(r.redact("abcdefghi") == "***");
    BOOST_TEST(r.redact("-abcd-abcdef-") == "-***-***-");
    BOOST_TEST(r.redact("abcdabcd") == "******");
    BOOST_TEST(r.redact("abc def") == "abc def");
    BOOST_TEST(r.redact("").empty());
}

BOOST_AUTO_TEST_CASE(what_stands_around_a_secret_is_no_secret_when_it_is_gone)
{
    redactor r;
    r.add_secret("s3cr/+%");
    BOOST_TEST(r.redact("s3cr%2F%2B%733363722f2b25") == "******"); // its last letter was a part of an escape
    redactor stars;
    stars.add_secret("***a");
    BOOST_TEST(!stars.contains_secret(stars.redact("***aaaa")));
    BOOST_TEST(!stars.contains_secret(stars.redact("****a**a")));
}

BOOST_AUTO_TEST_CASE(short_secrets_are_not_looked_for)
{
    redactor r;
    r.add_secret("abc");
    r.add_secret("");
    BOOST_TEST(!r.contains_secret("abc"));
    BOOST_TEST(r.redact("xabcx") == "xabcx");
}

BOOST_AUTO_TEST_CASE(broken_escapes_do_no_harm)
{
    redactor r;
    r.add_secret("hunter22");
    for (const char* text : {"%", "%4", "%zz", "\\", "\\u", "\\u12", "\\ud83d", "\\ud83d\\u", "+", "hunter2"})
        BOOST_TEST(r.redact(text) == text);
    BOOST_TEST(r.redact("\\ud83dhunter22%") == "\\ud83d***%");
    BOOST_TEST(r.redact("100%hunter22") == "100%***");
}

BOOST_AUTO_TEST_CASE(a_secret_is_found_behind_a_long_text_that_resembles_its_beginning)
{
    redactor r;
    for (int i = 0; i < 10; ++i)
        r.add_secret("aaaa-secret-" + std::to_string(i) + "-end");
    std::string text(1 << 16, 'a');
    text += "aaaa-secret-7-end";
    BOOST_TEST(r.redact(text).ends_with("aaa***"));
}

BOOST_AUTO_TEST_SUITE_END()
