#include "ulakctl/daemon_commands.hpp"

#include "ctl/cli_fixture.hpp"

namespace ulak::ctl::testing {

BOOST_FIXTURE_TEST_SUITE(daemon_commands_, cli_fixture)

namespace {

std::string status_with(const std::string& store, int attention)
{
    return R"({"version":"0.1.0","uptime":"3h","running":2,"jobs":{"total":4,"broken":1,"paused":0},"attention":)" +
           std::to_string(attention) + R"(,"accounts":[{"account":"bulk","provider":"toplusms","state":"ok",)" +
           R"("balance":"5000","unit":"credits","at":null}],"next":[],"store":)" + store + "}";
}

} // namespace

BOOST_AUTO_TEST_CASE(the_status_names_what_is_wrong_first)
{
    daemon->on("GET /v1/status", status_with(R"({"state":"held","reason":"it is a copy"})", 3));
    const auto got = run({"status"});
    BOOST_TEST(got.out.starts_with("the store is held: it is a copy\nulakd 0.1.0, up 3h, 4 jobs (1 broken, 0 paused), "
                                   "2 running\n3 need attention: ulakctl attention\n"));
    BOOST_TEST(contains(got.out, "5000 credits"));
}

BOOST_AUTO_TEST_CASE(a_sound_daemon_has_a_short_status)
{
    daemon->on("GET /v1/status", status_with(R"({"state":"ok"})", 0));
    const auto got = run({"status"});
    BOOST_TEST(got.out.starts_with("ulakd 0.1.0"));
    BOOST_TEST(got.out.find("attention") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(health_is_an_exit_code)
{
    daemon->on("GET /v1/health", "{}");
    BOOST_TEST(run({"health"}).out == "ok\n");
    BOOST_TEST(run({"health", "-q"}).out == "");
    daemon->away = true;
    BOOST_TEST(run({"health", "-q"}).code == exit_no_daemon);
}

BOOST_AUTO_TEST_CASE(a_rejected_file_makes_reload_fail)
{
    daemon->on("POST /v1/reload", R"({"files":[
        {"file":"a.yaml","result":"loaded","changed":["schedule","budget"],"problems":[]},
        {"file":"b.yaml","result":"loaded","added":true,"problems":[]}]})");
    auto got = run({"reload"});
    BOOST_TEST(got.code == exit_ok);
    BOOST_TEST(got.out == "loaded     a.yaml  changed: schedule, budget\nloaded     b.yaml  new\n");
    daemon->on("POST /v1/reload?dry_run=1", R"({"files":[{"file":"a.yaml","result":"rejected","problems":[]}]})");
    got = run({"reload", "--dry-run"});
    BOOST_TEST(got.code == exit_problems);
    BOOST_TEST(contains(got.out, "only looked: nothing is taken over\n"));
    BOOST_TEST(run({"reload", "--dry-run", "-o", "json"}).code == exit_problems);
}

BOOST_AUTO_TEST_CASE(a_clock_that_jumped_is_named_and_can_be_confirmed)
{
    auto status = status_with(R"({"state":"ok"})", 0);
    status.pop_back();
    daemon->on("GET /v1/status", status + R"(,"clock":{"state":"held","reason":"it is 5h ahead"}})");
    BOOST_TEST(run({"status"}).out.starts_with("it is 5h ahead\nulakd"));
    daemon->on("POST /v1/clock/confirm", R"({"confirmed":true,"time":"2026-03-02T06:00:00.000Z"})");
    BOOST_TEST(contains(run({"clock", "confirm"}).out, "trusted: it is 2026-03-02T06:00:00.000Z"));
    BOOST_TEST(run({"clock", "confirm", "-q"}).out == "");
    BOOST_TEST(run({"clock"}).code == exit_usage);
    BOOST_TEST(run({"clock", "set"}).code == exit_usage);
}

BOOST_AUTO_TEST_CASE(a_folder_is_adopted)
{
    daemon->on("POST /v1/adopt", "{}");
    BOOST_TEST(contains(run({"adopt"}).out, "this daemon's own from now on"));
    BOOST_TEST(run({"adopt", "-q"}).out == "");
    daemon->on("POST /v1/accounts/numbers/adopt", "{}");
    BOOST_TEST(contains(run({"adopt", "numbers"}).out, "account numbers is the wallet that it was"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
