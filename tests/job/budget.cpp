#include "job/budget.hpp"

#include "reading.hpp"

#include <string>
#include <vector>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(budget_)

namespace {

using strings = std::vector<std::string>;

/// "5.00 TRY / 9.00 TRY", with "-" for a limit that is not there.
std::string limits(const std::string& text, bool required, strings& found)
{
    yaml::problems problems;
    const auto b = read_budget(common_reader(text), required, problems);
    found = shown(problems);
    return (b.run ? b.run->text() : "-") + " / " + (b.day ? b.day->text() : "-");
}

} // namespace

BOOST_AUTO_TEST_CASE(limits_are_read_and_those_that_contradict_each_other_are_refused)
{
    const struct {
        const char *budget, *limits;
        strings found;
    } table[] = {
        {"{run: 5 TRY, day: 9 TRY}", "5.00 TRY / 9.00 TRY", {}},
        {"{run: 5 TRY}", "5.00 TRY / -", {}},
        {"{day: 9 credits}", "- / 9 credits", {}},
        {"{run: 5 TRY, day: 5 TRY}", "5.00 TRY / 5.00 TRY", {}},
        {"{run: 6 TRY, day: 5 TRY}", "6.00 TRY / 5.00 TRY", {"1:15 U0317 warning"}},
        {"{run: 6 USD, day: 5 TRY}", "6.00 USD / 5.00 TRY", {}},
        {"{run: 0 TRY}", "0.00 TRY / -", {}},
        {"{run: 5}", "- / -", {}}, // refused by the table of keys already
        {"[a]", "- / -", {}},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.budget)
        {
            strings found;
            BOOST_TEST(limits("budget: " + std::string(row.budget) + "\n", true, found) == row.limits);
            BOOST_TEST(found == row.found, boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_CASE(a_budget_without_a_limit_is_refused_where_money_is_spent)
{
    strings found;
    BOOST_TEST(limits("budget: {}\n", true, found) == "- / -");
    BOOST_TEST(found == strings{"1:9 U0316"}, boost::test_tools::per_element());
    BOOST_TEST(limits("budget: {}\n", false, found) == "- / -");
    BOOST_TEST(found.empty());
}

BOOST_AUTO_TEST_CASE(without_the_key_there_is_no_limit)
{
    strings found;
    BOOST_TEST(limits("version: 1\n", true, found) == "- / -");
    BOOST_TEST(found.empty(), "the missing key is the table's own problem");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
