#include "ulakctl/list_pages.hpp"

#include "ctl/cli_fixture.hpp"

namespace ulak::ctl::testing {

BOOST_FIXTURE_TEST_SUITE(list_pages_, cli_fixture)

BOOST_AUTO_TEST_CASE(a_list_is_read_to_its_end)
{
    daemon->on("GET /v1/suppressions",
               R"({"suppressions":[{"phone":"5551112231","at":null,"reason":null}],"next":"5551112231"})");
    daemon->on("GET /v1/suppressions?after=5551112231",
               R"({"suppressions":[{"phone":"5551112232","at":null,"reason":null}],"next":null})");
    const auto shown = run({"suppress", "list"}).out;
    BOOST_TEST(contains(shown, "5551112231"));
    BOOST_TEST(contains(shown, "5551112232"));
    const auto as_json = run({"suppress", "list", "-o", "json"}).out;
    BOOST_TEST(contains(as_json, "5551112231"));
    BOOST_TEST(contains(as_json, "5551112232"));
}

BOOST_AUTO_TEST_CASE(a_query_is_kept_from_page_to_page)
{
    daemon->on("GET /v1/attention?all=1", R"({"attention":[],"next":null})");
    daemon->on("GET /v1/spend?by=job",
               R"({"spend":[{"job":"a b","spent":null,"open":null,"effects":1}],"next":"a b TRY"})");
    daemon->on("GET /v1/spend?by=job&after=a%20b%20TRY", R"({"spend":[],"next":null})");
    BOOST_TEST(run({"spend"}).code == 0);
}

BOOST_AUTO_TEST_CASE(a_busy_daemon_is_asked_again_after_a_pause)
{
    daemon->refuse("GET /v1/jobs", 503, "busy", "too many connections");
    daemon->on("GET /v1/jobs", R"({"jobs":[],"next":null})");
    BOOST_TEST(run({"jobs"}).code == 0);
    BOOST_TEST(daemon->pauses == 1);
}

BOOST_AUTO_TEST_CASE(another_refusal_is_told_at_once)
{
    daemon->refuse("GET /v1/jobs", 503, "unavailable", "the daemon is stopping");
    BOOST_TEST(run({"jobs"}).code != 0);
    BOOST_TEST(daemon->pauses == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
