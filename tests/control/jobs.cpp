#include "control/control_world.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(jobs_)

namespace {

struct job_world : control_world {
    job_world()
    {
        write("calm", "description: A quiet one.\nparams:\n  to: {type: phone, default: \"5551112233\"}\n");
        write("timed", "schedule: {every: 1h}\n");
        write("broken", "nonsense: 1\n");
        boot();
        open();
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(all_jobs_are_listed_by_name_broken_ones_with_their_problems)
{
    job_world w;
    const auto reply = w.read("/v1/jobs");
    BOOST_TEST(reply.status == 200);
    const auto jobs = object_in(reply).at("jobs").as_array();
    BOOST_TEST_REQUIRE(jobs.size() == 3u);
    const auto& broken = jobs[0].as_object();
    BOOST_TEST(text_at(broken, "name") == "broken");
    BOOST_TEST(broken.at("broken").as_bool());
    BOOST_TEST(!broken.at("problems").as_array().empty());
    BOOST_TEST(text_at(jobs[1].as_object(), "name") == "calm");
    BOOST_TEST(!jobs[1].as_object().at("broken").as_bool());
    BOOST_TEST(jobs[2].as_object().at("next").is_string());
}

BOOST_AUTO_TEST_CASE(one_job_has_every_key_with_null_where_there_is_nothing)
{
    job_world w;
    const auto job = object_in(w.read("/v1/jobs/calm"));
    BOOST_TEST(text_at(job, "kind") == "test.fake");
    BOOST_TEST(text_at(job, "description") == "A quiet one.");
    BOOST_TEST(job.at("enabled").as_bool());
    for (const char* key : {"schedule", "next", "last_run"})
        BOOST_TEST(job.at(key).is_null(), key);
    BOOST_TEST(job.at("running").to_number<int>() == 0);
}

BOOST_AUTO_TEST_CASE(who_may_only_look_sees_no_numbers_of_a_job)
{
    job_world w;
    BOOST_TEST(w.read("/v1/jobs/calm").body.find("5551112233") != std::string::npos);
    w.listener = control::view_listener;
    BOOST_TEST(w.read("/v1/jobs/calm").body.find("5551112233") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_unknown_job_is_not_found_whatever_is_asked)
{
    job_world w;
    BOOST_TEST(w.read("/v1/jobs/none").status == 404);
    BOOST_TEST(code_in(w.read("/v1/jobs/none")) == "not_found");
    for (const char* verb : {"pause", "resume", "plan"})
        BOOST_TEST(w.post(std::string("/v1/jobs/none/") + verb).status == 404, verb);
}

BOOST_AUTO_TEST_CASE(pause_and_resume_answer_with_the_job_as_it_is_then)
{
    job_world w;
    const auto paused = object_in(w.post("/v1/jobs/timed/pause"));
    BOOST_TEST(paused.at("paused").as_bool());
    BOOST_TEST(paused.at("next").is_null());
    BOOST_TEST(w.post("/v1/jobs/timed/runs").status == 409);
    const auto resumed = object_in(w.post("/v1/jobs/timed/resume"));
    BOOST_TEST(!resumed.at("paused").as_bool());
    BOOST_TEST(resumed.at("next").is_string());
}

BOOST_AUTO_TEST_CASE(a_pause_that_the_disk_refuses_changes_nothing)
{
    job_world w;
    w.now().store.refuses = true;
    BOOST_TEST(code_in(w.post("/v1/jobs/timed/pause")) == "unavailable");
    w.now().store.refuses = false;
    BOOST_TEST(!object_in(w.read("/v1/jobs/timed")).at("paused").as_bool());
}

BOOST_AUTO_TEST_CASE(a_plan_takes_parameters_and_begins_nothing)
{
    job_world w;
    const auto plan = object_in(w.post("/v1/jobs/calm/plan", R"({"params":{"to":"5554445566"}})"));
    BOOST_TEST(text_at(plan, "job") == "calm");
    BOOST_TEST(text_at(plan, "param.to").find("5554445566") != std::string::npos);
    BOOST_TEST(w.runs().empty());
}

BOOST_AUTO_TEST_CASE(a_plan_with_a_bad_body_is_refused)
{
    job_world w;
    for (const char* body :
         {"[]", "{", R"({"parameters":{}})", R"({"params":{"from":"x"}})", R"({"params":{"to":"x"}})"})
        BOOST_TEST_CONTEXT(body)
        {
            const auto refused = w.post("/v1/jobs/calm/plan", body);
            BOOST_TEST(refused.status == 400);
            BOOST_TEST(code_in(refused) == "invalid_argument");
        }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
