#include "control/control_world.hpp"

#include "control/detail/routes.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(status_)

namespace {

struct status_world : control_world {
    status_world()
    {
        write("hourly", "schedule: {every: 1h}\n");
        write("broken", "nonsense: 1\n");
    }
    void start()
    {
        boot();
        open();
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(the_index_lists_every_route)
{
    status_world w;
    w.start();
    const auto all = object_in(w.read("/v1/")).at("routes").as_array();
    BOOST_TEST(all.size() == control::routes().size());
    for (const auto& r : all)
        BOOST_TEST(!text_at(r.as_object(), "help").empty());
    BOOST_TEST(w.read("/v1").status == 200);
}

BOOST_AUTO_TEST_CASE(the_status_shows_jobs_firings_store_and_uptime)
{
    status_world w;
    w.start();
    w.pass(90s);
    const auto o = object_in(w.read("/v1/status"));
    BOOST_TEST(text_at(o, "version") == "1.2.3");
    BOOST_TEST(text_at(o, "started_at").find("2026-03-02T06:00:00") == 0u);
    BOOST_TEST(!text_at(o, "uptime").empty());
    BOOST_TEST(!o.contains("metrics"));
    BOOST_TEST(text_at(o.at("store").as_object(), "state") == "ok");
    const auto& jobs = o.at("jobs").as_object();
    BOOST_TEST(jobs.at("total").to_number<int>() == 2);
    BOOST_TEST(jobs.at("broken").to_number<int>() == 1);
    BOOST_TEST(o.at("next").as_array().size() == 5u);
    BOOST_TEST(o.at("attention").to_number<int>() == 0);
    BOOST_TEST(o.at("running").to_number<int>() == 0);
    BOOST_TEST(!o.at("stopping").as_bool());
}

BOOST_AUTO_TEST_CASE(the_metrics_address_is_shown_where_the_daemon_knows_it)
{
    status_world w;
    w.info = [] {
        control::daemon_info i;
        i.metrics_address = "127.0.0.1:9464";
        return i;
    };
    w.start();
    BOOST_TEST(text_at(object_in(w.read("/v1/status")), "metrics") == "127.0.0.1:9464");
}

BOOST_AUTO_TEST_CASE(health_is_ok_until_the_store_or_the_daemon_is_not)
{
    status_world w;
    w.start();
    const auto healthy = w.read("/v1/health");
    BOOST_TEST(healthy.status == 200);
    BOOST_TEST(text_at(object_in(healthy), "status") == "ok");
    w.now().store.held = "the folder was copied";
    const auto held = w.read("/v1/health");
    BOOST_TEST(held.status == 503);
    BOOST_TEST(code_in(held) == "paused");
    BOOST_TEST(detail_in(held) == "the folder was copied");
    BOOST_TEST(text_at(object_in(w.read("/v1/status")).at("store").as_object(), "state") == "held");
    w.now().store.held.clear();
    w.stop();
    w.now().store.dead = false;
    BOOST_TEST(w.read("/v1/health").status == 503);
    w.now().store.dead = true;
}

BOOST_AUTO_TEST_CASE(a_held_store_is_adopted_once)
{
    status_world w;
    w.wake();
    w.now().store.held = "the folder was copied";
    BOOST_TEST(w.get(w.engine().start()).has_value());
    w.open();
    BOOST_TEST(w.post("/v1/jobs/hourly/runs").status == 409);
    const auto adopted = object_in(w.post("/v1/adopt"));
    BOOST_TEST(adopted.at("adopted").as_bool());
    BOOST_TEST(text_at(adopted, "was") == "the folder was copied");
    BOOST_TEST(w.post("/v1/jobs/hourly/runs").status == 202);
}

BOOST_AUTO_TEST_CASE(a_clock_that_jumped_is_shown_until_a_person_confirms_it)
{
    status_world w;
    w.start();
    const auto clock_state = [&w] { return text_at(object_in(w.read("/v1/status")).at("clock").as_object(), "state"); };
    BOOST_TEST(clock_state() == "ok");
    BOOST_TEST(w.post("/v1/clock/confirm").status == 409);
    w.time.jump_wall(25h);
    BOOST_TEST(clock_state() == "held");
    const auto health = w.read("/v1/health");
    BOOST_TEST(health.status == 503);
    BOOST_TEST(code_in(health) == "paused");
    BOOST_TEST(detail_in(health).find("ahead of the time that passed") != std::string::npos);
    BOOST_TEST(w.read("/metrics").body.find("ulak_clock_held 1\n") != std::string::npos);
    const auto confirmed = object_in(w.post("/v1/clock/confirm"));
    BOOST_TEST(confirmed.at("confirmed").as_bool());
    BOOST_TEST(text_at(confirmed, "time").starts_with("2026-03-03T07:00"));
    BOOST_TEST(clock_state() == "ok");
    BOOST_TEST(w.read("/v1/health").status == 200);
    BOOST_TEST(w.read("/metrics").body.find("ulak_clock_held 0\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(schemas_are_the_daemons_own)
{
    status_world w;
    w.start();
    BOOST_TEST(text_at(object_in(w.read("/v1/schema/job")), "title") == "job");
    BOOST_TEST(text_at(object_in(w.read("/v1/schema/config")), "title") == "config");
}

BOOST_AUTO_TEST_CASE(a_reload_shows_each_file_and_a_dry_run_takes_nothing_over)
{
    status_world w;
    w.start();
    w.write("fresh");
    const auto dry = object_in(w.post("/v1/reload", {}, {{"dry_run", "1"}})).at("files").as_array();
    BOOST_TEST_REQUIRE(dry.size() == 3u);
    BOOST_TEST(text_at(dry[1].as_object(), "job") == "fresh");
    BOOST_TEST(text_at(dry[1].as_object(), "result") == "loaded");
    BOOST_TEST(w.read("/v1/jobs/fresh").status == 404);
    const auto real = object_in(w.post("/v1/reload")).at("files").as_array();
    BOOST_TEST(text_at(real[0].as_object(), "result") == "rejected");
    BOOST_TEST(text_at(real[2].as_object(), "result") == "unchanged");
    BOOST_TEST(w.read("/v1/jobs/fresh").status == 200);
    w.remove("fresh");
    BOOST_TEST(text_at(object_in(w.post("/v1/reload")).at("files").as_array()[1].as_object(), "result") == "removed");
}

BOOST_AUTO_TEST_CASE(the_daemons_reload_comes_before_the_engines)
{
    status_world w;
    std::vector<bool> asked;
    w.reload = [&](bool dry) -> task<result<std::vector<engine::file_change>>> {
        asked.push_back(dry);
        co_return error(errc::invalid_argument, "ulak.yaml: line 3");
    };
    w.start();
    BOOST_TEST(detail_in(w.post("/v1/reload", {}, {{"dry_run", "true"}})) == "ulak.yaml: line 3");
    w.post("/v1/reload");
    BOOST_TEST(asked == std::vector<bool>({true, false}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
