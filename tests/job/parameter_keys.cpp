#include "job/detail/parameter_keys.hpp"

#include "reading.hpp"

#include <string>
#include <vector>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(parameter_keys_)

namespace {

using kind = parameter::type;
using strings = std::vector<std::string>;

struct read_result {
    std::vector<parameter> all;
    strings found;
};

read_result read(const std::string& params)
{
    yaml::problems found;
    auto all = read_parameters(common_reader("params: {" + params + "}\n"), found);
    return {std::move(all), shown(found)};
}

} // namespace

BOOST_AUTO_TEST_CASE(a_parameter_is_read_with_its_type_and_limits)
{
    const auto got = read("n: {type: integer, min: -1, max: 9, default: 5}, s: {required: true, max: 20}");
    BOOST_TEST(got.found.empty());
    BOOST_REQUIRE(got.all.size() == 2u);
    const auto& n = got.all[0];
    BOOST_TEST(n.name == "n");
    BOOST_TEST((n.value_type == kind::integer));
    BOOST_TEST(!n.required);
    BOOST_TEST(n.least.value() == -1);
    BOOST_TEST(n.most.value() == 9);
    BOOST_TEST(n.default_value.value() == "5");
    const auto& s = got.all[1];
    BOOST_TEST((s.value_type == kind::text));
    BOOST_TEST(s.required);
    BOOST_TEST(!s.least.has_value());
    BOOST_TEST(!s.default_value.has_value());
}

BOOST_AUTO_TEST_CASE(each_word_for_a_type_is_known)
{
    for (const auto& [word, type] :
         {std::pair("string", kind::text), {"integer", kind::integer}, {"url", kind::url}, {"phone", kind::phone}})
        BOOST_TEST((read("a: {type: " + std::string(word) + "}").all.at(0).value_type == type), word);
}

BOOST_AUTO_TEST_CASE(what_contradicts_itself_is_reported_at_its_key)
{
    const struct {
        const char* params;
        strings found;
    } table[] = {
        {"a: {min: 5, max: 4}", {"1:27 U0313"}},
        {"a: {min: 4, max: 4}", {}},
        {"a: {type: url, max: 4}", {"1:30 U0313"}},
        {"a: {type: phone, min: 4, max: 9}", {"1:32 U0313"}},
        {"a: {min: -1}", {"1:19 U0313"}},
        {"a: {max: -1}", {"1:19 U0313"}},
        {"a: {type: integer, min: -1}", {}},
        {"a: {type: integer, default: x}", {"1:38 U0314"}},
        {"a: {default: abc, max: 2}", {"1:23 U0314"}},
        {"a: {default: x, required: true}", {"1:23 U0310 warning"}},
        {"a: {default: xyz, required: true, max: 2}", {"1:23 U0310 warning", "1:23 U0314"}},
        {"a-b: {}", {"1:15 U0312"}},
        {"1a: {}", {"1:14 U0312"}},
        {"ş: {}", {"1:13 U0312"}},
        {"_a1: {}", {}},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.params)
        {
            BOOST_TEST(read(row.params).found == row.found, boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_CASE(values_of_wrong_types_are_passed_over)
{
    const auto got = read("a: {type: [x], required: maybe, min: x, max: 1.5, default: {}}");
    BOOST_TEST(got.found.empty());
    BOOST_REQUIRE(got.all.size() == 1u);
    BOOST_TEST(!got.all[0].required);
    BOOST_TEST(!got.all[0].least.has_value());
    BOOST_TEST(!got.all[0].most.has_value());
    BOOST_TEST(!got.all[0].default_value.has_value());
}

BOOST_AUTO_TEST_CASE(a_job_need_not_have_parameters)
{
    yaml::problems found;
    BOOST_TEST(read_parameters(common_reader("version: 1\n"), found).empty());
    BOOST_TEST(found.empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
