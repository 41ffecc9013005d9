// Runs that begin as planned, or not at all, and those that need two people.
#include "engine/world.hpp"

#include <string>

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(plans_)

namespace {

struct plan_world : world {
    std::string digest(const std::string& by = {}, const char* name = "Ada")
    {
        auto plan = get(engine().plan("hello", boost::json::object{{"name", name}}, by));
        BOOST_TEST_REQUIRE(plan.has_value());
        return std::string(plan->at("digest").as_string());
    }
    /// The run's id, or why there is none.
    std::string start(const std::string& plan, const std::string& by = {}, const char* name = "Ada")
    {
        ulak::engine::start_request r;
        r.job = "hello";
        r.params = boost::json::object{{"name", name}};
        r.plan = plan;
        r.by = by;
        auto begun = get(engine().start_run(std::move(r)));
        if (begun)
            return begun->id.text();
        return begun.error().provider_code.empty() ? std::string(ulak::name(begun.error().code))
                                                   : begun.error().provider_code;
    }
    void write_job(const std::string& more = {}) { write("hello", more + "params:\n  name: {type: string}\n"); }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_run_begins_as_it_was_planned_or_not_at_all)
{
    plan_world w;
    w.write_job();
    w.boot();
    const auto planned = w.digest();
    BOOST_TEST(w.start(planned, {}, "Eve") == "plan_changed");
    BOOST_TEST(w.start("0123") == "plan_changed");
    BOOST_TEST(w.runs().empty());
    std::string progress;
    *w.run_script = [&progress](kinds::run_context& c) -> task<kinds::ending> {
        progress = c.run().progress;
        co_return kinds::ending(ledger::run_state::succeeded);
    };
    const run_id id(w.start(planned));
    w.pass(1s);
    BOOST_TEST((w.run(id).state == ledger::run_state::succeeded));
    BOOST_TEST(progress == R"({"planned":true})");
}

BOOST_AUTO_TEST_CASE(one_person_plans_and_another_starts)
{
    plan_world w;
    w.write_job("two_people: true\n");
    w.boot();
    const auto planned = w.digest("uid:1000");
    BOOST_TEST(w.start({}, "uid:1001") == "not_approved");
    BOOST_TEST(w.start(planned, "uid:1000") == "not_approved");
    BOOST_TEST(w.start(planned, {}) == "not_approved");
    BOOST_TEST(w.start(w.digest("uid:1001", "Eve"), "uid:1001", "Eve") == "not_approved");
    BOOST_TEST(w.runs().empty());
    w.crash(); // what was planned is remembered
    w.boot();
    BOOST_TEST(w.start("0123", "uid:1001") == "not_approved");
    BOOST_TEST(w.start(planned, "uid:1001").size() == 26u);
}

BOOST_AUTO_TEST_CASE(both_may_look_and_an_old_plan_is_forgotten)
{
    plan_world w;
    w.write_job("two_people: true\n");
    w.boot();
    const auto planned = w.digest("uid:1000");
    BOOST_TEST(w.digest("uid:1001") == planned);
    BOOST_TEST(w.start(planned, "uid:1000").size() == 26u); // the other one has seen it, too
    w.pass(1s);
    const auto later = w.digest("uid:1000", "Ada 0");
    for (int i = 1; i <= 8; ++i)
        w.digest("uid:1000", ("Ada " + std::to_string(i)).c_str());
    BOOST_TEST(w.start(later, "uid:1001", "Ada 0") == "not_approved");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
