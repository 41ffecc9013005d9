#include "kinds/otp_acquire/code.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(code_)

namespace {

using namespace ulak;
using kinds::otp::extract_code;
using kinds::otp::settings;

providers::number_status message(std::string text, std::string code = {})
{
    providers::number_status s;
    s.state = providers::number_status::sms_state::code;
    s.text = std::move(text);
    s.code = std::move(code);
    return s;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_first_source_that_gives_something_is_the_code)
{
    struct row {
        const char* what;
        const char* pattern; ///< empty: none
        const char *text, *code;
        const char* expected;
    };
    for (const row& r : std::vector<row>{
             {"digits in the message", "", "WhatsApp 4711 kodunuz", "", "4711"},
             {"eight digits", "", "code 12345678", "", "12345678"},
             {"nine digits are no code", "", "call 123456789", "", ""},
             {"three digits are no code", "", "in 120 s", "", ""},
             {"digits beside a word are one", "", "abc4711def", "", "4711"},
             {"a dash in the middle", "", "Your code is 123-456. Do not share it.", "", "123456"},
             {"a year is none", "", "2026: 123-456", "", "123456"},
             {"the provider's own code wins over the message", "", "4711 is in the text", "5822", "5822"},
             {"spaces around it do not belong to it", "", "text", "  5822\n", "5822"},
             {"only the provider's code came", "", "", "5822", "5822"},
             {"the group of the pattern", "kod: (\\w+)", "kod: ab12 son", "9999", "ab12"},
             {"a pattern without a group", "[A-Z]-\\d+", "use G-4711 now", "", "G-4711"},
             {"a group that takes no part", "x(y)?", "xz 4711", "", "x"},
             {"a pattern that does not fit finds nothing", "kod: (\\w+)", "code 4711", "", ""},
             {"a pattern on a code without a message", "(\\d{2})", "", "5822", "58"},
             {"nothing fits", "", " nothing fits here ", "", ""},
             {"nothing at all", "", "", "", ""},
             {"only spaces", "", "   ", " ", ""},
         }) {
        BOOST_TEST_CONTEXT(r.what)
        {
            settings s;
            if (*r.pattern)
                s.code_pattern.emplace(r.pattern);
            BOOST_TEST(extract_code(s, message(r.text, r.code)).code == r.expected);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_weighs_the_same_is_not_told_as_sure)
{
    settings s;
    s.code_length = 5;
    const auto found = extract_code(s, message("4711 or 5822"));
    BOOST_TEST(found.code == "");
    BOOST_TEST(found.unsure == (std::vector<std::string>{"04711", "05822"}), boost::test_tools::per_element());
    BOOST_TEST(found.text == "4711 or 5822");
    BOOST_TEST(!found.empty());
}

BOOST_AUTO_TEST_CASE(short_codes_of_digits_get_their_zeros_back)
{
    struct row {
        const char* code;
        std::size_t length;
        const char* expected;
    };
    for (const row& r : std::vector<row>{{"547", 6, "000547"},
                                         {"110547", 6, "110547"},
                                         {"1105470", 6, "1105470"},
                                         {"ab1", 6, "ab1"},
                                         {"547", 0, "547"},
                                         {"", 6, ""}}) {
        settings s;
        s.code_length = r.length;
        BOOST_TEST(extract_code(s, message("", r.code)).code == r.expected);
    }
}

BOOST_AUTO_TEST_CASE(what_the_provider_sends_cannot_break_a_line_or_grow_without_limit)
{
    BOOST_TEST(extract_code(settings(), message(std::string(1'000'000, 'x'))).code.size() <= 80u);
    BOOST_TEST(extract_code(settings(), message("", "a\x1b[2Jb\r\nc")).code.find_first_of("\x1b\r\n") ==
               std::string::npos);
    settings s;
    s.code_pattern.emplace("^(?:x|y)*z"); // recurses once per character
    BOOST_TEST(extract_code(s, message(std::string(1'000'000, 'x'))).code.size() <= 80u);
}

BOOST_AUTO_TEST_SUITE_END()
