#include "providers/detail/call_result.hpp"

#include "sample.hpp"

BOOST_AUTO_TEST_SUITE(call_result_)

using namespace ulak;
using namespace ulak::providers;
using tests::answer;
using tests::complete;
using tests::failed;

namespace {

retry_policy policy_in(breaker_state state = breaker_state::ready)
{
    retry_policy p;
    p.health = std::make_shared<account_health>();
    p.refuses_login = [](const http::response& r) { return r.body == "bad key"; };
    for (int i = 0; state == breaker_state::suspended && i < account_health::login_refusal_threshold; ++i)
        p.health->record(call_result::login_refused, "no", {}, {}, 1);
    return p;
}

std::string_view name_of(call_result r)
{
    switch (r) {
    case call_result::success: return "success";
    case call_result::failure: return "failure";
    case call_result::login_refused: return "login_refused";
    case call_result::neutral: return "neutral";
    }
    return "?";
}

std::string_view result_of(const http::exchange& e, const http::response_check* check = nullptr)
{
    return name_of(call_result_of(e, check, policy_in()));
}

} // namespace

BOOST_AUTO_TEST_CASE(answers_are_sorted_by_status_and_body)
{
    struct row {
        int status;
        const char *body, *wanted;
    };
    for (const auto& [status, body, wanted] :
         {row{200, "{}", "success"}, row{201, "", "success"}, row{302, "", "success"}, row{400, "", "success"},
          row{404, "", "success"}, row{429, "", "success"}, row{401, "", "login_refused"},
          row{403, "", "login_refused"}, row{200, "bad key", "login_refused"}, row{500, "bad key", "login_refused"},
          row{500, "", "failure"}, row{502, "", "failure"}, row{599, "", "failure"}})
        BOOST_TEST_CONTEXT(status << " " << body)
        {
            BOOST_TEST(result_of(complete(answer(body, status))) == wanted);
        }
}

BOOST_AUTO_TEST_CASE(failures_of_the_way_count_and_our_own_decisions_do_not)
{
    for (const errc code : {errc::resolve_failed, errc::connect_failed, errc::tls_failed, errc::connection_lost,
                            errc::malformed, errc::timed_out})
        BOOST_TEST(result_of(failed(code, http::phase::written)) == "failure", name(code));
    for (const errc code : {errc::cancelled, errc::unavailable, errc::budget, errc::paused, errc::auth,
                            errc::rate_limited, errc::transient})
        BOOST_TEST(result_of(failed(code, http::phase::connect)) == "neutral", name(code));
}

BOOST_AUTO_TEST_CASE(a_call_that_got_no_connection_in_time_says_nothing)
{
    http::exchange_trace waiting;
    waiting.closed_by = http::close_reason::timeout;
    waiting.reached = http::phase::resolve;
    BOOST_TEST(result_of(http::exchange(error(errc::timed_out, "no connection", reach::not_sent), waiting)) ==
               "neutral");
    auto started = waiting;
    started.started_at = async::steady_point(std::chrono::seconds(1));
    BOOST_TEST(result_of(http::exchange(error(errc::timed_out, "slow", reach::not_sent), started)) == "failure");
}

BOOST_AUTO_TEST_CASE(the_callers_own_reading_goes_before_the_policys)
{
    const http::response_check refuses = [](const http::response&) { return std::optional(errc::auth); };
    const http::response_check accepts = [](const http::response&) { return std::optional<errc>(); };
    BOOST_TEST(result_of(complete(answer("{}")), &refuses) == "login_refused");
    BOOST_TEST(result_of(complete(answer("bad key")), &accepts) == "success");
    BOOST_TEST(result_of(complete(answer("", 401)), &accepts) == "login_refused"); // the status says it anyway
}

BOOST_AUTO_TEST_CASE(the_check_reads_every_answer_once)
{
    int read = 0;
    const http::response_check count = [&](const http::response&) {
        ++read;
        return std::optional<errc>();
    };
    for (const int status : {200, 401, 429, 500})
        result_of(complete(answer("", status)), &count);
    BOOST_TEST(read == 4);
}

BOOST_AUTO_TEST_CASE(a_long_answer_is_not_read_for_the_login)
{
    auto policy = policy_in();
    policy.refuses_login = [](const http::response&) { return true; };
    BOOST_TEST(name_of(call_result_of(complete(answer(std::string(4096, 'x'))), nullptr, policy)) == "login_refused");
    BOOST_TEST(name_of(call_result_of(complete(answer(std::string(4097, 'x'))), nullptr, policy)) == "success");
    policy.refuses_login = {};
    BOOST_TEST(name_of(call_result_of(complete(answer("bad key")), nullptr, policy)) == "success");
}

BOOST_AUTO_TEST_CASE(asking_to_slow_down_does_not_end_a_suspension)
{
    const auto suspended = policy_in(breaker_state::suspended);
    BOOST_TEST(name(suspended.health->state()) == "suspended");
    BOOST_TEST(name_of(call_result_of(complete(answer("", 429)), nullptr, suspended)) == "neutral");
    BOOST_TEST(name_of(call_result_of(complete(answer("{}")), nullptr, suspended)) == "success");
}

BOOST_AUTO_TEST_CASE(reasons_are_short_and_for_people)
{
    BOOST_TEST(reason_of(complete(answer("", 502))) == "HTTP 502");
    BOOST_TEST(reason_of(failed(errc::connect_failed, http::phase::connect)) == "failed on purpose");
    const http::exchange ugly(error(errc::tls_failed, "bad \x1b[31m " + std::string(500, 'x')));
    BOOST_TEST(reason_of(ugly).size() <= 203u);
    BOOST_TEST(reason_of(ugly).find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
