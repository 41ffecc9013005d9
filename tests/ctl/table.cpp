#include "ulakctl/table.hpp"

#include "core/text.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(table_)

using namespace ulak;
using namespace ulak::ctl;

namespace {

screen wide(std::size_t width)
{
    screen s;
    s.terminal = true;
    s.width = width;
    return s;
}

table runs()
{
    table t({"RUN", "JOB", "STATE", "SPENT", "RESULT"});
    t.add_row(
        {"01JD0000000000000000000000", "orders-on-the-way", "succeeded", "120 credits", "a long text that says much"});
    t.add_row({"01JD0000000000000000000001", "otp", "failed", "-", "kısa"});
    return t;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_table_never_is_wider_than_its_terminal)
{
    for (std::size_t width : {200u, 100u, 80u, 72u, 60u, 48u})
        BOOST_TEST_CONTEXT(width)
        {
            for (const std::string& line : runs().lines(wide(width)))
                BOOST_TEST(count_code_points(line) <= width, line);
        }
}

BOOST_AUTO_TEST_CASE(what_names_a_row_is_cut_last)
{
    const auto lines = runs().lines(wide(72));
    BOOST_TEST(lines.at(1).find("01JD0000000000000000000000") == 0u);
    BOOST_TEST(lines.at(1).find("…") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(nothing_is_cut_for_a_pipe)
{
    BOOST_TEST(runs().text(screen()).find("a long text that says much") != std::string::npos);
    BOOST_TEST(runs().text(screen()).find('\033') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(colour_comes_beside_the_word_and_only_where_it_is_wanted)
{
    screen s = wide(200);
    BOOST_TEST(runs().text(s).find('\033') == std::string::npos);
    s.colour = true;
    BOOST_TEST(runs().text(s).find("\033[31mfailed") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
