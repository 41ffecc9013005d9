#include "events/detail/decoded_text.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>

BOOST_AUTO_TEST_SUITE(decoded_text_)

using namespace ulak::events;

namespace {

struct row {
    const char *written, *meant;
};

/// Every byte points back into the text, never backwards, and the end to its end.
void check_offsets(const decoded_text& decoded, std::string_view written)
{
    BOOST_REQUIRE(decoded.source_offsets.size() == decoded.bytes.size() + 1);
    BOOST_TEST(std::ranges::is_sorted(decoded.source_offsets));
    BOOST_TEST(decoded.source_offsets.back() == written.size());
}

} // namespace

BOOST_AUTO_TEST_CASE(percent_escapes_become_their_bytes)
{
    const row table[] = {
        {"", ""},     {"abc", "abc"}, {"a%20b", "a b"}, {"%41%7a%7A", "Azz"}, {"%C3%BC", "ü"}, {"%", "%"},
        {"%4", "%4"}, {"%zz", "%zz"}, {"100%", "100%"}, {"%%41", "%A"},       {"a+b", "a+b"},  {"%2541", "%41"},
    };
    for (const auto& r : table)
        BOOST_TEST_CONTEXT(r.written)
        {
            const auto decoded = decoded_text::from_percent(r.written, false);
            BOOST_TEST(decoded.bytes == r.meant);
            check_offsets(decoded, r.written);
        }
    BOOST_TEST(decoded_text::from_percent("a+b%2B", true).bytes == "a b+");
}

BOOST_AUTO_TEST_CASE(json_escapes_become_their_letters)
{
    const row table[] = {
        {"", ""},
        {"a\\nb\\t\\\"\\\\\\/\\b\\f\\r", "a\nb\t\"\\/\b\f\r"},
        {"\\u0041\\u00fc\\u20ac", "Aü€"},
        {"\\ud83d\\ude00", "😀"},
        {"\\u00FC", "ü"},
        {"\\", "\\"},
        {"\\q", "\\q"},
        {"\\u12", "\\u12"},
        {"\\uzzzz", "\\uzzzz"},
        {"ş plain", "ş plain"},
    };
    for (const auto& r : table)
        BOOST_TEST_CONTEXT(r.written)
        {
            const auto decoded = decoded_text::from_json(r.written);
            BOOST_TEST(decoded.bytes == r.meant);
            check_offsets(decoded, r.written);
        }
}

BOOST_AUTO_TEST_CASE(offsets_say_where_each_byte_came_from)
{
    const auto percent = decoded_text::from_percent("a%20b", false);
    BOOST_TEST(percent.source_offsets == (std::vector<std::size_t>{0, 1, 4, 5}), boost::test_tools::per_element());
    const auto json = decoded_text::from_json("x\\u00fcy");
    BOOST_TEST(json.source_offsets == (std::vector<std::size_t>{0, 1, 1, 7, 8}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_lone_half_of_a_pair_and_random_bytes_do_no_harm)
{
    check_offsets(decoded_text::from_json("\\ud83d"), "\\ud83d");
    check_offsets(decoded_text::from_json("\\ud83d\\u0041"), "\\ud83d\\u0041");
    std::mt19937 random(13);
    for (int i = 0; i < 5'000; ++i) {
        std::string text(random() % 20, '\0');
        for (auto& c : text)
            c = "\\u%0d8+\"aF\xff"[random() % 11];
        check_offsets(decoded_text::from_json(text), text);
        check_offsets(decoded_text::from_percent(text, random() % 2 == 0), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
