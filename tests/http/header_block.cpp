#include "http/header_block.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {

BOOST_AUTO_TEST_SUITE(header_block_)

namespace {

std::string listed(const header_block& block)
{
    std::string out;
    for (const auto& [name, value] : block)
        out.append(name).append("=").append(value) += ";";
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(an_empty_one_has_nothing)
{
    const header_block block;
    BOOST_TEST(block.find("Date") == "");
    BOOST_TEST(listed(block) == "");
}

BOOST_AUTO_TEST_CASE(fields_keep_their_order_and_the_first_of_a_name_is_found_in_any_case)
{
    header_block block;
    block.emplace_back("Content-Type", "application/json");
    block.emplace_back("X-Empty", "");
    block.emplace_back("Retry-After", "5");
    block.emplace_back("retry-after", "7");
    BOOST_TEST(block.find("RETRY-AFTER") == "5");
    BOOST_TEST(block.find("content-type") == "application/json");
    BOOST_TEST(block.find("X-Empty") == "");
    BOOST_TEST(block.find("Retry") == "");
    BOOST_TEST(block.find("5") == ""); // a value is no name
    BOOST_TEST(listed(block) == "Content-Type=application/json;X-Empty=;Retry-After=5;retry-after=7;");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
