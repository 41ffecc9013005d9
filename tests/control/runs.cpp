#include "control/control_world.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(runs_)

using ledger::run_state;

namespace {

struct run_world : control_world {
    run_world()
    {
        write("job", "params:\n  name: {type: string, default: Ada}\nconcurrency: 2\n");
        boot();
        open();
    }
    std::string id_in(const http::reply& r) { return text_at(object_in(r), "id"); }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_run_that_ends_within_the_wait_is_created_and_one_under_way_is_accepted)
{
    run_world w;
    const auto done = w.post("/v1/jobs/job/runs", {}, {{"wait", "30s"}});
    BOOST_TEST(done.status == 201);
    BOOST_TEST(text_at(object_in(done), "state") == "succeeded");
    BOOST_TEST(done.headers.back().first == "Location");
    BOOST_TEST(done.headers.back().second == "/v1/runs/" + w.id_in(done));
    *w.run_script = linger;
    const auto under_way = w.post("/v1/jobs/job/runs");
    BOOST_TEST(under_way.status == 202);
    BOOST_TEST(text_at(object_in(under_way), "state") == "running");
}

BOOST_AUTO_TEST_CASE(parameters_reach_the_run)
{
    run_world w;
    const auto reply = w.post("/v1/jobs/job/runs", R"({"params":{"name":"Grace"}})");
    BOOST_TEST(text_at(object_in(reply).at("params").as_object(), "name") == "Grace");
}

BOOST_AUTO_TEST_CASE(a_bad_start_begins_nothing)
{
    run_world w;
    struct bad {
        const char* body;
        http::header_list query;
        const char* code;
    };
    const bad table[] = {{"{", {}, "invalid_argument"},
                         {R"({"params":[]})", {}, "invalid_argument"},
                         {R"({"param":{}})", {}, "invalid_argument"},
                         {R"({"params":{"nobody":1}})", {}, "invalid_argument"},
                         {"", {{"wait", "soon"}}, "invalid_argument"}};
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.body)
        {
            const auto refused = w.post("/v1/jobs/job/runs", row.body, row.query);
            BOOST_TEST(refused.status == 400);
            BOOST_TEST(code_in(refused) == row.code);
        }
    w.key = std::string(256, 'k');
    BOOST_TEST(code_in(w.post("/v1/jobs/job/runs")) == "invalid_argument");
    w.key.clear();
    BOOST_TEST(code_in(w.post("/v1/jobs/none/runs")) == "not_found");
    BOOST_TEST(w.runs().empty());
}

BOOST_AUTO_TEST_CASE(a_key_begins_one_run_however_often_it_comes)
{
    run_world w;
    w.key = "once";
    const auto first = w.id_in(w.post("/v1/jobs/job/runs"));
    BOOST_TEST(w.id_in(w.post("/v1/jobs/job/runs")) == first);
    const auto other = w.post("/v1/jobs/job/runs", R"({"params":{"name":"Grace"}})");
    BOOST_TEST(other.status == 409);
    BOOST_TEST(code_in(other) == "conflict");
    BOOST_TEST(w.runs().size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_empty_or_doubled_key_is_a_slip_and_begins_nothing)
{
    run_world w;
    const auto refused = [&w](std::initializer_list<const char*> keys) {
        auto asked = w.request("POST", "/v1/jobs/job/runs");
        for (const char* key : keys)
            asked.headers.emplace_back("idempotency-KEY", key);
        const auto reply = w.get(w.dispatch->answer(asked));
        BOOST_TEST(reply.status == 400);
        return detail_in(reply);
    };
    BOOST_TEST(refused({""}).find("empty") != std::string::npos);
    BOOST_TEST(refused({"  "}).find("empty") != std::string::npos);
    BOOST_TEST(refused({"a", "b"}).find("twice") != std::string::npos);
    BOOST_TEST(refused({"a", "a"}).find("twice") != std::string::npos);
    BOOST_TEST(refused({"a", ""}).find("twice") != std::string::npos);
    BOOST_TEST(w.runs().empty());
}

BOOST_AUTO_TEST_CASE(a_key_whose_run_is_purged_is_answered_with_gone)
{
    run_world w;
    w.key = "once";
    const auto first = w.id_in(w.post("/v1/jobs/job/runs"));
    w.pass(92 * 24h);
    BOOST_TEST_REQUIRE(w.runs().empty());
    const auto again = w.post("/v1/jobs/job/runs");
    BOOST_TEST(again.status == 410);
    BOOST_TEST(code_in(again) == "gone");
    BOOST_TEST(detail_in(again).find(first) != std::string::npos);
    BOOST_TEST(w.runs().empty());
}

BOOST_AUTO_TEST_CASE(runs_come_newest_first_in_pages)
{
    run_world w;
    std::vector<std::string> ids;
    for (int n = 0; n < 5; ++n) {
        ids.insert(ids.begin(), w.id_in(w.post("/v1/jobs/job/runs")));
        w.pass(1s);
    }
    std::vector<std::string> seen;
    std::string before;
    while (true) {
        const auto page = object_in(w.read("/v1/runs", {{"limit", "2"}, {"before", before}})).at("runs").as_array();
        for (const auto& r : page)
            seen.push_back(text_at(r.as_object(), "id"));
        if (page.size() < 2)
            break;
        before = seen.back();
    }
    BOOST_TEST(seen == ids, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(runs_are_chosen_by_job_and_state)
{
    run_world w;
    w.post("/v1/jobs/job/runs");
    *w.run_script = linger;
    const auto running = w.id_in(w.post("/v1/jobs/job/runs"));
    const auto found = object_in(w.read("/v1/runs", {{"state", "running,queued"}})).at("runs").as_array();
    BOOST_TEST_REQUIRE(found.size() == 1u);
    BOOST_TEST(text_at(found[0].as_object(), "id") == running);
    BOOST_TEST(object_in(w.read("/v1/runs", {{"job", "job"}})).at("runs").as_array().size() == 2u);
    BOOST_TEST(object_in(w.read("/v1/runs", {{"job", "other"}})).at("runs").as_array().empty());
    const http::header_list bad[] = {{{"state", "sleeping"}}, {{"limit", "0"}}, {{"limit", "1001"}}, {{"limit", "x"}}};
    for (const auto& query : bad)
        BOOST_TEST(code_in(w.read("/v1/runs", query)) == "invalid_argument", query[0].second);
}

BOOST_AUTO_TEST_CASE(one_run_is_shown_and_an_unknown_one_is_not_found)
{
    run_world w;
    const auto id = w.id_in(w.post("/v1/jobs/job/runs"));
    BOOST_TEST(text_at(object_in(w.read("/v1/runs/" + id)), "state") == "succeeded");
    BOOST_TEST(w.read("/v1/runs/none").status == 404);
    BOOST_TEST(code_in(w.read("/v1/runs/" + id, {{"wait", "x"}})) == "invalid_argument");
}

BOOST_AUTO_TEST_CASE(a_cancel_is_accepted_and_final_when_the_run_has_ended_within_the_wait)
{
    run_world w;
    *w.run_script = linger;
    const auto id = w.id_in(w.post("/v1/jobs/job/runs"));
    const auto asked = w.post("/v1/runs/" + id + "/cancel", {}, {{"wait", "10s"}});
    BOOST_TEST(asked.status == 200);
    BOOST_TEST(text_at(object_in(asked), "state") == "cancelled");
    const auto again = w.post("/v1/runs/" + id + "/cancel");
    BOOST_TEST(again.status == 409);
    BOOST_TEST(w.post("/v1/runs/none/cancel").status == 404);
    BOOST_TEST(code_in(w.post("/v1/runs/" + id + "/cancel", {}, {{"wait", "x"}})) == "invalid_argument");
}

BOOST_AUTO_TEST_CASE(secrets_of_a_result_are_for_those_who_may_operate)
{
    run_world w;
    *w.run_script = [](kinds::run_context& c) -> task<kinds::ending> {
        ledger::update_run state(c.run().id);
        state.result = R"({"code":"123456","number":"+905551112233","price":"4.00"})";
        co_await c.save(std::move(state));
        co_return kinds::ending(run_state::succeeded);
    };
    const auto id = w.id_in(w.post("/v1/jobs/job/runs"));
    BOOST_TEST(text_at(object_in(w.read("/v1/runs/" + id)).at("result").as_object(), "code") == "123456");
    w.listener = control::view_listener;
    const auto masked = object_in(w.read("/v1/runs/" + id)).at("result").as_object();
    BOOST_TEST(text_at(masked, "code") == "***");
    BOOST_TEST(text_at(masked, "number") == "+90***2233");
    BOOST_TEST(text_at(masked, "price") == "4.00");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
