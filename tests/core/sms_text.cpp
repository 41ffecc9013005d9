#include "core/sms_text.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(sms_text_)

using namespace ulak;

namespace {

std::string times(const std::string& letter, std::size_t n)
{
    std::string out;
    for (std::size_t i = 0; i < n; ++i)
        out += letter;
    return out;
}

std::string text_of(std::optional<std::size_t> n)
{
    return n ? std::to_string(*n) : "-";
}

} // namespace

BOOST_AUTO_TEST_CASE(septets_match_the_vectors)
{
    struct {
        const char* text;
        const char *gsm, *locking, *single;
    } const table[] = {
        {"Örnek mesaj denemesidir.", "24", "24", "24"},
        {"Örnek mesaj içeriğidir.", "-", "23", "25"},
        {"Doğrulama kodunuz: 123456", "-", "25", "26"},
        {"şçğıİŞĞ", "-", "7", "14"},
        {"50 € indirim [KOD]", "21", "20", "21"},
        {"kârınız hayırlı olsun", "-", "-", "-"},
        {"^{}\\[~]|\f", "18", "18", "18"},
        {"ÇçÖöÜü", "-", "6", "7"},
        {"è", "1", "-", "1"},
        {"@£$¥\n\r_Δß", "9", "9", "9"},
        {"", "0", "0", "0"},
        {"`", "-", "-", "-"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            BOOST_TEST(text_of(septets(row.text, sms_alphabet::gsm)) == row.gsm);
            BOOST_TEST(text_of(septets(row.text, sms_alphabet::gsm_turkish)) == row.locking);
            BOOST_TEST(text_of(septets(row.text, sms_alphabet::gsm_turkish, true)) == row.single);
        }
}

BOOST_AUTO_TEST_CASE(letters_that_no_table_has_make_it_ucs2)
{
    for (const auto* letter : {"₺", "â", "î", "û", "Â", "ê", "ë", "’", "‘", "“",  "”", "–",
                               "—", "…", "•", "°", "²", "³", "´", "`", "ÿ", "😀", "я"})
        BOOST_TEST_CONTEXT(letter)
        {
            const auto shape = measure_sms(std::string("ab") + letter).value();
            BOOST_TEST((shape.alphabet == sms_alphabet::ucs2));
            BOOST_TEST_REQUIRE(shape.outside_turkish.has_value());
            BOOST_TEST(shape.outside_turkish->utf8 == letter);
            BOOST_TEST(shape.outside_turkish->position == 3u);
        }
}

BOOST_AUTO_TEST_CASE(segments_turn_over_at_the_edges_of_each_alphabet)
{
    struct {
        const char* letter;
        std::size_t count, bare, with_code;
    } const table[] = {
        {"a", 1, 1, 1},   {"a", 155, 1, 1},  {"a", 156, 1, 2},  {"a", 160, 1, 2}, {"a", 161, 2, 2}, {"a", 301, 2, 2},
        {"a", 302, 2, 3}, {"a", 306, 2, 3},  {"a", 307, 3, 3},  {"a", 454, 3, 3}, {"a", 455, 3, 4}, {"ş", 150, 1, 1},
        {"ş", 151, 1, 2}, {"ş", 155, 1, 2},  {"ş", 156, 2, 2},  {"ş", 293, 2, 2}, {"ş", 294, 2, 3}, {"ş", 298, 2, 3},
        {"ş", 447, 3, 4}, {"₺", 65, 1, 1},   {"₺", 66, 1, 2},   {"₺", 70, 1, 2},  {"₺", 71, 2, 2},  {"₺", 134, 2, 3},
        {"₺", 135, 3, 3}, {"ş", 1043, 7, 8}, {"a", 1071, 7, 8}, {"₺", 469, 7, 8},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.count << " x " << row.letter)
        {
            const auto text = times(row.letter, row.count);
            BOOST_TEST(measure_sms(text, false).value().segments == row.bare);
            BOOST_TEST(measure_sms(text, true).value().segments == row.with_code);
            BOOST_TEST(measure_sms(text, true).value().units == row.count);
        }
}

BOOST_AUTO_TEST_CASE(a_letter_of_two_units_is_not_torn_between_segments)
{
    // 152 + € + 152: 306 septets would be two segments, but the € does not fit at the end of the first.
    const auto text = times("a", 152) + "€" + times("a", 152);
    BOOST_TEST(measure_sms(text, false).value().units == 306u);
    BOOST_TEST(measure_sms(text, false).value().segments == 3u);
    const auto emoji = times("я", 66) + "😀" + times("я", 66);
    BOOST_TEST(measure_sms(emoji, false).value().units == 134u);
    BOOST_TEST(measure_sms(emoji, false).value().segments == 3u);
}

BOOST_AUTO_TEST_CASE(the_reason_for_the_dearer_alphabet_is_named)
{
    const auto turkish = measure_sms("Örnek mesaj içeriğidir.").value();
    BOOST_TEST((turkish.alphabet == sms_alphabet::gsm_turkish));
    BOOST_TEST_REQUIRE(turkish.outside_gsm.has_value());
    BOOST_TEST(turkish.outside_gsm->utf8 == "ç");
    BOOST_TEST(turkish.outside_gsm->position == 14u);
    BOOST_TEST(!turkish.outside_turkish.has_value());

    const auto plain = measure_sms("Örnek mesaj denemesidir.").value();
    BOOST_TEST((plain.alphabet == sms_alphabet::gsm));
    BOOST_TEST(!plain.outside_gsm.has_value());

    const auto mixed = measure_sms("şè").value();
    BOOST_TEST((mixed.alphabet == sms_alphabet::ucs2));
    BOOST_TEST(mixed.outside_turkish->utf8 == "è");
}

BOOST_AUTO_TEST_CASE(separate_accents_cost_the_same_as_whole_letters)
{
    struct {
        const char *apart, *whole;
    } const table[] = {
        {"I\u0307", "İ"}, {"g\u0306", "ğ"}, {"G\u0306", "Ğ"}, {"s\u0327", "ş"}, {"S\u0327", "Ş"}, {"c\u0327", "ç"},
        {"C\u0327", "Ç"}, {"o\u0308", "ö"}, {"O\u0308", "Ö"}, {"u\u0308", "ü"}, {"U\u0308", "Ü"}, {"a\u0302", "â"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.whole)
        {
            BOOST_TEST(compose_turkish(row.apart).value() == row.whole);
            const auto apart = measure_sms(row.apart).value(), whole = measure_sms(row.whole).value();
            BOOST_TEST((apart.alphabet == whole.alphabet));
            BOOST_TEST(apart.units == whole.units);
        }
    BOOST_TEST(compose_turkish("x\u0327").value() == "x\u0327", "a mark that joins nothing stays");
    BOOST_TEST(compose_turkish("\u0307").value() == "\u0307");
}

BOOST_AUTO_TEST_CASE(broken_utf8_is_refused)
{
    BOOST_TEST((measure_sms("a\xff").error().code == errc::invalid_argument));
    BOOST_TEST(!septets("a\xc5", sms_alphabet::gsm).has_value());
    BOOST_TEST(!compose_turkish("\xed\xa0\x80").has_value());
}

BOOST_AUTO_TEST_CASE(alphabets_have_names_and_capacities)
{
    struct {
        sms_alphabet alphabet;
        const char* name;
        std::size_t single, per_segment;
    } const table[] = {
        {sms_alphabet::gsm, "gsm", 160, 153},
        {sms_alphabet::gsm_turkish, "gsm_turkish", 155, 149},
        {sms_alphabet::ucs2, "ucs2", 70, 67},
    };
    for (const auto& row : table) {
        BOOST_TEST(name(row.alphabet) == row.name);
        BOOST_TEST(capacity_of(row.alphabet).single == row.single);
        BOOST_TEST(capacity_of(row.alphabet).per_segment == row.per_segment);
    }
}

BOOST_AUTO_TEST_CASE(an_empty_message_is_one_segment)
{
    const auto empty = measure_sms("", false).value();
    BOOST_TEST(empty.units == 0u);
    BOOST_TEST(empty.segments == 1u);
    BOOST_TEST((empty.alphabet == sms_alphabet::gsm));
}

BOOST_AUTO_TEST_CASE(ucs2_has_no_septets)
{
    BOOST_TEST(!septets("a", sms_alphabet::ucs2).has_value());
}

BOOST_AUTO_TEST_CASE(a_longer_text_never_makes_fewer_segments)
{
    for (const auto* letter : {"a", "€", "ş", "₺", "😀"}) {
        std::size_t before = 0;
        std::string text;
        for (int n = 0; n < 400; ++n) {
            text += letter;
            const auto segments = measure_sms(text).value().segments;
            BOOST_REQUIRE_GE(segments, before);
            BOOST_REQUIRE_LE(segments, before + 1);
            before = segments;
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
