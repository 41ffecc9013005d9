#include "http/local_client.hpp"

#include "http/loop.hpp"
#include "http/print.hpp"
#include "http/server.hpp"
#include "http/temporary.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {
namespace {

struct local_fixture : loop_fixture {
    temporary_folder folder;
    std::string path = folder / "ulak.sock";
    std::unique_ptr<server> daemon = make_server(ex, clock);

    void serve(handler h) { BOOST_REQUIRE(daemon->listen_unix("x", path, 0600, std::move(h), server_limits())); }

    exchange ask(request r) { return run(send_local(clock, path, std::move(r), in(10s))); }

    ~local_fixture() { run(daemon->stop(clock.now())); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(local_client_, local_fixture)

BOOST_AUTO_TEST_CASE(a_request_and_its_answer)
{
    serve([](const incoming_request& in) -> task<reply> {
        co_return reply(201, in.verb + in.path + std::string(in.header("host")) + in.body);
    });
    request r(method::post, "/v1/x", "x");
    r.body = "{}";
    auto x = ask(r);
    BOOST_TEST_REQUIRE(x.answer.has_value());
    BOOST_TEST(x.answer->status == 201);
    BOOST_TEST(x.answer->body == "POST/v1/xulak{}");
    BOOST_TEST(x.trace.framing_ok);
}

BOOST_AUTO_TEST_CASE(without_a_daemon_nothing_was_sent)
{
    auto x = ask(request(method::get, "/", "x"));
    BOOST_TEST_REQUIRE(x.answer.has_error());
    BOOST_TEST(x.answer.error().code == errc::connect_failed);
    BOOST_TEST(x.answer.error().how_far == reach::not_sent);
    BOOST_TEST(!x.trace.handed_to_tls);
    BOOST_TEST(x.answer.error().message.find(path) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_silent_daemon_is_left_at_the_deadline)
{
    serve([this](const incoming_request&) -> task<reply> {
        co_await clock.sleep_for(1h);
        co_return reply();
    });
    auto x = start(send_local(clock, path, request(method::get, "/", "x"), in(10s)));
    turn();
    pass(9s);
    BOOST_TEST(!x->ended());
    pass(2s);
    BOOST_TEST_REQUIRE(x->ended());
    BOOST_TEST(x->get().answer.error().code == errc::timed_out);
    BOOST_TEST(x->get().answer.error().how_far == reach::maybe_sent);
}

BOOST_AUTO_TEST_CASE(a_cancelled_request_says_so)
{
    serve([this](const incoming_request&) -> task<reply> {
        co_await clock.sleep_for(1h);
        co_return reply();
    });
    auto x = start(send_local(clock, path, request(method::get, "/", "x"), in(10s)));
    turn();
    x->cancel();
    until([&] { return x->ended(); });
    BOOST_TEST(x->get().answer.error().code == errc::cancelled);
}

BOOST_AUTO_TEST_CASE(a_stream_is_followed_until_it_ends)
{
    serve([](const incoming_request&) -> task<reply> {
        reply r;
        r.stream = [](body_writer& out) -> task<> {
            for (int i = 0; i < 100; ++i)
                co_await out.write("line " + std::to_string(i) + "\n");
        };
        co_return r;
    });
    std::string heard;
    auto listen = [&heard](std::string_view bytes) {
        heard += bytes;
        return true;
    };
    auto ended = run(follow_local(clock, path, request(method::get, "/", "x"), listen));
    BOOST_TEST(ended.has_value());
    BOOST_TEST(heard.starts_with("line 0\nline 1\n"));
    BOOST_TEST(heard.ends_with("line 99\n"));
}

BOOST_AUTO_TEST_CASE(following_ends_when_the_listener_has_enough_or_is_cancelled)
{
    serve([this](const incoming_request&) -> task<reply> {
        reply r;
        r.stream = [this](body_writer& out) -> task<> {
            bool going = true;
            while (going) {
                auto written = co_await out.write("tick\n");
                auto stopped = co_await clock.sleep_for(1s);
                going = written && !stopped;
            }
        };
        co_return r;
    });
    auto once = [](std::string_view) { return false; };
    BOOST_TEST(run(follow_local(clock, path, request(method::get, "/", "x"), once)).has_value());

    auto for_ever = [](std::string_view) { return true; };
    auto follower = start(follow_local(clock, path, request(method::get, "/", "x"), for_ever));
    turn();
    BOOST_TEST(!follower->ended());
    follower->cancel();
    until([&] { return follower->ended(); });
    BOOST_TEST(follower->get().error().code == errc::cancelled);
}

BOOST_AUTO_TEST_CASE(a_refusal_is_an_error_with_its_text)
{
    serve([](const incoming_request&) -> task<reply> { co_return reply(404, "{\"code\":\"not_found\"}"); });
    auto listen = [](std::string_view) { return true; };
    auto ended = run(follow_local(clock, path, request(method::get, "/", "x"), listen));
    BOOST_TEST_REQUIRE(ended.has_error());
    BOOST_TEST(ended.error().http_status == 404);
    BOOST_TEST(ended.error().message == "{\"code\":\"not_found\"}");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
