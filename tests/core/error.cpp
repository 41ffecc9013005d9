#include "core/error.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <sstream>

using namespace ulak;

BOOST_AUTO_TEST_SUITE(error_)

BOOST_AUTO_TEST_CASE(every_code_has_a_name_of_its_own)
{
    std::set<std::string_view> seen;
    for (int code = 0; code <= static_cast<int>(errc::ambiguous); ++code) {
        const auto text = name(static_cast<errc>(code));
        BOOST_TEST(text != "unknown", "code " << code);
        BOOST_TEST(seen.insert(text).second, text << " is used twice");
    }
}

BOOST_AUTO_TEST_CASE(every_reach_has_a_name)
{
    BOOST_TEST(name(reach::not_sent) == "not_sent");
    BOOST_TEST(name(reach::maybe_sent) == "maybe_sent");
    BOOST_TEST(name(reach::answered) == "answered");
}

BOOST_AUTO_TEST_CASE(each_code_is_retried_soon_after_a_wait_or_never)
{
    using enum errc;
    const std::set<errc> soon{resolve_failed, connect_failed, connection_lost, timed_out};
    const std::set<errc> after_wait{rate_limited, denied_now, transient, unavailable};
    for (int code = 0; code <= static_cast<int>(ambiguous); ++code) {
        const auto e = static_cast<errc>(code);
        const auto wanted = soon.contains(e)         ? retry_advice::soon
                            : after_wait.contains(e) ? retry_advice::after_wait
                                                     : retry_advice::never;
        BOOST_TEST((retry_class(e) == wanted), name(e));
    }
}

BOOST_AUTO_TEST_CASE(what_may_have_cost_money_or_was_stopped_is_never_retried)
{
    for (const auto code : {errc::ambiguous, errc::cancelled, errc::balance, errc::budget, errc::auth, errc::duplicate,
                            errc::tls_failed, errc::contract})
        BOOST_TEST((retry_class(code) == retry_advice::never), name(code));
}

BOOST_AUTO_TEST_CASE(an_error_prints_its_code_its_reach_and_its_message)
{
    std::ostringstream out;
    out << error(errc::timed_out, "no answer in 30s", reach::maybe_sent);
    BOOST_TEST(out.str() == "timed_out (maybe_sent): no answer in 30s");
}

BOOST_AUTO_TEST_CASE(taking_the_value_of_a_failure_throws_what_it_was)
{
    const result<int> failed = error(errc::balance, "no money");
    const auto says_so = [](const std::runtime_error& e) { return e.what() == std::string("balance: no money"); };
    BOOST_CHECK_EXCEPTION(failed.value(), std::runtime_error, says_so);
}

BOOST_AUTO_TEST_CASE(errors_differ_by_code_reach_and_message)
{
    const error a(errc::timed_out, "x");
    BOOST_TEST(a == error(errc::timed_out, "x"));
    BOOST_TEST(!(a == error(errc::cancelled, "x")));
    BOOST_TEST(!(a == error(errc::timed_out, "x", reach::maybe_sent)));
    BOOST_TEST(!(a == error(errc::timed_out, "y")));
}

BOOST_AUTO_TEST_CASE(a_new_error_says_nothing_of_an_answer)
{
    const error e(errc::no_stock, "none");
    BOOST_TEST((e.how_far == reach::not_sent));
    BOOST_TEST(e.http_status == 0);
    BOOST_TEST(e.provider_code.empty());
    BOOST_TEST(!e.retry_after.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
