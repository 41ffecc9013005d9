#include "ulakctl/run_commands.hpp"

#include "ctl/cli_fixture.hpp"

namespace ulak::ctl::testing {

BOOST_FIXTURE_TEST_SUITE(run_commands_, cli_fixture)

namespace {

const std::string running = R"({"id":"R1","job":"otp","state":"running","error":null,"result":null})";
const std::string succeeded = R"({"id":"R1","job":"otp","state":"succeeded","error":null,"result":{"code":"4711"}})";
const std::string failed =
    R"({"id":"R1","job":"otp","state":"failed","error":{"code":"no_stock","message":"no number"},"result":null})";

} // namespace

BOOST_AUTO_TEST_CASE(a_run_is_started_with_its_parameters_and_key)
{
    daemon->on("POST /v1/jobs/my%20job/runs", running);
    const auto got = run({"run", "my job", "-p", "a=1", "-p", "b=x=y", "--key", "once"});
    BOOST_TEST(got.code == exit_ok);
    BOOST_TEST(got.out == "started run R1; watch it with: ulakctl wait R1\n");
    BOOST_TEST(daemon->bodies.front() == R"({"params":{"a":"1","b":"x=y"}})");
    BOOST_TEST(daemon->headers.front().front().second == "once");
    BOOST_TEST(daemon->asked.size() == 1u);
}

BOOST_AUTO_TEST_CASE(quiet_and_json_print_only_the_value)
{
    daemon->on("POST /v1/jobs/otp/runs", running);
    BOOST_TEST(run({"run", "otp", "-q"}).out == "R1\n");
    BOOST_TEST(run({"run", "otp", "-o", "json"}).out == running + "\n");
}

BOOST_AUTO_TEST_CASE(a_slip_is_reported_before_anything_starts)
{
    for (const auto& words :
         {std::vector<std::string>{"run", "otp", "--wait=soon"},
          std::vector<std::string>{"run", "otp", "-p", "nothing"},
          std::vector<std::string>{"run", "otp", "-p", "a=1", "-p", "a=2"},
          std::vector<std::string>{"wait", "R1", "--for", "x"}, std::vector<std::string>{"cancel", "R1", "--wait=x"}}) {
        const auto got = run(words);
        BOOST_TEST(got.code == exit_usage);
        BOOST_TEST(got.err.starts_with("ulakctl: -"));
        BOOST_TEST(daemon->asked.empty());
    }
}

BOOST_AUTO_TEST_CASE(the_code_of_a_run_is_printed_alone_once_it_is_there)
{
    daemon->on("POST /v1/jobs/otp/runs", running);
    daemon->on("GET /v1/runs/R1?wait=30000ms", running);
    daemon->on("GET /v1/runs/R1?wait=30000ms", succeeded);
    const auto got = run({"run", "otp", "--wait", "-q"});
    BOOST_TEST(got.code == exit_ok);
    BOOST_TEST(got.out == "4711\n");
    BOOST_TEST(got.err == "");
    BOOST_TEST(daemon->asked.size() == 3u);
    BOOST_TEST(daemon->timeouts.at(1).count() == 130'000); // the daemon's wait, and time for its answer
}

BOOST_AUTO_TEST_CASE(a_script_never_takes_a_state_for_a_code)
{
    daemon->on("POST /v1/jobs/otp/runs", failed);
    const auto got = run({"run", "otp", "--wait", "-q"});
    BOOST_TEST(got.code == exit_run_failed);
    BOOST_TEST(got.out == "");
    BOOST_TEST(got.err == "ulakctl: run R1: failed: no number\n");
}

BOOST_AUTO_TEST_CASE(a_wait_that_is_over_says_that_the_run_goes_on)
{
    daemon->on("GET /v1/runs/R1", running);
    const auto got = run({"wait", "R1", "--for", "1ms", "-q"});
    BOOST_TEST((got.code == exit_wait_timeout || got.code == exit_usage));
    BOOST_TEST(got.out == "");
}

BOOST_AUTO_TEST_CASE(a_run_that_needs_attention_has_a_code_of_its_own)
{
    daemon->on("GET /v1/runs/R1", R"({"id":"R1","job":"sms","state":"attention","error":null})");
    BOOST_TEST(run({"wait", "R1"}).code == exit_attention);
}

BOOST_AUTO_TEST_CASE(runs_are_listed_with_error_or_result)
{
    daemon->on("GET /v1/runs?limit=20", "{\"runs\":[" + succeeded + "," + failed + "]}");
    const auto got = run({"runs"});
    BOOST_TEST(contains(got.out, "4711"));
    BOOST_TEST(contains(got.out, "no number"));
    BOOST_TEST(run({"runs", "-q"}).out == "R1\nR1\n");
    daemon->on("GET /v1/runs?limit=3&job=otp&state=running%2Cfailed", "{\"runs\":[]}");
    BOOST_TEST(run({"runs", "--job", "otp", "--state", "running,failed", "-n", "3"}).out == "no runs\n");
}

BOOST_AUTO_TEST_CASE(a_run_is_shown_with_its_recipients)
{
    daemon->on("GET /v1/runs/R1", succeeded);
    BOOST_TEST(run({"show", "R1", "-q"}).out == "4711\n");
    daemon->on(
        "GET /v1/runs/R1/items?limit=10000&state=failed",
        R"({"items":[{"position":1,"phone":"+90555","state":"failed","segments":2,"queue":null,"reason":"no"}]})");
    const auto got = run({"show", "R1", "--items", "--state", "failed"});
    BOOST_TEST(contains(got.out, "run R1  job otp  succeeded\n"));
    BOOST_TEST(contains(got.out, "+90555"));
}

BOOST_AUTO_TEST_CASE(recipients_come_as_csv_that_a_spreadsheet_may_open)
{
    daemon->on("GET /v1/runs/R1", succeeded);
    const std::string page = R"({"items":[
        {"position":0,"phone":"5551112233","state":"delivered","segments":1,"queue":"q1","reason":null,"detail":null},
        {"position":1,"phone":"=1+1","state":"skipped","segments":0,"queue":null,"reason":"invalid",
         "detail":"no \"number\", says it","line":3,"column":"gsm"}]})";
    daemon->on("GET /v1/runs/R1/items?limit=10000", page);
    const std::string wanted = "position,line,column,phone,state,reason,detail,queue,segments,text\n"
                               "0,,,5551112233,delivered,,,q1,1,\n"
                               "1,3,gsm,'=1+1,skipped,invalid,\"no \"\"number\"\", says it\",,0,\n";
    BOOST_TEST(run({"show", "R1", "--items", "-o", "csv"}).out == wanted);
    BOOST_TEST(run({"report", "R1", "-o", "csv"}).out == wanted);
    const auto no_rows = run({"runs", "-o", "csv"});
    BOOST_TEST(no_rows.code == exit_usage);
    BOOST_TEST(contains(no_rows.err, "-o csv is for"));
}

BOOST_AUTO_TEST_CASE(a_run_may_be_bound_to_its_plan)
{
    daemon->on("POST /v1/jobs/otp/runs", running);
    BOOST_TEST(run({"run", "otp", "--plan", "abc"}).code == exit_ok);
    BOOST_TEST(contains(daemon->bodies.back(), R"("plan":"abc")"));
}

BOOST_AUTO_TEST_CASE(cancelled_is_what_was_asked_for)
{
    daemon->on("POST /v1/runs/R1/cancel", running);
    BOOST_TEST(run({"cancel", "R1"}).out == "asked; what costs money is given back first\n");
    daemon->on("GET /v1/runs/R1?wait=30000ms", R"({"id":"R1","job":"otp","state":"cancelled","error":null})");
    BOOST_TEST(run({"cancel", "R1", "--wait"}).code == exit_ok);
}

BOOST_AUTO_TEST_CASE(a_code_is_bought_with_exactly_what_was_said)
{
    daemon->on("POST /v1/otp", succeeded);
    const auto got = run({"otp", "--account", "numbers", "--service", "3", "--max-price", "12 TRY", "--length", "6",
                          "--for", "2m", "--key", "k", "-q"});
    BOOST_TEST(got.out == "4711\n");
    BOOST_TEST(daemon->bodies.front() ==
               R"({"account":"numbers","service":"3","max_price":"12 TRY","wait":"2m","length":6})");
    BOOST_TEST(daemon->headers.front().front().first == "Idempotency-Key");
    run({"otp", "--account", "n", "--service", "1"});
    BOOST_TEST(daemon->bodies.back() == R"({"account":"n","service":"1"})");
}

BOOST_AUTO_TEST_CASE(policy_and_an_absent_daemon_have_their_codes)
{
    daemon->refuse("POST /v1/jobs/otp/runs", 409, "window", "outside the sending window");
    auto got = run({"run", "otp"});
    BOOST_TEST(got.code == exit_policy);
    BOOST_TEST(got.err == "ulakctl: outside the sending window\n");
    daemon->away = true;
    got = run({"run", "otp"});
    BOOST_TEST(got.code == exit_no_daemon);
    BOOST_TEST(contains(got.err, "no daemon answers at /run/test.sock"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
