#include "core/invisible.hpp"

#include "core/nearest.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace ulak {

BOOST_AUTO_TEST_SUITE(invisible_)

BOOST_AUTO_TEST_CASE(the_first_letter_that_nobody_sees_is_named)
{
    const struct {
        std::string text;
        std::size_t letter;
        std::string name;
    } table[] = {{"5\u00a0TRY", 1, "U+00A0 (no-break space)"},
                 {"ş\u200b", 1, "U+200B (zero width space)"},
                 {"\ufeffkind", 0, "U+FEFF (byte order mark)"},
                 {"a\u202eb", 1, "U+202E (direction mark)"},
                 {"ab\u3000", 2, "U+3000 (wide space)"}};
    for (const auto& row : table) {
        const auto found = first_invisible(row.text);
        BOOST_REQUIRE(found.has_value());
        BOOST_TEST(found->letter == row.letter);
        BOOST_TEST(found->name == row.name);
    }
    BOOST_TEST(!first_invisible("a b\tc\nçğıİ – “x”"));
    BOOST_TEST(!first_invisible("\xff\u00a0"), "what is not UTF-8 is told as that");
}

BOOST_AUTO_TEST_CASE(they_are_written_out)
{
    BOOST_TEST(with_invisible_named("kind\u200b") == "kind<U+200B>");
    BOOST_TEST(with_invisible_named("plain") == "plain");
    BOOST_TEST(with_invisible_named("\xff") == "\xff");
}

BOOST_AUTO_TEST_CASE(a_slip_of_a_turkish_keyboard_is_near)
{
    const std::vector<std::string> names{"kind", "version"};
    for (const char* word : {"kınd", "Kind", "KİND", "kind\u200b", "knd"})
        BOOST_TEST(nearest(word, names).value_or("") == "kind", word);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak
