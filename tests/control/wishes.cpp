// A wish that is not understood is refused and changes nothing; an answer is UTF-8 whatever was asked.
#include "control/control_world.hpp"

#include "core/utf8.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(wishes_)

namespace {

struct wishes_world : control_world {
    wishes_world()
    {
        write("job");
        reload = [this](bool dry) -> task<result<std::vector<engine::file_change>>> {
            (dry ? dry_reloads : real_reloads)++;
            co_return std::vector<engine::file_change>();
        };
        boot();
        open();
    }
    int dry_reloads = 0, real_reloads = 0;
};

} // namespace

BOOST_AUTO_TEST_CASE(a_query_key_that_no_route_knows_is_named)
{
    wishes_world w;
    const struct {
        const char* path;
        http::header_list query;
        const char* named;
    } table[] = {{"/v1/runs", {{"stat", "failed"}}, "`stat`; known: job, state, limit, before"},
                 {"/v1/status", {{"x", "1"}}, "`x`; this path takes none"},
                 {"/v1/runs", {{"limit", "1"}, {"limit", "2"}}, "limit: the query key stands twice"},
                 {"/v1/runs", {{"before", "abc"}}, "before: a run's id is needed"},
                 {"/v1/events", {{"follow", "maybe"}}, "follow: 1 or 0 is needed"},
                 {"/v1/attention", {{"all", "maybe"}}, "all: 1 or 0 is needed"}};
    for (const auto& row : table) {
        const auto got = w.read(row.path, row.query);
        BOOST_TEST(got.status == 400, row.path);
        BOOST_TEST(got.body.find(row.named) != std::string::npos, got.body);
    }
    BOOST_TEST(w.read("/v1/attention", {{"all", "yes"}}).status == 200);
}

BOOST_AUTO_TEST_CASE(a_dry_run_in_any_spelling_is_dry)
{
    wishes_world w;
    for (const char* yes : {"1", "true", "yes", "YES", "on"})
        BOOST_TEST(w.post("/v1/reload", {}, {{"dry_run", yes}}).status == 200, yes);
    BOOST_TEST(w.dry_reloads == 5);
    for (const char* odd : {"2", "dry", "ja", "y e s"})
        BOOST_TEST(w.post("/v1/reload", {}, {{"dry_run", odd}}).status == 400, odd);
    BOOST_TEST(w.real_reloads == 0);
    BOOST_TEST(w.post("/v1/reload", {}, {{"dry_run", "0"}}).status == 200);
    BOOST_TEST(w.post("/v1/reload").status == 200);
    BOOST_TEST(w.real_reloads == 2);
}

BOOST_AUTO_TEST_CASE(values_of_another_type_change_nothing)
{
    wishes_world w;
    for (const char* body : {R"({"phone":"5551112233","reason":5})", R"({"phone":"5551112233","phones":"5551112244"})",
                             R"({"phone":"5551112233","reason":null})"})
        BOOST_TEST(w.post("/v1/suppressions", body).status == 400, body);
    BOOST_TEST(w.read("/v1/suppressions").body == "{\"suppressions\":[],\"next\":null}\n");
    BOOST_TEST(w.post("/v1/jobs/job/plan", R"({"params":[1]})").status == 400);
}

BOOST_AUTO_TEST_CASE(an_answer_is_utf8_whatever_was_asked)
{
    wishes_world w;
    for (const char* path : {"/v1/jobs/\xff", "/v1/\xfd\x80", "/v1/runs/\xc3"})
        BOOST_TEST(decode_utf8(w.read(path).body).has_value());
    const auto got = w.read("/v1/runs", {{"\xff", "1"}});
    BOOST_TEST(got.status == 400);
    BOOST_TEST(decode_utf8(got.body).has_value());
}

BOOST_AUTO_TEST_CASE(a_file_of_another_encoding_breaks_no_list)
{
    control_world w;
    w.write("broken", "version: 1\nkind: test.fake\ndescription: \"\xfd\"\n");
    w.boot();
    w.open();
    const auto got = w.read("/v1/jobs");
    BOOST_TEST(got.body.find("UTF-8") != std::string::npos);
    BOOST_TEST(decode_utf8(got.body).has_value());
}

BOOST_AUTO_TEST_CASE(a_packed_body_is_refused)
{
    wishes_world w;
    auto r = w.request("POST", "/v1/reload");
    r.headers.emplace_back("Content-Encoding", "gzip");
    BOOST_TEST(w.get(w.dispatch->answer(r)).status == 415);
    BOOST_TEST(w.real_reloads == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
