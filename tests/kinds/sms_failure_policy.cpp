#include "kinds/sms_send/failure_policy.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(sms_failure_policy_)

namespace {

using namespace ulak;
using namespace ulak::kinds::sms;
using namespace std::chrono_literals;

/// "go on", "pause N" in seconds, or "stop CODE REASON".
std::string text_of(const next_step& s)
{
    if (s.stop_reason)
        return "stop " + std::string(name(s.stop_reason->code)) + " " + s.item_reason;
    return s.pause ? "pause " + std::to_string(s.pause->count() / 1000) : "go on";
}

/// p: refused for its recipients, a: accepted, ?: ambiguous, r: refused, n: not sent, l: rate limited, b: no balance
/// left.
std::vector<std::string> steps(const std::string& answers)
{
    failure_policy policy;
    std::vector<std::string> all;
    for (const char answer : answers) {
        if (answer == 'a') {
            policy.accepted();
            continue;
        }
        const next_step s = answer == '?'   ? policy.after_ambiguous()
                            : answer == 'r' ? policy.after_rejection(error(errc::validation, "no"))
                            : answer == 'b' ? policy.after_rejection(error(errc::balance, "no credit"))
                            : answer == 'p' ? policy.after_refused_recipients(error(errc::validation, "bad number"))
                            : answer == 'l' ? policy.after_not_sent(error(errc::rate_limited, "slow down"))
                                            : policy.after_not_sent(error(errc::connect_failed, "refused"));
        all.push_back(text_of(s));
    }
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(failures_in_a_row_end_the_sending_and_a_success_forgives_them)
{
    struct sample {
        std::string answers;
        std::vector<std::string> steps;
    };
    const std::vector<sample> samples{
        {"???", {"go on", "go on", "stop ambiguous stopped"}},
        {"rrr", {"go on", "go on", "stop validation stopped"}},
        {"?r?", {"go on", "go on", "stop ambiguous stopped"}},
        {"rra?r?", {"go on", "go on", "go on", "go on", "stop ambiguous stopped"}},
        {"pppprpp", std::vector<std::string>(7, "go on")},
        {"b", {"stop balance balance"}},
        {"nnnnn", {"pause 1", "pause 2", "pause 4", "pause 8", "stop connect_failed connect_failed"}},
        {"nnannn", {"pause 1", "pause 2", "pause 1", "pause 2", "pause 4"}},
        {"nnr", {"pause 1", "pause 2", "stop validation stopped"}},
        {"llllllll", {"pause 30", "pause 30", "pause 30", "pause 30", "pause 30", "pause 30", "pause 30", "pause 30"}},
    };
    for (const sample& s : samples)
        BOOST_TEST_CONTEXT(s.answers) BOOST_TEST(steps(s.answers) == s.steps, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(only_refusals_that_every_call_would_meet_end_the_sending_at_once)
{
    for (int i = 0; i <= static_cast<int>(errc::ambiguous); ++i) {
        const auto code = static_cast<errc>(i);
        const bool every_call = code == errc::auth || code == errc::balance || code == errc::forbidden;
        failure_policy policy;
        BOOST_TEST(policy.after_rejection(error(code, "no")).stop_reason.has_value() == every_call, name(code));
    }
}

BOOST_AUTO_TEST_CASE(the_provider_says_how_long_a_rate_limit_lasts)
{
    failure_policy policy;
    error limited(errc::rate_limited, "slow down");
    limited.retry_after = 7s;
    BOOST_TEST((policy.after_not_sent(limited).pause == 7s));
}

BOOST_AUTO_TEST_CASE(a_refusal_without_a_reason_counts_as_well)
{
    failure_policy policy;
    policy.after_rejection(std::nullopt);
    policy.after_rejection(std::nullopt);
    const auto third = policy.after_rejection(std::nullopt);
    BOOST_TEST_REQUIRE(third.stop_reason.has_value());
    BOOST_TEST((third.stop_reason->code == errc::validation));
}

BOOST_AUTO_TEST_SUITE_END()
