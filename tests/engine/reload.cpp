#include "engine/world.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(reload_)

BOOST_AUTO_TEST_CASE(running_runs_keep_their_definition_and_new_ones_take_the_new_file)
{
    world w;
    w.write("job", "concurrency: 2\ndescription: old\n");
    w.boot();
    *w.act = linger;
    const auto old = w.begin("job");
    w.write("job", "concurrency: 2\ndescription: new\n");
    const auto changes = w.get(w.machine().reload(false)).value();
    BOOST_TEST_REQUIRE(changes.size() == 1u);
    BOOST_TEST((changes[0].happened == engine::file_change::what::loaded));
    BOOST_TEST(w.told.last("config.loaded")->job == "job");
    const auto fresh = w.begin("job");
    BOOST_TEST(w.run(old).definition.find("old") != std::string::npos);
    BOOST_TEST(w.run(fresh).definition.find("new") != std::string::npos);
    w.remove("job");
    BOOST_TEST(w.get(w.machine().reload(false)).has_value());
    BOOST_TEST(w.machine().running() == 2u);
    w.crash(); // and go on by it without any file
    w.boot();
    BOOST_TEST(w.machine().running() == 2u);
    BOOST_TEST(!w.machine().job("job").has_value());
}

BOOST_AUTO_TEST_CASE(a_rejected_file_is_told_with_its_problems_and_the_good_version_runs)
{
    world w;
    w.write("job", "description: good\n");
    w.boot();
    w.write("job", "descripton: slip\n");
    const auto dry = w.get(w.machine().reload(true)).value();
    BOOST_TEST((dry.at(0).happened == engine::file_change::what::rejected));
    BOOST_TEST(w.told.count("config.rejected") == 0u);
    BOOST_TEST(w.get(w.machine().reload(false)).has_value());
    BOOST_TEST(w.told.count("config.rejected") == 1u);
    BOOST_TEST(w.told.last("config.rejected")->data.at("problems").as_array().size() >= 1u);
    const auto view = w.machine().job("job").value();
    BOOST_TEST(view.broken);
    BOOST_TEST(!view.found.empty());
    BOOST_TEST(view.description == "good");
    w.begin("job");
}

BOOST_AUTO_TEST_CASE(a_changed_schedule_starts_anew_and_a_removed_one_is_silent)
{
    world w("2026-03-02T06:59:00Z", "UTC");
    w.write("job", "schedule: {cron: '0 * * * *'}\n");
    w.write("gone", "schedule: {cron: '0 * * * *'}\n");
    w.boot();
    w.write("job", "schedule: {every: 30m}\n");
    w.remove("gone");
    BOOST_TEST(w.get(w.machine().reload(false)).has_value());
    w.pass(29min);
    BOOST_TEST(w.runs().empty());
    w.pass(2min);
    BOOST_TEST(w.runs().size() == 1u);
    BOOST_TEST(w.runs()[0].job == "job");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
