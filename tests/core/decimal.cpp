#include "core/decimal.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <limits>
#include <random>

BOOST_AUTO_TEST_SUITE(decimal_)

using namespace ulak;

namespace {

constexpr auto lowest = decimal::from_micros(std::numeric_limits<std::int64_t>::min());
constexpr auto highest = decimal::from_micros(std::numeric_limits<std::int64_t>::max());

} // namespace

BOOST_AUTO_TEST_CASE(decimals_are_read_exactly)
{
    struct {
        const char* text;
        std::int64_t micros;
    } const table[] = {
        {"150.00", 150'000'000},
        {"4.00", 4'000'000},
        {"100", 100'000'000},
        {"8", 8'000'000},
        {"0.27819", 278'190},
        {"-0.5", -500'000},
        {"+3.1", 3'100'000},
        {"0", 0},
        {"-0", 0},
        {"007", 7'000'000},
        {"0.000001", 1},
        {"0.1", 100'000},
        {"1.0000000000", 1'000'000},
        {"9223372036854.775806", std::numeric_limits<std::int64_t>::max() - 1},
        {"-9223372036854.775806", std::numeric_limits<std::int64_t>::min() + 2},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            const auto d = decimal::parse(row.text);
            BOOST_TEST_REQUIRE(d.has_value());
            BOOST_TEST(d->micros() == row.micros);
        }
}

BOOST_AUTO_TEST_CASE(the_seventh_digit_rounds_half_up_away_from_zero)
{
    struct {
        const char* text;
        std::int64_t micros;
    } const table[] = {
        {"0.0000004", 0},     {"0.0000005", 1},         {"-0.0000005", -1},
        {"0.00000049999", 0}, {"0.9999995", 1'000'000}, {"1.00000149", 1'000'001},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            BOOST_TEST(decimal::parse(row.text).value().micros() == row.micros);
        }
}

BOOST_AUTO_TEST_CASE(what_is_no_decimal_is_refused)
{
    for (const auto* text : {"",
                             " ",
                             "-",
                             "+",
                             ".",
                             "5.",
                             ".5",
                             "1e2",
                             "1E2",
                             "0x10",
                             "1,5",
                             "1.000,00",
                             "1 000",
                             " 1",
                             "1 ",
                             "--1",
                             "+-1",
                             "1.2.3",
                             "NaN",
                             "inf",
                             "12TRY",
                             "١٢",
                             "9223372036854.775808",
                             "-9223372036854.775809",
                             "9223372036854.7758075",
                             "99999999999999999999999999999999999999999999999999"})
        BOOST_TEST_CONTEXT("\"" << text << "\"")
        {
            const auto d = decimal::parse(text);
            BOOST_TEST_REQUIRE(d.has_error());
            BOOST_TEST((d.error().code == errc::invalid_argument));
        }
}

BOOST_AUTO_TEST_CASE(decimals_are_written_in_the_shortest_exact_form)
{
    BOOST_TEST(decimal::from_integer(5555).text() == "5555");
    BOOST_TEST(decimal::from_integer(4).text(2) == "4.00");
    BOOST_TEST(decimal::from_micros(278'190).text(2) == "0.27819");
    BOOST_TEST(decimal::from_micros(-500'000).text(2) == "-0.50");
    BOOST_TEST(decimal::from_micros(-1).text() == "-0.000001");
    BOOST_TEST(decimal::from_integer(1).text(99) == "1.000000");
    BOOST_TEST(lowest.text() == "-9223372036854.775808");
    BOOST_TEST(highest.text() == "9223372036854.775807");
}

BOOST_AUTO_TEST_CASE(any_decimal_survives_text_and_back)
{
    std::mt19937_64 random(7);
    for (int i = 0; i < 20'000; ++i) {
        const auto d = decimal::from_micros(static_cast<std::int64_t>(random()) >> (random() % 64));
        BOOST_REQUIRE(!d.overflowed());
        BOOST_REQUIRE_EQUAL(decimal::parse(d.text()).value(), d);
        BOOST_REQUIRE_EQUAL(decimal::parse(d.text(2)).value(), d);
    }
}

BOOST_AUTO_TEST_CASE(sums_stop_at_the_ends_instead_of_wrapping)
{
    const auto one = decimal::from_micros(1);
    BOOST_TEST(highest + one == highest);
    BOOST_TEST(lowest - one == lowest);
    BOOST_TEST(decimal() - lowest == highest);
    BOOST_TEST(decimal::from_micros(std::numeric_limits<std::int64_t>::max() - 1) + one == highest);
    BOOST_TEST(decimal::from_integer(9'223'372'036'855) == highest); // a whole number has more than fits, too
    BOOST_TEST(decimal::from_integer(std::numeric_limits<std::int64_t>::min()) == lowest);
}

BOOST_AUTO_TEST_CASE(what_overflowed_never_comes_back_as_a_sound_amount)
{
    const auto one = decimal::from_micros(1);
    for (const auto end : {highest, lowest}) {
        BOOST_TEST(end.overflowed());
        BOOST_TEST((end + one).overflowed());
        BOOST_TEST((one - end).overflowed());
        BOOST_TEST((end - end).overflowed());
        BOOST_TEST((end + (decimal() - end)).overflowed());
        BOOST_TEST(end.times(1, 1'000'000).overflowed());
    }
    BOOST_TEST(!decimal::from_micros(std::numeric_limits<std::int64_t>::max() - 1).overflowed());
    BOOST_TEST(!decimal().overflowed());
    BOOST_TEST(decimal::parse("9223372036854.775807").has_error());
    BOOST_TEST(decimal::parse("-9223372036854.775808").has_error());
}

BOOST_AUTO_TEST_CASE(sums_and_products_are_exact_or_at_an_end)
{
    __extension__ typedef __int128 wide;
    std::mt19937_64 random(9);
    const auto check = [](wide exact, decimal got) {
        const bool fits = exact < wide(highest.micros()) && exact > wide(lowest.micros());
        BOOST_REQUIRE_EQUAL(got.overflowed(), !fits);
        BOOST_REQUIRE(!fits || wide(got.micros()) == exact);
        BOOST_REQUIRE(fits || got.negative() == (exact < 0));
    };
    // Near the ends and everywhere else.
    const auto any = [&random] {
        const auto bits = static_cast<std::int64_t>(random());
        const auto shift = random() % 64;
        return decimal::from_micros(random() % 4 == 0 ? highest.micros() - 1 - (bits & 7) : bits >> shift);
    };
    for (int i = 0; i < 50'000; ++i) {
        const auto a = any(), b = any();
        if (a.overflowed() || b.overflowed())
            continue;
        check(wide(a.micros()) + b.micros(), a + b);
        check(wide(a.micros()) - b.micros(), a - b);
        check(wide(a.micros()) * b.micros(), a.times(b.micros()));
    }
}

BOOST_AUTO_TEST_CASE(products_round_half_up_and_stop_at_the_ends)
{
    BOOST_TEST(decimal::from_micros(950'000).times(1500, 1000).micros() == 1'425'000);
    BOOST_TEST(decimal::from_micros(1).times(1, 2).micros() == 1);
    BOOST_TEST(decimal::from_micros(1).times(1, 3).micros() == 0);
    BOOST_TEST(decimal::from_micros(-1).times(1, 2).micros() == -1);
    BOOST_TEST(decimal::from_micros(5).times(1, 3).micros() == 2);
    BOOST_TEST(highest.times(2) == highest);
    BOOST_TEST(highest.times(-2) == lowest);
    BOOST_TEST(lowest.times(-1) == highest);
    BOOST_TEST(lowest.times(std::numeric_limits<std::int64_t>::min()) == highest);
    const auto most = decimal::from_micros(std::numeric_limits<std::int64_t>::max() - 1);
    BOOST_TEST(most.times(std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::max()) == most);
}

BOOST_AUTO_TEST_CASE(a_share_is_never_wrong_by_more_than_half_a_micro)
{
    std::mt19937_64 random(8);
    for (int i = 0; i < 20'000; ++i) {
        const auto micros = static_cast<std::int64_t>(random() % 1'000'000'000) - 500'000'000;
        const auto n = static_cast<std::int64_t>(random() % 10'000);
        const auto d = static_cast<std::int64_t>(random() % 9'999) + 1;
        const auto got = decimal::from_micros(micros).times(n, d).micros();
        BOOST_REQUIRE_LE(2 * std::abs(got * d - micros * n), d);
    }
}

BOOST_AUTO_TEST_CASE(decimals_compare_as_numbers)
{
    const auto half = decimal::from_micros(500'000), one = decimal::from_integer(1), minus = decimal::from_integer(-1);
    BOOST_TEST((minus < half && half < one && lowest < minus && one < highest));
    BOOST_TEST(minus.negative());
    BOOST_TEST(!half.negative());
    BOOST_TEST(decimal().zero());
    BOOST_TEST(!half.zero());
    BOOST_TEST(half + half == one);
    BOOST_TEST(half - one == decimal::parse("-0.5").value());
}

BOOST_AUTO_TEST_CASE(a_refused_decimal_is_shown_harmless_and_short)
{
    const auto message = decimal::parse("\x1b[31m" + std::string(1'000, '9')).error().message;
    BOOST_TEST(message.find('\x1b') == std::string::npos);
    BOOST_TEST(message.size() < 120u);
}

BOOST_AUTO_TEST_SUITE_END()
