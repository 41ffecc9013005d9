#include "ulakctl/exit_codes.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::ctl::testing {

BOOST_AUTO_TEST_SUITE(exit_codes_)

BOOST_AUTO_TEST_CASE(a_run_that_is_over_has_the_code_of_its_state)
{
    const auto run = [](const char* state, const char* code) {
        boost::json::object o{{"state", state}, {"error", nullptr}};
        if (code)
            o["error"] = boost::json::object{{"code", code}};
        return run_exit_code(o);
    };
    BOOST_TEST(run("succeeded", nullptr) == 0);
    BOOST_TEST(run("failed", nullptr) == 1);
    BOOST_TEST(run("failed", "no_stock") == 1);
    BOOST_TEST(run("cancelled", nullptr) == 1);
    BOOST_TEST(run("attention", "ambiguous") == 6);
    for (const char* policy : {"budget", "window", "paused"})
        BOOST_TEST(run("failed", policy) == 5, policy);
    BOOST_TEST(run_exit_code({}) == 1);
}

BOOST_AUTO_TEST_CASE(a_request_that_failed_has_the_code_of_its_error)
{
    const auto code = [](errc e, int status, const char* word) {
        error failed(e, "x");
        failed.http_status = status;
        failed.provider_code = word;
        return error_exit_code(failed);
    };
    BOOST_TEST(code(errc::connect_failed, 0, "") == 3);
    BOOST_TEST(code(errc::timed_out, 0, "") == 7);
    BOOST_TEST(code(errc::conflict, 409, "budget") == 5);
    BOOST_TEST(code(errc::conflict, 400, "validation") == 2);
    BOOST_TEST(code(errc::conflict, 404, "not_found") == 2);
    BOOST_TEST(code(errc::forbidden, 0, "") == 5, "rights");
    BOOST_TEST(code(errc::conflict, 403, "forbidden") == 5);
    BOOST_TEST(code(errc::connection_lost, 0, "") == 1);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
