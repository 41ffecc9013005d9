#include "yaml/scalar_check.hpp"

#include "yaml/codes.hpp"
#include "yaml/document.hpp"
#include "yaml/parse.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace ulak::yaml {

BOOST_AUTO_TEST_SUITE(scalar_check_)

namespace {

/// "code text | hint", or nothing where the value fits.
std::string shown(const std::optional<mismatch>& m)
{
    return m ? std::string(m->code) + " " + m->text + " | " + m->hint : std::string();
}

std::string found(const shape_ptr& expected, std::string_view value)
{
    return shown(check_scalar(*expected, value));
}

std::string secret_found(const std::string& value)
{
    problems ignored;
    const auto doc = parse(value, "x.yaml", ignored);
    BOOST_REQUIRE(doc.has_value());
    return shown(check_secret(doc->root));
}

shape_ptr limited(shape_ptr base, std::optional<std::int64_t> least, std::optional<std::int64_t> most)
{
    auto made = *base;
    made.least = least;
    made.most = most;
    return std::make_shared<const shape>(std::move(made));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_value_that_fits_is_no_problem)
{
    const struct {
        shape_ptr expected;
        const char* value;
    } table[] = {
        {text("d"), ""},
        {text("d"), "any: thing"},
        {boolean("d"), "true"},
        {integer("d", 1, 9), "9"},
        {duration("d"), "1h30m"},
        {amount("d"), "0 TRY"},
        {rate("d"), "20 requests/s"},
        {choice("d", {"a", "b"}), "b"},
        {secret("d"), "literal"},
        {any("d"), "x"},
        {template_text("d"), "${"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.value)
        {
            BOOST_TEST(found(row.expected, row.value) == "");
        }
}

BOOST_AUTO_TEST_CASE(a_mismatch_says_what_is_wrong_and_what_to_write)
{
    const struct {
        shape_ptr expected;
        const char *value, *found;
    } table[] = {
        {integer("d", 1, 9), "10", "U0206 must be from 1 to 9, not 10 | "},
        {integer("d", 1, 9), "012", "U0204 `012` is not a whole number | write it without the leading zero: 12"},
        {integer("d", 1, 9), "x",
         "U0204 `x` is not a whole number | write whole numbers in digits alone, such as 1000"},
        {boolean("d"), "yes", "U0204 `yes` is not a truth value | write true"},
        {boolean("d"), "Off", "U0204 `Off` is not a truth value | write false"},
        {boolean("d"), "maybe", "U0204 `maybe` is not a truth value | write true or false"},
        {choice("d", {"fast", "slow"}), "fats",
         "U0207 `fats` is not allowed | did you mean `fast`? Allowed: fast, slow"},
        {choice("d", {"fast", "slow"}), "zzzzz", "U0207 `zzzzz` is not allowed | Allowed: fast, slow"},
        {amount("d"), "-1 TRY", "U0206 must not be below zero | "},
        {rate("d", "5 segments/s"), "fast",
         "U0204 `fast` is not a rate | write it as in 5 segments/s; requests, segments or recipients by s, min or h"},
        {list("d", text("i")), "a", "U0210 one value where a list belongs | write [a]"},
        {map("d", text("i")), "a", "U0204 must be a record with names of your own, not one value | "},
        {record("d", {}), "a", "U0204 must be a record of keys, not one value | "},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.value)
        {
            BOOST_TEST(found(row.expected, row.value) == row.found);
        }
}

BOOST_AUTO_TEST_CASE(limits_may_be_open_on_one_side)
{
    BOOST_TEST(found(limited(text("d"), 2, {}), "a") == "U0206 must be at least 2 letters long | ");
    BOOST_TEST(found(limited(text("d"), {}, 2), "abc") == "U0206 must be at most 2 letters long | ");
    BOOST_TEST(found(limited(text("d"), 2, 3), "abcd") == "U0206 must be from 2 to 3 letters long | ");
    BOOST_TEST(found(limited(text("d"), 2, 3), "ğüş") == "", "letters are counted, not bytes");
    BOOST_TEST(found(limited(duration("d"), 1'000, {}), "500ms") == "U0206 must be at least 1s | ");
    BOOST_TEST(found(limited(duration("d"), {}, 60'000), "61s") == "U0206 must be at most 1m | ");
}

BOOST_AUTO_TEST_CASE(the_tables_example_is_the_hint)
{
    BOOST_TEST(found(duration("d", "15m"), "5").ends_with("| write it as in 15m"));
    BOOST_TEST(found(duration("d"), "5").ends_with("| write it as in 90s, 15m or 12h"));
    BOOST_TEST(found(amount("d", "5 USD"), "5").ends_with("| write it as in 5 USD"));
    BOOST_TEST(found(amount("d"), "5").ends_with("| write it as in 12 TRY"));
}

BOOST_AUTO_TEST_CASE(a_secret_is_a_literal_or_exactly_one_reference)
{
    for (const auto* good : {"literal", "\"\"", "{secret: im-key.1}", "{file: /run/x y}", "{env: A_1}"})
        BOOST_TEST(secret_found(good) == "", good);
    constexpr std::string_view forms = "write {secret: NAME}, {file: PATH} or {env: NAME}";
    const struct {
        const char *value, *found;
    } table[] = {
        {"[a]", "U0204 must be a reference to a secret"},
        {"{}", "U0211 must hold exactly one of `secret`, `file` and `env`"},
        {"{secret: a, env: B}", "U0211 must hold exactly one of `secret`, `file` and `env`"},
        {"{name: a}", "U0211 `name` is no source of secrets"},
        {"{env: A-B}", "U0211 `env` holds no usable name"},
        {"{env: [A]}", "U0211 `env` holds no usable name"},
        {"{file: \"\"}", "U0211 `file` holds no usable name"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.value)
        {
            BOOST_TEST(secret_found(row.value) == row.found + (" | " + std::string(forms)));
        }
    for (const auto* path : {"{secret: ../a}", "{secret: a/b}", "{secret: .a}", "{secret: ş}"})
        BOOST_TEST(secret_found(path) ==
                       "U0211 `secret` holds no usable name | names are letters, digits, `-`, `_` and `.`",
                   path);
}

BOOST_AUTO_TEST_CASE(a_value_that_would_act_on_a_terminal_is_shown_harmless)
{
    for (const auto& expected : {integer("d", 1, 9), boolean("d"), choice("d", {"a"}), rate("d"), list("d", text("i"))})
        BOOST_TEST(found(expected, "\x1b[31m").find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::yaml
