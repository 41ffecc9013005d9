#include "control/control_world.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(firings_)

namespace {

struct firing_world : control_world {
    firing_world()
    {
        write("hourly", "schedule: {every: 1h}\n");
        write("daily", "schedule: {cron: \"0 9 * * *\"}\n");
        write("demand");
        write("broken", "nonsense: 1\n");
        boot();
        open();
    }
    json::array firings(const std::string& path, http::header_list query = {})
    {
        return object_in(read(path, std::move(query))).at("firings").as_array();
    }
    std::string note(const std::string& job) { return text_at(object_in(read("/v1/jobs/" + job + "/next")), "note"); }
};

} // namespace

BOOST_AUTO_TEST_CASE(five_firings_come_by_default_with_reason_and_local_time)
{
    firing_world w;
    const auto all = w.firings("/v1/jobs/daily/next");
    BOOST_TEST_REQUIRE(all.size() == 5u);
    const auto& first = all[0].as_object();
    BOOST_TEST(text_at(first, "job") == "daily");
    BOOST_TEST(text_at(first, "local").find("T09:00:00+03:00") != std::string::npos);
    BOOST_TEST(text_at(first, "reason").find("cron 0 9 * * *") == 0u);
}

BOOST_AUTO_TEST_CASE(n_and_from_choose_the_firings)
{
    firing_world w;
    BOOST_TEST(w.firings("/v1/jobs/hourly/next", {{"n", "500"}}).size() == 500u);
    const auto later = w.firings("/v1/jobs/daily/next", {{"n", "1"}, {"from", "2026-04-01T00:00:00Z"}});
    BOOST_TEST_REQUIRE(later.size() == 1u);
    BOOST_TEST(text_at(later[0].as_object(), "at").find("2026-04-01T06:00:00") == 0u);
}

BOOST_AUTO_TEST_CASE(a_count_or_a_time_that_cannot_be_read_is_refused)
{
    firing_world w;
    const http::header_list bad[] = {{{"n", "0"}},  {{"n", "501"}}, {{"n", "x"}},
                                     {{"n", "5x"}}, {{"n", "-1"}},  {{"from", "tomorrow"}}};
    for (const auto& query : bad)
        for (const char* path : {"/v1/next", "/v1/jobs/hourly/next"})
            BOOST_TEST_CONTEXT(path << " " << query[0].first << "=" << query[0].second)
    BOOST_TEST(code_in(w.read(path, query)) == "invalid_argument");
    BOOST_TEST(code_in(w.read("/v1/jobs/none/next")) == "not_found");
}

BOOST_AUTO_TEST_CASE(a_job_without_firings_says_why)
{
    firing_world w;
    BOOST_TEST(w.note("demand") == "on demand: the file has no schedule");
    BOOST_TEST(w.note("broken") == "its file has errors, and there is no good version of it");
    BOOST_TEST(!object_in(w.read("/v1/jobs/hourly/next")).contains("note"));
}

BOOST_AUTO_TEST_CASE(the_firings_of_all_jobs_are_merged_in_their_order)
{
    firing_world w;
    const auto all = w.firings("/v1/next", {{"n", "30"}});
    BOOST_TEST_REQUIRE(all.size() == 30u);
    bool daily = false;
    for (std::size_t i = 1; i < all.size(); ++i) {
        BOOST_TEST(text_at(all[i - 1].as_object(), "at") <= text_at(all[i].as_object(), "at"));
        daily = daily || text_at(all[i].as_object(), "job") == "daily";
    }
    BOOST_TEST(daily);
    w.post("/v1/jobs/hourly/pause");
    for (const auto& f : w.firings("/v1/next"))
        BOOST_TEST(text_at(f.as_object(), "job") == "daily");
}

BOOST_AUTO_TEST_CASE(dropped_firings_are_shown_with_the_reason)
{
    firing_world w;
    w.post("/v1/jobs/hourly/pause");
    w.pass(61min);
    const auto missed = object_in(w.read("/v1/jobs/hourly/next")).at("missed").as_array();
    BOOST_TEST_REQUIRE(missed.size() == 1u);
    BOOST_TEST(text_at(missed[0].as_object(), "reason") == "the job is paused");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
