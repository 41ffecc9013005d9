#include "ulakctl/daemon_client.hpp"

#include "ctl/cli_fixture.hpp"

namespace ulak::ctl::testing {

BOOST_FIXTURE_TEST_SUITE(daemon_client_, cli_fixture)

BOOST_AUTO_TEST_CASE(a_post_is_json_with_the_headers_of_its_caller)
{
    daemon->on("POST /v1/x", "{\"a\":1}");
    daemon_client client(daemon, "s");
    http::header_list headers{{"Idempotency-Key", "k"}};
    auto got = client.post("/v1/x", boost::json::object{{"n", 2}}, std::move(headers), std::chrono::seconds(3));
    BOOST_TEST(got->at("a").as_int64() == 1);
    BOOST_TEST(daemon->bodies.front() == "{\"n\":2}");
    BOOST_TEST(daemon->headers.front().at(0).first == "Idempotency-Key");
    BOOST_TEST(daemon->headers.front().at(1).second == "application/json");
    BOOST_TEST(daemon->timeouts.front().count() == 3000);
}

BOOST_AUTO_TEST_CASE(a_refusal_is_an_error_with_the_words_of_the_daemon)
{
    daemon->refuse("DELETE /v1/x", 409, "budget", "the budget of today is spent");
    auto got = daemon_client(daemon, "s").remove("/v1/x");
    BOOST_TEST(got.error().message == "the budget of today is spent");
    BOOST_TEST(got.error().provider_code == "budget");
    BOOST_TEST(got.error().http_status == 409);
}

BOOST_AUTO_TEST_CASE(a_refusal_without_words_still_says_its_status)
{
    daemon->on("GET /v1/x", "[]", 503);
    BOOST_TEST(daemon_client(daemon, "s").get("/v1/x").error().message == "the daemon answered with status 503");
}

BOOST_AUTO_TEST_CASE(what_is_no_json_comes_from_something_else)
{
    daemon->on("GET /v1/x", "<html>");
    auto got = daemon_client(daemon, "/run/other.sock").get("/v1/x");
    BOOST_TEST(name(got.error().code) == "contract");
    BOOST_TEST(contains(got.error().message, "is /run/other.sock the socket of ulakd?"));
}

BOOST_AUTO_TEST_CASE(a_stream_is_cut_into_lines_wherever_its_pieces_end)
{
    const std::string text = "{\"a\":1}\n\n{\"b\":2}\n{\"c\":3}\nrest";
    for (std::size_t size = 1; size <= text.size(); ++size)
        BOOST_TEST_CONTEXT(size)
        {
            daemon->pieces.clear();
            for (std::size_t at = 0; at < text.size(); at += size)
                daemon->pieces.push_back(text.substr(at, size));
            std::string lines;
            auto ended = daemon_client(daemon, "s").follow("/v1/events", [&](std::string_view line) {
                lines += "[" + std::string(line) + "]";
            });
            BOOST_TEST(!ended.has_error());
            BOOST_TEST(lines == "[{\"a\":1}][{\"b\":2}][{\"c\":3}]");
        }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
