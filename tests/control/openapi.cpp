#include "control/detail/openapi.hpp"
#include "control/detail/routes.hpp"
#include "core/text.hpp"

#include <boost/json/array.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <string>

using namespace ulak::control;
namespace json = boost::json;

BOOST_AUTO_TEST_SUITE(openapi_)

BOOST_AUTO_TEST_CASE(every_route_is_there_with_its_parameters_and_a_name_of_its_own)
{
    const json::object whole = openapi_document();
    BOOST_TEST(whole.at("openapi").as_string() == "3.1.0");
    const auto& paths = whole.at("paths").as_object();
    std::set<std::string> names;
    for (const route& r : routes())
        BOOST_TEST_CONTEXT(r.method << ' ' << r.pattern)
        {
            const auto& operation = paths.at(r.pattern).as_object().at(ulak::lower_ascii(r.method)).as_object();
            BOOST_TEST(operation.at("summary").as_string() == r.help);
            BOOST_TEST(names.insert(std::string(operation.at("operationId").as_string())).second);
            BOOST_TEST(operation.contains("requestBody") == (r.method != "GET"));
            std::string query;
            std::size_t in_path = 0;
            for (const auto& p : operation.at("parameters").as_array()) {
                const auto& o = p.as_object();
                if (o.at("in").as_string() == "query")
                    ulak::append_joined(query, ",", o.at("name").as_string());
                if (o.at("in").as_string() != "path")
                    continue;
                ++in_path;
                BOOST_TEST(o.at("required").as_bool());
                const std::string name(o.at("name").as_string());
                BOOST_TEST(std::string(r.pattern).find("{" + name + "}") != std::string::npos);
            }
            BOOST_TEST(query == r.query);
            BOOST_TEST(in_path == static_cast<std::size_t>(std::ranges::count(r.pattern, '{')));
        }
}

BOOST_AUTO_TEST_CASE(what_is_referred_to_is_there)
{
    const json::value whole = openapi_document();
    const auto& refusal =
        whole.at_pointer("/paths/~1v1~1status/get/responses/default/content/application~1problem+json");
    const std::string target(refusal.at("schema").at("$ref").as_string());
    BOOST_TEST(whole.at_pointer(target.substr(1)).at("type").as_string() == "object");
}

BOOST_AUTO_TEST_SUITE_END()
