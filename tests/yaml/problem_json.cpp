#include "yaml/problem_json.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

namespace ulak::yaml {

BOOST_AUTO_TEST_SUITE(problem_json_)

BOOST_AUTO_TEST_CASE(a_problem_prints_the_same_after_it_was_sent)
{
    for (auto how : {severity::error, severity::warning}) {
        const problem p{{"jobs.d/x.yaml", 11, 5}, how, "U0312", "no such thing", "write another", "aç: {b: c}"};
        const auto there = from_json(to_json_with_line(p));
        BOOST_TEST(to_text(there) == to_text(p));
        BOOST_TEST(to_text(there).find("aç: {b: c}\n    ^\n") != std::string::npos);
    }
    const problem whole{{"ulak.yaml", 0, 0}, severity::error, "U0101", "it cannot be read", {}, {}};
    BOOST_TEST(to_text(from_json(to_json_with_line(whole))) == to_text(whole));
}

BOOST_AUTO_TEST_CASE(without_the_line_the_rest_is_printed)
{
    const problem p{{"x.yaml", 1, 2}, severity::error, "U0312", "text", "hint", "line"};
    BOOST_TEST(!to_json(p).contains("source"));
    BOOST_TEST(to_text(from_json(to_json(p))) == "x.yaml:1:2: error[U0312]: text\nhint: hint\n");
}

BOOST_AUTO_TEST_CASE(any_object_is_taken)
{
    for (const char* said :
         {"{}", R"({"line":-1,"column":"x","file":3,"text":null})", R"({"line":1e300,"column":1.5})"})
        BOOST_TEST(to_text(from_json(boost::json::parse(said).get_object())).find("error[]") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::yaml
