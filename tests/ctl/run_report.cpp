#include "ulakctl/run_report.hpp"

#include "ctl/cli_fixture.hpp"
#include "ulakctl/run_items.hpp"

namespace ulak::ctl::testing {

BOOST_FIXTURE_TEST_SUITE(run_report_, cli_fixture)

namespace {

std::string items(int first, int count)
{
    boost::json::array all;
    for (int i = 0; i < count; ++i)
        all.push_back(boost::json::object{{"position", first + i}, {"state", "sent"}, {"reason", nullptr}});
    return boost::json::serialize(boost::json::object{{"items", std::move(all)}});
}

} // namespace

BOOST_AUTO_TEST_CASE(a_report_sums_recipients_up_and_keeps_what_is_this_run_s)
{
    daemon->on("GET /v1/runs/R1", R"({"id":"R1","job":"bulk","state":"succeeded","error":null})");
    daemon->on("GET /v1/runs/R1/items?limit=10000", R"({"items":[
        {"position":1,"state":"sent","reason":null,"segments":2},{"position":2,"state":"sent","reason":null,"segments":1},
        {"position":3,"state":"skipped","reason":"opted_out"}]})");
    daemon->on("GET /v1/runs/R1/effects", R"({"effects":[{"step":"send","state":"settled"}]})");
    daemon->on("GET /v1/attention?all=1", R"({"attention":[{"id":"E1","run":"R1"},{"id":"E2","run":"other"}]})");
    const auto got = boost::json::parse(run({"report", "R1", "-o", "json"}).out);
    BOOST_TEST(boost::json::serialize(got.at("recipients")) ==
               R"([{"state":"sent","reason":null,"recipients":2,"segments":3},)"
               R"({"state":"skipped","reason":"opted_out","recipients":1,"segments":0}])");
    BOOST_TEST(got.at("attention").as_array().size() == 1u);
    const auto text = run({"report", "R1"}).out;
    for (const char* title : {"\nrecipients\n", "\ncalls that cost\n", "\nfor a person to settle\n"})
        BOOST_TEST(contains(text, title));
}

BOOST_AUTO_TEST_CASE(items_are_read_page_by_page_to_the_end)
{
    daemon->on("GET /v1/runs/R1/items?limit=10000", items(1, 10'000));
    daemon->on("GET /v1/runs/R1/items?limit=10000&after=10000", items(10'001, 3));
    cli_context context(daemon_client(daemon, "s"), {}, {}, stdout, stderr);
    BOOST_TEST(all_items(context, "R1", "")->size() == 10'003u);
}

BOOST_AUTO_TEST_CASE(any_part_that_fails_fails_the_report)
{
    daemon->on("GET /v1/runs/R1", R"({"id":"R1"})");
    BOOST_TEST(run({"report", "R1"}).code == exit_usage);
    daemon->on("GET /v1/runs/R1/items?limit=10000", R"({"items":[]})");
    BOOST_TEST(run({"report", "R1"}).code == exit_usage);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
