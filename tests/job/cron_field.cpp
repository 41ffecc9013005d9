#include "job/detail/cron_field.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(cron_field_)

namespace {

enum position { minute, hour, day, month, weekday };

result<cron_field> parsed(position which, std::string_view text)
{
    return parse_cron_field(text, cron_rules()[which]);
}

/// "0 15 30 45", or what is wrong.
std::string values(position which, std::string_view text)
{
    const auto field = parsed(which, text);
    if (!field)
        return field.error().message;
    std::string out;
    for (int v = 0; v < 64; ++v)
        if ((field->set >> v & 1) != 0)
            out += (out.empty() ? "" : " ") + std::to_string(v);
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_field_is_a_set_of_numbers)
{
    const struct {
        position which;
        const char *text, *values;
    } table[] = {
        {minute, "7", "7"},
        {minute, "007", "7"},
        {minute, "*/15", "0 15 30 45"},
        {minute, "*/45", "0 45"},
        {minute, "10-20/5", "10 15 20"},
        {minute, "1,2,2,1", "1 2"},
        {hour, "0-23/12", "0 12"},
        {hour, "22,23,0-1", "0 1 22 23"},
        {day, "*/10", "1 11 21 31"},
        {month, "jan,MAR,dec", "1 3 12"},
        {month, "apr-jun", "4 5 6"},
        {month, "*", "1 2 3 4 5 6 7 8 9 10 11 12"},
        {weekday, "0,7", "0"},
        {weekday, "5-7", "0 5 6"},
        {weekday, "mon-fri", "1 2 3 4 5"},
        {weekday, "*", "0 1 2 3 4 5 6"},
        {weekday, "*/2", "0 2 4 6"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            BOOST_TEST(values(row.which, row.text) == row.values);
        }
}

BOOST_AUTO_TEST_CASE(a_refusal_names_the_field_the_text_and_what_is_allowed)
{
    const struct {
        position which;
        const char *text, *message;
    } table[] = {
        {minute, "60", "minute \"60\": write 0 to 59"},
        {minute, "", "minute \"\": write 0 to 59"},
        {hour, "1,24", "hour \"24\": write 0 to 23"},
        {month, "13", "month \"13\": write 1 to 12 or jan to dec"},
        {weekday, "8", "weekday \"8\": write 0 to 7 or sun to sat"},
        {minute, "*/0", "minute \"*/0\": the step goes from 1 to 59"},
        {minute, "*/60", "minute \"*/60\": the step goes from 1 to 59; for longer intervals use `every`"},
        {minute, "5/15", "minute \"5/15\": a step needs a range; write 5-59/15"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text)
        {
            BOOST_TEST(values(row.which, row.text) == row.message);
        }
}

BOOST_AUTO_TEST_CASE(a_star_is_known_even_with_a_step)
{
    BOOST_TEST(parsed(hour, "*")->star);
    BOOST_TEST(parsed(hour, "*/2")->star);
    BOOST_TEST(!parsed(hour, "0-23")->star, "a full range is none");
}

BOOST_AUTO_TEST_CASE(only_a_starred_step_that_does_not_divide_the_field_is_odd)
{
    for (int step = 1; step < 60; ++step) {
        const auto field = parsed(minute, "*/" + std::to_string(step)).value();
        BOOST_TEST(field.odd_step.has_value() == (60 % step != 0), step);
    }
    BOOST_TEST(parsed(hour, "*/5")->odd_step.value() == 5);
    BOOST_TEST(!parsed(minute, "0-59/45")->odd_step.has_value());
}

BOOST_AUTO_TEST_CASE(every_field_has_its_rule_in_the_order_of_an_expression)
{
    std::string names;
    for (const auto& rule : cron_rules())
        names += std::string(rule.name) + " ";
    BOOST_TEST(names == "minute hour day of month month weekday ");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
