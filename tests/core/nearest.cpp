#include "core/nearest.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(nearest_)

using namespace ulak;

namespace {

std::string found(std::string_view word, const std::vector<std::string>& names)
{
    return nearest(word, names).value_or("-");
}

const std::vector<std::string> keys{"schedule", "recipients", "message", "account", "to"};

} // namespace

BOOST_AUTO_TEST_CASE(each_kind_of_slip_is_understood)
{
    struct {
        const char *word, *meant;
    } const table[] = {
        {"shedule", "schedule"},      // a letter left out
        {"schedulee", "schedule"},    // one too many
        {"schedume", "schedule"},     // a wrong one
        {"recipeints", "recipients"}, // two exchanged
        {"Message", "message"},       // the case alone
        {"MESAGE", "message"},
        {"acount", "account"},
        {"ot", "to"},
        {"tot", "to"},
        {"budget", "-"},
        {"x", "-"},
        {"", "-"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.word)
        {
            BOOST_TEST(found(row.word, keys) == row.meant);
        }
}

BOOST_AUTO_TEST_CASE(the_closest_of_several_is_taken_and_the_first_of_equals)
{
    BOOST_TEST(found("max_lat", {"max_rate", "max_late", "max_last"}) == "max_late");
    BOOST_TEST(found("cat", {"car", "cap"}) == "car");
    BOOST_TEST(found("same", {"other", "same", "sane"}) == "same");
}

BOOST_AUTO_TEST_CASE(a_third_of_the_word_may_be_wrong_and_no_more)
{
    BOOST_TEST(found("abcdef", {"abcdXY"}) == "abcdXY");
    BOOST_TEST(found("abcdef", {"abcXYZ"}) == "-");
    BOOST_TEST(found("ab", {"aX"}) == "aX", "one slip is always allowed");
    BOOST_TEST(found("ab", {"XY"}) == "-");
}

BOOST_AUTO_TEST_CASE(very_long_words_are_not_compared)
{
    const std::string longest(64, 'a');
    BOOST_TEST(found(longest, {longest}) == longest);
    BOOST_TEST(found(longest + "a", {longest}) == "-");
    BOOST_TEST(found(longest, {longest + "a"}) == "-");
    BOOST_TEST(found(std::string(100'000, 'a'), keys) == "-");
}

BOOST_AUTO_TEST_CASE(without_candidates_nothing_is_near)
{
    BOOST_TEST(found("to", {}) == "-");
}

BOOST_AUTO_TEST_SUITE_END()
