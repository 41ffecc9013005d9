#include "engine/world.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(reload_)

BOOST_AUTO_TEST_CASE(running_runs_keep_their_definition_and_new_ones_take_the_new_file)
{
    world w;
    w.write("job", "concurrency: 2\ndescription: old\n");
    w.boot();
    *w.run_script = linger;
    const auto old = w.begin("job");
    w.write("job", "concurrency: 2\ndescription: new\n");
    const auto changes = w.get(w.engine().reload(false)).value();
    BOOST_TEST_REQUIRE(changes.size() == 1u);
    BOOST_TEST((changes[0].status == engine::file_change::change_status::loaded));
    BOOST_TEST(w.published.last("config.loaded")->job == "job");
    const auto fresh = w.begin("job");
    BOOST_TEST(w.run(old).definition.find("old") != std::string::npos);
    BOOST_TEST(w.run(fresh).definition.find("new") != std::string::npos);
    w.remove("job");
    BOOST_TEST(w.get(w.engine().reload(false)).has_value());
    BOOST_TEST(w.engine().running() == 2u);
    w.crash(); // and go on by it without any file
    w.boot();
    BOOST_TEST(w.engine().running() == 2u);
    BOOST_TEST(!w.engine().job("job").has_value());
}

BOOST_AUTO_TEST_CASE(a_rejected_file_is_told_with_its_problems_and_the_good_version_runs)
{
    world w;
    w.write("job", "description: good\n");
    w.boot();
    w.write("job", "descripton: slip\n");
    const auto dry = w.get(w.engine().reload(true)).value();
    BOOST_TEST((dry.at(0).status == engine::file_change::change_status::rejected));
    BOOST_TEST(w.published.count("config.rejected") == 0u);
    BOOST_TEST(w.get(w.engine().reload(false)).has_value());
    BOOST_TEST(w.published.count("config.rejected") == 1u);
    BOOST_TEST(w.published.last("config.rejected")->data.at("problems").as_array().size() >= 1u);
    const auto view = w.engine().job("job").value();
    BOOST_TEST(view.broken);
    BOOST_TEST(!view.problems.empty());
    BOOST_TEST(view.description == "good");
    w.begin("job");
}

BOOST_AUTO_TEST_CASE(a_changed_file_says_which_of_its_keys_changed)
{
    world w;
    w.write("job", "description: old\nconcurrency: 2\n");
    w.boot();
    w.write("job", "# a comment\nconcurrency: 3\nschedule: {every: 5m}\n");
    const auto changes = w.get(w.engine().reload(true)).value();
    BOOST_TEST_REQUIRE(changes.size() == 1u);
    BOOST_TEST(changes[0].changed == (std::vector<std::string>{"concurrency", "schedule", "description"}),
               boost::test_tools::per_element());
    BOOST_TEST(!changes[0].added);
}

BOOST_AUTO_TEST_CASE(other_accounts_and_channels_are_taken_over_with_the_files_that_need_them)
{
    world w;
    w.write("job", "notify: [{when: [done], to: ops}]\n");
    w.boot();
    BOOST_TEST(w.engine().job("job")->broken);
    auto more = std::make_shared<providers::accounts>();
    more->emplace("fresh", std::make_shared<providers::account>());
    auto fresh = [&] {
        engine::channels ways;
        ways.emplace("ops", engine::channel{"ops", engine::program{{"/bin/true"}}});
        return engine::configuration(more, std::move(ways), engine::retention());
    };
    const auto dry = w.get(w.engine().reconfigure(true, fresh())).value();
    BOOST_TEST((dry.at(0).status == engine::file_change::change_status::loaded));
    BOOST_TEST(w.engine().accounts()->empty());
    BOOST_TEST(w.engine().job("job")->broken);
    const auto done = w.get(w.engine().reconfigure(false, fresh())).value();
    BOOST_TEST((done.at(0).status == engine::file_change::change_status::loaded));
    BOOST_TEST(w.engine().accounts()->contains("fresh"));
    BOOST_TEST((w.run(w.begin("job")).state == ledger::run_state::succeeded));
    const auto again = w.get(w.engine().reload(false)).value();
    BOOST_TEST((again.at(0).status == engine::file_change::change_status::unchanged));
}

BOOST_AUTO_TEST_CASE(accounts_of_runs_under_way_are_in_use)
{
    world w;
    for (const char* name : {"main", "idle"})
        w.accounts->emplace(name, std::make_shared<providers::account>());
    w.write("job", "account: main\n");
    w.write("other", "account: idle\n");
    w.boot();
    BOOST_TEST(w.get(w.engine().in_use()).value().empty());
    *w.run_script = linger;
    const auto id = w.begin("job");
    const auto uses = w.get(w.engine().in_use()).value();
    BOOST_TEST_REQUIRE(uses.size() == 1u);
    BOOST_TEST(uses.at("main") == "run " + id.text() + " of job job is under way");
    BOOST_TEST(w.get(w.engine().cancel(id)).has_value());
    BOOST_TEST(w.get(w.engine().in_use()).value().empty());
}

BOOST_AUTO_TEST_CASE(a_changed_schedule_starts_anew_and_a_removed_one_is_silent)
{
    world w("2026-03-02T06:59:00Z", "UTC");
    w.write("job", "schedule: {cron: '0 * * * *'}\n");
    w.write("gone", "schedule: {cron: '0 * * * *'}\n");
    w.boot();
    w.write("job", "schedule: {every: 30m}\n");
    w.remove("gone");
    BOOST_TEST(w.get(w.engine().reload(false)).has_value());
    w.pass(29min);
    BOOST_TEST(w.runs().empty());
    w.pass(2min);
    BOOST_TEST(w.runs().size() == 1u);
    BOOST_TEST(w.runs()[0].job == "job");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
