#include "ulakctl/csv_output.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(csv_output_)

using namespace ulak::ctl;

BOOST_AUTO_TEST_CASE(cells_are_quoted_where_they_must_be)
{
    BOOST_TEST(csv_cell("") == "");
    BOOST_TEST(csv_cell("Şule") == "Şule");
    BOOST_TEST(csv_cell("5551112233") == "5551112233");
    BOOST_TEST(csv_cell("a,b") == "\"a,b\"");
    BOOST_TEST(csv_cell("a;b") == "\"a;b\""); // a separator where decimals have commas
    BOOST_TEST(csv_cell("say \"no\"") == "\"say \"\"no\"\"\"");
    BOOST_TEST(csv_cell("two\nlines") == "\"two\nlines\"");
    BOOST_TEST(csv_cell(" a") == "\" a\"");
    BOOST_TEST(csv_line({"a", "", "b,c"}) == "a,,\"b,c\"\n");
}

BOOST_AUTO_TEST_CASE(no_cell_is_a_formula)
{
    for (const char* text : {"=1+1", "+905551112233", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"})
        BOOST_TEST(csv_cell(text) == "'" + std::string(text));
    BOOST_TEST(csv_cell("\t=1") == "\"'\t=1\"");
    BOOST_TEST(csv_cell("\r=1") == "\"'\r=1\"");
    BOOST_TEST(csv_cell("=\"a\"") == "\"'=\"\"a\"\"\"");
}

BOOST_AUTO_TEST_SUITE_END()
