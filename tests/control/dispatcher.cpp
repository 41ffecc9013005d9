// Access, unknown routes and the record of what changes something.
#include "control/control_world.hpp"

#include "control/detail/routes.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(dispatcher_)

namespace {

struct open_world : control_world {
    open_world()
    {
        write("job");
        boot();
        open();
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(every_route_is_answered_from_the_level_it_needs_and_refused_below)
{
    for (const control::route& r : control::routes()) {
        open_world w;
        BOOST_TEST_CONTEXT(r.method << " " << r.pattern)
        {
            std::string path;
            for (bool inside = false; const char c : r.pattern) {
                inside = (inside || c == '{') && c != '}';
                if (!inside && c != '}')
                    path += c;
                else if (c == '{')
                    path += "none";
            }
            w.listener = control::metrics_listener;
            const auto from_metrics = w.ask(std::string(r.method), path);
            BOOST_TEST((from_metrics.status == 403) == (r.required_level != control::access_level::metrics));
            w.listener = control::view_listener;
            const auto from_view = w.ask(std::string(r.method), path);
            BOOST_TEST((from_view.status == 403) == (r.required_level > control::access_level::view));
            w.listener = control::operate_listener;
            BOOST_TEST(w.ask(std::string(r.method), path).status != 403);
        }
    }
}

BOOST_AUTO_TEST_CASE(unknown_paths_and_methods_say_what_there_is)
{
    open_world w;
    const auto unknown = w.read("/v1/nonsense");
    BOOST_TEST(unknown.status == 404);
    BOOST_TEST(code_in(unknown) == "not_found");
    const auto wrong = w.ask("PUT", "/v1/suppressions");
    BOOST_TEST(wrong.status == 405);
    BOOST_TEST(code_in(wrong) == "method_not_allowed");
    BOOST_TEST(wrong.headers.back().second == "GET, HEAD, POST, DELETE");
}

BOOST_AUTO_TEST_CASE(a_web_page_is_refused_before_anything_is_done)
{
    open_world w;
    auto r = w.request("POST", "/v1/jobs/job/runs");
    r.headers.emplace_back("Origin", "https://example.com");
    const auto refused = w.get(w.dispatch->answer(r));
    BOOST_TEST(refused.status == 403);
    BOOST_TEST(w.runs().empty());
    BOOST_TEST(w.published.count("control.command") == 0u);
}

BOOST_AUTO_TEST_CASE(what_changes_something_is_recorded_with_its_sender)
{
    open_world w;
    w.read("/v1/jobs");
    BOOST_TEST(w.published.count("control.command") == 0u);
    w.post("/v1/jobs/job/pause");
    w.post("/v1/jobs/5551112233/pause");
    BOOST_TEST_REQUIRE(w.published.count("control.command") == 2u);
    const auto* e = w.published.last("control.command");
    BOOST_TEST(e->data.at("uid").to_number<int>() == 1000);
    BOOST_TEST(e->data.at("pid").to_number<int>() == 4711);
    BOOST_TEST(e->data.at("status").to_number<int>() == 404);
    BOOST_TEST(e->message.find("5551112233") == std::string::npos, e->message);
}

BOOST_AUTO_TEST_CASE(a_refusal_is_logged_and_not_stored)
{
    open_world w;
    event_list log;
    w.bus->add(log);
    w.listener = control::view_listener;
    BOOST_TEST(w.post("/v1/jobs/job/pause").status == 403);
    BOOST_TEST(w.published.count("control.command") == 0u);
    BOOST_TEST_REQUIRE(log.count("control.command") == 1u);
    BOOST_TEST(log.last("control.command")->seq == 0);
}

BOOST_AUTO_TEST_CASE(a_command_that_the_disk_does_not_record_is_at_least_logged)
{
    open_world w;
    event_list log;
    w.bus->add(log);
    w.now().store.refuses = true;
    BOOST_TEST(w.post("/v1/jobs/job/pause").status == 503);
    BOOST_TEST(log.count("control.command") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
