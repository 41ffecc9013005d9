#include "control/control_world.hpp"

#include "control/detail/metrics_text.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(metrics_)

namespace {

struct metrics_world : control_world {
    metrics_world()
    {
        write("job");
        write("broken", "nonsense: 1\n");
        boot();
        open();
        listener = control::metrics_listener;
    }
    bool has(const std::string& line)
    {
        return ("\n" + read("/metrics").body).find("\n" + line + "\n") != std::string::npos;
    }
    void count(const char* name, boost::json::object data = {}, const std::string& account = {})
    {
        events::event e(name, events::level::info, "text");
        e.kind = "test.fake";
        e.account = account;
        e.data = std::move(data);
        bus->publish(e);
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(text_is_written_as_prometheus_reads_it)
{
    control::metrics_text text;
    text.single("ulak_a", "gauge", "A thing.", 3);
    text.family("ulak_b_total", "counter", "Others.");
    text.value("ulak_b_total", "kind=\"x\"", "4");
    BOOST_TEST(text.take() == "# HELP ulak_a A thing.\n# TYPE ulak_a gauge\nulak_a 3\n"
                              "# HELP ulak_b_total Others.\n# TYPE ulak_b_total counter\nulak_b_total{kind=\"x\"} 4\n");
    BOOST_TEST(control::escaped_label("a\"b\\c\nd") == "a\\\"b\\\\c d");
}

BOOST_AUTO_TEST_CASE(the_daemon_and_its_jobs_are_gauges)
{
    metrics_world w;
    for (const char* line :
         {"ulak_build_info{version=\"1.2.3\"} 1", "ulak_runs_running 0", "ulak_jobs 2", "ulak_jobs_broken 1",
          "ulak_jobs_paused 0", "ulak_log_dropped_total 7", "ulak_store_held 0", "ulak_attention_open 0"})
        BOOST_TEST(w.has(line), line);
    BOOST_TEST(!w.has("ulak_config_last_reload_successful 1"));
}

BOOST_AUTO_TEST_CASE(what_alerts_count_begins_with_0)
{
    metrics_world w;
    for (const char* line : {"ulak_runs_total{kind=\"test.fake\",outcome=\"failed\"} 0",
                             "ulak_runs_total{kind=\"test.fake\",outcome=\"succeeded\"} 0",
                             "ulak_runs_total{kind=\"test.fake\",outcome=\"attention\"} 0",
                             "ulak_runs_total{kind=\"test.fake\",outcome=\"cancelled\"} 0"})
        BOOST_TEST(w.has(line), line);
    const auto accounts = w.engine().accounts();
    for (const auto& entry : *accounts) {
        const std::string account = "account=\"" + entry.first + "\"";
        BOOST_TEST(w.has("ulak_provider_errors_total{" + account + "} 0"), account);
        const std::string state =
            "ulak_account_state{" + account + ",provider=\"" + entry.second->provider + "\",state=";
        BOOST_TEST(w.has(state + "\"ready\"} 1"), account);
        BOOST_TEST(w.has(state + "\"failing\"} 0"), account);
        BOOST_TEST(w.has(state + "\"suspended\"} 0"), account);
    }
}

BOOST_AUTO_TEST_CASE(events_are_counted_by_their_labels)
{
    metrics_world w;
    w.count("run.finished", {{"state", "succeeded"}});
    w.count("run.finished", {{"state", "succeeded"}});
    w.count("run.finished");
    w.count("effect.settled", {{"outcome", "accepted"}}, "acc");
    w.count("effect.ambiguous", {}, "acc");
    w.count("provider.error", {}, "acc");
    w.count("notify.sent");
    w.count("notify.failed");
    w.count("schedule.missed");
    for (const char* line : {"ulak_runs_total{kind=\"test.fake\",outcome=\"succeeded\"} 2",
                             "ulak_runs_total{kind=\"test.fake\",outcome=\"unknown\"} 1",
                             "ulak_effects_total{account=\"acc\",outcome=\"accepted\"} 1",
                             "ulak_effects_total{account=\"acc\",outcome=\"ambiguous\"} 1",
                             "ulak_provider_errors_total{account=\"acc\"} 1", "ulak_notices_sent_total 1",
                             "ulak_notices_failed_total 1", "ulak_schedule_missed_total 1"})
        BOOST_TEST(w.has(line), line);
}

BOOST_AUTO_TEST_CASE(what_was_spent_and_what_is_at_risk_are_apart)
{
    metrics_world w;
    ledger::create_run c;
    c.run.id = run_id("R1");
    c.run.job = "job";
    c.run.kind = "test.fake";
    c.run.trigger = "manual";
    c.run.state = ledger::run_state::running;
    ledger::batch all{c};
    for (const char* id : {"E1", "E2"}) {
        ledger::intend i;
        i.effect.id = effect_id(id);
        i.effect.run = run_id("R1");
        i.effect.step = id;
        i.effect.job = "job";
        i.effect.account = "acc";
        i.effect.operation = "number.order";
        i.effect.expected = money(decimal::from_integer(8), "TRY");
        i.effect.intended_at = w.wall();
        all.push_back(i);
        ledger::move_effect m(effect_id(id), ledger::effect_state::dispatched);
        m.at = w.wall();
        all.push_back(m);
    }
    ledger::move_effect accepted(effect_id("E1"), ledger::effect_state::accepted);
    accepted.at = w.wall();
    accepted.provider_ref = "71";
    all.push_back(accepted);
    w.commit(std::move(all));
    BOOST_TEST(w.read("/metrics").body.find("ulak_account_spent{account=\"acc\",unit=\"TRY\"} 8") != std::string::npos);
    BOOST_TEST(w.read("/metrics").body.find("ulak_account_at_risk{account=\"acc\",unit=\"TRY\"} 8") !=
               std::string::npos);
    w.listener = control::view_listener;
    for (const auto& [by, key] : {std::pair("job", "job"), {"account", "acc"}, {"day", "2026-03-02"}}) {
        const auto rows = object_in(w.read("/v1/spend", {{"by", by}})).at("spend").as_array();
        BOOST_TEST_REQUIRE(rows.size() == 1u, by);
        BOOST_TEST(text_at(rows[0].as_object(), by) == key);
        BOOST_TEST(text_at(rows[0].as_object().at("spent").as_object(), "amount") == "8.00");
    }
    BOOST_TEST(code_in(w.read("/v1/spend", {{"by", "week"}})) == "invalid_argument");
}

BOOST_AUTO_TEST_CASE(the_last_reload_shows_where_the_daemon_knows_it)
{
    metrics_world w;
    w.info = [&] {
        control::daemon_info i;
        i.last_reload_ok = false;
        i.reloaded_at = w.wall();
        return i;
    };
    w.open();
    BOOST_TEST(w.has("ulak_config_last_reload_successful 0"));
    BOOST_TEST(w.has("ulak_config_last_reload_timestamp_seconds 1772431200.000"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
