#include "core/utf8.hpp"

#include "core/text.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

BOOST_AUTO_TEST_SUITE(utf8_)

using namespace ulak;

namespace {

std::string encoded(char32_t point)
{
    std::string out;
    append_utf8(out, point);
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_first_code_point_comes_with_its_length)
{
    struct {
        const char* text;
        char32_t value;
        std::size_t length;
    } const table[] = {
        {"a", U'a', 1},
        {"şx", U'ş', 2},
        {"€", U'€', 3},
        {"😀!", U'😀', 4},
        {"\x7f", 0x7F, 1},
        {"\u0080", 0x80, 2},
        {"\u07ff", 0x7FF, 2},
        {"\u0800", 0x800, 3},
        {"\uffff", 0xFFFF, 3},
        {"\U00010000", 0x10000, 4},
        {"\U0010ffff", 0x10FFFF, 4},
        {"\ud7ff", 0xD7FF, 3},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(hex(row.text))
        {
            const auto first = decode_first(row.text);
            BOOST_TEST_REQUIRE(first.has_value());
            BOOST_TEST(static_cast<std::uint32_t>(first->value) == static_cast<std::uint32_t>(row.value));
            BOOST_TEST(first->length == row.length);
        }
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_shortest_form_give_nothing)
{
    for (const std::string bad : {"", "\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc5", "\xc5z", "\xe0\x9f\xbf",
                                  "\xe2\x82", "\xe2\x28\xa1", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x8f\xbf\xbf",
                                  "\xf0\x9f\x98", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xfe", "\xff"})
        BOOST_TEST_CONTEXT(hex(bad))
        {
            BOOST_TEST(!decode_first(bad).has_value());
        }
}

BOOST_AUTO_TEST_CASE(every_scalar_value_survives_encoding_and_decoding)
{
    for (char32_t point = 0; point <= 0x10FFFF; point += point < 0x3000 ? 1 : 97) {
        if (point >= 0xD800 && point <= 0xDFFF)
            continue;
        const auto text = encoded(point);
        const auto back = decode_first(text);
        BOOST_REQUIRE(back.has_value());
        BOOST_REQUIRE_EQUAL(static_cast<std::uint32_t>(back->value), static_cast<std::uint32_t>(point));
        BOOST_REQUIRE_EQUAL(back->length, text.size());
    }
}

BOOST_AUTO_TEST_CASE(a_whole_text_is_decoded_or_refused)
{
    BOOST_TEST((decode_utf8("aş€😀") == std::u32string(U"aş€😀")));
    BOOST_TEST((decode_utf8("") == std::u32string()));
    BOOST_TEST(!decode_utf8("aş\xff").has_value());
    BOOST_TEST(!decode_utf8("aş\xe2\x82").has_value(), "a text that ends within a code point");
}

BOOST_AUTO_TEST_CASE(validity_and_decoding_agree_on_random_bytes)
{
    std::mt19937 random(11);
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes(random() % 6, '\0');
        for (auto& c : bytes)
            c = "a\x80\xbf\xc3\xa7\xe2\x82\xac\xed\xa0\xf0\x9f\x98\xff"[random() % 14];
        BOOST_REQUIRE_EQUAL(is_valid_utf8(bytes), decode_utf8(bytes).has_value());
    }
}

BOOST_AUTO_TEST_SUITE_END()
