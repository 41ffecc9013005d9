#include "control/detail/routes.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace ulak::control;

BOOST_AUTO_TEST_SUITE(routes_)

BOOST_AUTO_TEST_CASE(names_are_taken_out_of_the_path)
{
    auto found = match_route("GET", "/v1/runs/01JD/items");
    BOOST_REQUIRE(found.target);
    BOOST_TEST(found.target->pattern == "/v1/runs/{id}/items");
    BOOST_TEST(found.path_params.at("id") == "01JD");
}

BOOST_AUTO_TEST_CASE(unknown_paths_and_wrong_methods_are_told_apart)
{
    for (const char* path : {"/", "/v2/", "/v1/runs/", "/v1/runs/x/y", "/v1/runs//items", "/v1/jobs/a/b/c", ""}) {
        BOOST_TEST_CONTEXT(path)
        {
            auto found = match_route("GET", path);
            BOOST_TEST(!found.target);
            BOOST_TEST(found.allowed_methods == "");
        }
    }
    auto wrong = match_route("PUT", "/v1/suppressions");
    BOOST_TEST(!wrong.target);
    BOOST_TEST(wrong.allowed_methods == "GET, HEAD, POST, DELETE");
}

BOOST_AUTO_TEST_CASE(head_is_answered_where_get_is)
{
    BOOST_TEST((match_route("HEAD", "/v1/status").target == match_route("GET", "/v1/status").target));
    BOOST_TEST(match_route("HEAD", "/v1/status").target != nullptr);
    BOOST_TEST(!match_route("HEAD", "/v1/reload").target);
}

BOOST_AUTO_TEST_CASE(what_changes_something_needs_the_operators_socket)
{
    for (const route& r : routes())
        if (r.method != "GET")
            BOOST_TEST((r.required_level == access_level::operate), r.pattern);
}

BOOST_AUTO_TEST_CASE(no_route_stands_twice)
{
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (const route& r : routes())
        BOOST_TEST(seen.emplace(r.method, r.pattern).second, r.pattern);
}

BOOST_AUTO_TEST_SUITE_END()
