// Armed schedules, coming and missed firings, and the plan for those that are due, each alone.
#include "engine/detail/armed_schedules.hpp"

#include "engine/detail/firing_planner.hpp"
#include "engine/detail/missed_firings.hpp"
#include "engine/detail/upcoming_firings.hpp"
#include "engine/world.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(schedules_)

using disposition = job::due_firing::disposition;

namespace {

/// The parts of an engine that decide about firings, without its loops.
struct schedule_world : world {
    void load()
    {
        lives.push_back(std::make_unique<daemon_life>(*disk, published, time));
        shared.emplace(engine::dependencies{io.get_executor(),
                                            time,
                                            now().record,
                                            accounts,
                                            {},
                                            (folder / "jobs.d").string(),
                                            folder.string(),
                                            zone,
                                            {},
                                            known_kinds});
        shared->jobs.refresh();
        armed.emplace(*shared);
        factory.emplace(*shared);
        runs.emplace(*shared);
        planner.emplace(*shared, *runs, *factory);
    }
    ~schedule_world()
    {
        planner.reset();
        runs.reset();
        lives.clear();
    }
    void arm() { BOOST_TEST(get(armed->arm()).has_value()); }
    const engine::loaded_job& loaded(const std::string& job) { return *shared->jobs.find(job)->good; }
    engine::firing_batch plan(const std::string& job, std::vector<job::due_firing> firings,
                              const std::set<std::string>& existing = {})
    {
        job::decision d;
        d.firings = std::move(firings);
        d.watermark = wall();
        return planner->plan(job, shared->jobs.find(job)->good, d, existing);
    }
    job::due_firing firing(std::chrono::minutes ago = 0min, disposition decided = disposition::run,
                           const std::string& reason = {})
    {
        job::due_firing f;
        f.at = wall() - ago;
        f.decided = decided;
        f.reason = reason;
        return f;
    }
    std::vector<engine::firing_view> next(const std::string& job, std::size_t limit, bool paused = false)
    {
        engine::upcoming_query q;
        q.job = job;
        q.paused = paused;
        q.watermark = wall();
        q.from = wall();
        q.limit = limit;
        return engine::upcoming_firings(loaded(job), q);
    }

    std::optional<engine::shared_state> shared{};
    std::optional<engine::armed_schedules> armed{};
    std::optional<engine::run_factory> factory{};
    std::optional<engine::runner> runs{};
    std::optional<engine::firing_planner> planner{};
};

std::string reason_in(const engine::firing_batch& batch)
{
    return batch.dropped.empty() ? std::string() : batch.dropped.front().reason;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_new_schedule_counts_from_now_and_a_known_one_from_its_watermark)
{
    schedule_world w;
    w.write("hourly", "schedule: {every: 1h}\n");
    w.write("demand");
    w.load();
    w.arm();
    const auto first = w.armed->find("hourly")->watermark;
    BOOST_TEST((first == w.wall()));
    BOOST_TEST(w.armed->find("demand") == nullptr);
    w.pass(30min);
    w.load();
    w.arm();
    BOOST_TEST((w.armed->find("hourly")->watermark == first));
}

BOOST_AUTO_TEST_CASE(another_schedule_and_a_job_that_was_disabled_count_anew)
{
    schedule_world w;
    w.write("job", "schedule: {every: 1h}\n");
    w.load();
    w.arm();
    w.pass(30min);
    w.write("job", "schedule: {every: 2h}\n");
    w.shared->jobs.refresh();
    w.arm();
    BOOST_TEST((w.armed->find("job")->watermark == w.wall()));
    w.write("job", "enabled: false\nschedule: {every: 2h}\n");
    w.shared->jobs.refresh();
    w.arm();
    BOOST_TEST(w.armed->find("job") == nullptr);
    w.pass(30min);
    w.write("job", "schedule: {every: 2h}\n");
    w.shared->jobs.refresh();
    w.arm();
    BOOST_TEST((w.armed->find("job")->watermark == w.wall()));
}

BOOST_AUTO_TEST_CASE(a_disk_that_refuses_is_told_and_arming_can_be_repeated)
{
    schedule_world w;
    w.write("job", "schedule: {every: 1h}\n");
    w.load();
    w.now().store.refuses = true;
    BOOST_TEST(name(w.get(w.armed->arm()).error().code) == "unavailable");
    w.now().store.refuses = false;
    w.arm();
    BOOST_TEST(w.armed->find("job") != nullptr);
}

BOOST_AUTO_TEST_CASE(jobs_are_due_by_their_next_firing_or_by_a_watermark_far_ahead)
{
    schedule_world w;
    w.write("hourly", "schedule: {every: 1h}\n");
    w.write("daily", "schedule: {every: 24h}\n");
    w.load();
    w.arm();
    BOOST_TEST(w.armed->due(w.wall()).empty());
    BOOST_TEST((w.armed->next_firing() == w.wall() + 1h));
    BOOST_TEST(w.armed->due(w.wall() + 1h).size() == 1u);
    w.armed->find("daily")->move_watermark(w.wall() + 2h);
    BOOST_TEST(w.armed->due(w.wall()).front() == "daily");
}

BOOST_AUTO_TEST_CASE(missed_firings_are_the_last_twenty_of_each_job)
{
    engine::missed_firings missed;
    for (int n = 0; n < 25; ++n)
        missed.add(engine::firing_view{"job", wall_point(), "reason " + std::to_string(n), ""});
    missed.add(engine::firing_view{"other", wall_point(), "its own", ""});
    BOOST_TEST(missed.of("job").size() == engine::max_missed_firings);
    BOOST_TEST(missed.of("job").front().reason == "reason 5");
    BOOST_TEST(missed.of("job").back().reason == "reason 24");
    BOOST_TEST(missed.of("other").size() == 1u);
    BOOST_TEST(missed.of("none").empty());
}

BOOST_AUTO_TEST_CASE(missed_firings_of_former_lives_come_from_the_events)
{
    schedule_world w;
    w.write("job", "schedule: {every: 1h}\n");
    const auto stored = [&](boost::json::object data) {
        events::event e("schedule.missed", events::level::notice, "not run");
        e.job = "job";
        e.data = std::move(data);
        w.commit({ledger::append_event{e}});
    };
    stored({{"due", "2026-03-01T06:00:00Z"}, {"reason", "paused"}});
    stored({{"due", "yesterday"}, {"reason", "unreadable"}});
    stored({{"reason", "without a time"}});
    w.load();
    engine::missed_firings missed;
    bool done = false;
    asio::co_spawn(w.io, keep(missed.load(*w.shared), done), [](std::exception_ptr e) { BOOST_TEST(!e); });
    w.time.run_until_idle();
    BOOST_TEST_REQUIRE(missed.of("job").size() == 1u);
    BOOST_TEST(missed.of("job")[0].reason == "paused");
    BOOST_TEST(missed.of("job")[0].local == "2026-03-01T09:00:00+03:00");
}

BOOST_AUTO_TEST_CASE(a_coming_firing_says_what_will_keep_it_from_running)
{
    schedule_world w;
    w.write("job", "schedule: {every: 30m}\n");
    w.write("off", "enabled: false\nschedule: {every: 30m}\n");
    w.write("demand");
    w.load();
    const auto all = w.next("job", 3);
    BOOST_TEST_REQUIRE(all.size() == 3u);
    BOOST_TEST(all[0].reason == "every 30m; it sleeps"); // the kind waits until 7 o'clock
    BOOST_TEST(all[2].reason == "every 30m");
    BOOST_TEST(w.next("job", 1, true)[0].reason == "every 30m; paused: it will not run");
    BOOST_TEST(w.next("off", 1)[0].reason == "every 30m; disabled: it will not run");
    BOOST_TEST(w.next("demand", 1).empty());
}

BOOST_AUTO_TEST_CASE(a_firing_becomes_a_run_at_once_where_nothing_is_before_it)
{
    schedule_world w;
    w.write("job", "schedule: {every: 1h}\n");
    w.load();
    const auto batch = w.plan("job", {w.firing()});
    BOOST_TEST_REQUIRE(batch.started.size() == 1u);
    const auto& run = *batch.started[0];
    BOOST_TEST((run.record().state == ledger::run_state::running));
    BOOST_TEST(run.record().unique_key == engine::firing_key("job", *w.loaded("job").document.when, w.wall()));
    BOOST_TEST(run.record().trigger == "schedule");
    BOOST_TEST(w.runs->running("job") == 1u);
    BOOST_TEST(std::holds_alternative<ledger::set_watermark>(batch.changes.back()));
}

BOOST_AUTO_TEST_CASE(each_reason_to_drop_a_firing_is_told)
{
    schedule_world w;
    w.write("job", "schedule: {every: 1h, overlap: skip}\n");
    w.load();
    BOOST_TEST(reason_in(w.plan("job", {w.firing(0min, disposition::dropped_late, "outside the window")})) ==
               "outside the window");
    w.shared->paused_jobs.insert("job");
    BOOST_TEST(reason_in(w.plan("job", {w.firing()})) == "the job is paused");
    w.shared->paused_jobs.clear();
    const auto key = engine::firing_key("job", *w.loaded("job").document.when, w.wall());
    BOOST_TEST(reason_in(w.plan("job", {w.firing()}, {key})) == "this firing has its run already");
    const auto going = w.plan("job", {w.firing()});
    BOOST_TEST(going.started.size() == 1u);
    const auto dropped = w.plan("job", {w.firing()});
    BOOST_TEST(reason_in(dropped) == "an earlier run is still going");
    BOOST_TEST(dropped.started.empty());
    BOOST_TEST(dropped.changes.size() == 2u); // the event and the watermark
}

BOOST_AUTO_TEST_CASE(a_firing_behind_a_run_waits_in_the_queue)
{
    schedule_world w;
    w.write("job", "schedule: {every: 1h, overlap: queue}\n");
    w.load();
    const auto batch = w.plan("job", {w.firing(60min), w.firing()});
    BOOST_TEST(batch.started.size() == 1u);
    BOOST_TEST_REQUIRE(batch.queued.size() == 1u);
    BOOST_TEST((batch.queued[0]->record().state == ledger::run_state::queued));
    BOOST_TEST(!batch.queued[0]->holds_slot);
}

BOOST_AUTO_TEST_CASE(a_firing_that_replaces_names_the_runs_to_cancel)
{
    schedule_world w;
    w.write("job", "schedule: {every: 1h, overlap: cancel-previous}\n");
    w.load();
    auto first = w.plan("job", {w.firing()});
    BOOST_TEST(first.replaced.empty());
    w.runs->enqueue(std::move(first.started[0]));
    const auto second = w.plan("job", {w.firing()});
    BOOST_TEST(second.replaced.size() == 1u);
    BOOST_TEST(second.queued.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
