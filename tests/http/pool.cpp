#include "http/pool.hpp"

#include "http/client_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace ulak::http::testing {
BOOST_FIXTURE_TEST_SUITE(pool_, client_fixture)

BOOST_AUTO_TEST_CASE(a_request_stands_on_the_wire_as_agreed)
{
    serve_and_use(answer_all);
    request r(method::get, "/orders/7?x=%20", "test.order");
    r.headers.emplace_back("Authorization", "Bearer tok");
    auto x = ask(r);
    BOOST_TEST_REQUIRE(x.answer.has_value());
    BOOST_TEST(x.answer->status == 200);
    BOOST_TEST(x.answer->body == "{\"queueId\":17}");
    BOOST_TEST(x.answer->header("content-type") == "application/json");
    BOOST_TEST(provider->seen() ==
               "GET /api/v1/orders/7?x=%20 HTTP/1.1\r\nHost: api.provider.test:" + std::to_string(provider->port) +
                   "\r\nUser-Agent: ulakd/" ULAK_VERSION "\r\nAccept: application/json\r\nAccept-Encoding: identity\r\n"
                   "Authorization: Bearer tok\r\n\r\n");
    BOOST_TEST(x.trace.reached == phase::complete);
    BOOST_TEST(x.trace.handed_to_tls);
    BOOST_TEST(x.trace.framing_ok);
    BOOST_TEST(x.trace.leftover == 0u);
    BOOST_TEST(x.trace.closed_by == close_reason::none);
    BOOST_TEST(!x.trace.reused_connection);
}

BOOST_AUTO_TEST_CASE(a_body_and_an_empty_target_stand_on_the_wire_as_agreed)
{
    serve_and_use([](scripted_peer& peer, int) -> task<> {
        co_await peer.hear("x=1");
        co_await peer.say(good_answer);
    });
    request r(method::post, "", "panel.add");
    r.body = "x=1";
    BOOST_TEST(ask(r).answer.has_value());
    BOOST_TEST(provider->seen().starts_with("POST /api/v1 HTTP/1.1\r\n"));
    BOOST_TEST(provider->seen().ends_with("\r\nContent-Length: 3\r\n\r\nx=1"));
}

BOOST_AUTO_TEST_CASE(a_request_that_could_be_two_is_not_sent)
{
    serve_and_use(answer_all);
    auto with_header = [](std::string field, std::string value) {
        request r(method::get, "/x", "x");
        r.headers.emplace_back(std::move(field), std::move(value));
        return r;
    };
    const request bad[] = {
        request(method::get, "/a b", "x"),
        request(method::get, "/a\r\nX: y", "x"),
        request(method::get, std::string("/a\0b", 4), "x"),
        request(method::get, "a", "x"),
        request(method::get, "/a#b", "x"),
        request(method::get, "/\xc3\xb6", "x"),
        with_header("X", "a\r\nY: b"),
        with_header("X", std::string("a\0b", 3)),
        with_header("X:", "a"),
        with_header("", "a"),
        with_header("X Y", "a"),
        with_header("host", "evil.test"),
        with_header("Content-Length", "5"),
        with_header("Transfer-Encoding", "chunked"),
        with_header("Connection", "close"),
        with_header("Accept-Encoding", "gzip"),
    };
    for (const auto& r : bad) {
        auto x = ask(r);
        BOOST_TEST_REQUIRE(x.answer.has_error());
        BOOST_TEST(x.answer.error().code == errc::invalid_argument);
        BOOST_TEST(x.answer.error().how_far == reach::not_sent);
        BOOST_TEST(!x.trace.handed_to_tls);
    }
    BOOST_TEST(provider->connections() == 0);
}

BOOST_AUTO_TEST_CASE(reads_share_a_connection_and_a_purchase_has_its_own)
{
    serve_and_use(answer_all);
    BOOST_TEST(!ask(read()).trace.reused_connection);
    BOOST_TEST(ask(read()).trace.reused_connection);
    BOOST_TEST(provider->connections() == 1);
    auto bought = ask(purchase(), costly());
    BOOST_TEST(bought.answer.has_value());
    BOOST_TEST(!bought.trace.reused_connection);
    BOOST_TEST(provider->connections() == 2);
    BOOST_TEST(ask(read()).trace.reused_connection);
}

BOOST_AUTO_TEST_CASE(a_connection_that_ends_behind_its_answer_costs_nobody_an_answer)
{
    serve([](scripted_peer& peer, int) -> task<> {
        bool heard = co_await peer.hear("\r\n\r\n");
        if (heard)
            co_await peer.say(good_answer); // which promises that more may be asked
    });
    use(settings());
    for (int n = 0; n < 3; ++n) {
        auto x = ask(read()); // on the kept one it fails and is asked again
        BOOST_TEST(x.answer.has_value());
        BOOST_TEST(!x.trace.reused_connection);
        turn();
    }
    request asked_once(method::post, "/balance", "test.balance");
    auto x = ask(asked_once); // what could not be asked again never goes to a connection that was not looked at
    BOOST_TEST(x.answer.has_value());
    BOOST_TEST(provider->connections() == 4);
}

BOOST_AUTO_TEST_CASE(kept_connections_grow_old)
{
    serve_and_use(answer_all);
    ask(read());
    pass(31s);
    turn();
    BOOST_TEST(!ask(read()).trace.reused_connection);
    BOOST_TEST(provider->connections() == 2);
}

BOOST_AUTO_TEST_CASE(no_more_connections_than_allowed_and_the_first_to_wait_is_the_first_to_go)
{
    int open = 0, most = 0;
    serve([&](scripted_peer& peer, int) -> task<> {
        most = std::max(most, ++open);
        bool more = co_await peer.hear("\r\n\r\n");
        while (more) {
            co_await clock.sleep_for(1s);
            co_await peer.say(good_answer);
            more = co_await peer.hear("\r\n\r\n");
        }
        --open;
    });
    auto s = settings();
    s.max_connections = 2;
    use(std::move(s));
    std::vector<std::shared_ptr<started<exchange>>> all;
    for (int i = 0; i < 6; ++i)
        all.push_back(begin(read(), within(30s)));
    auto cancelled = begin(read(), within(30s));
    auto late = begin(read(), within(2s));
    turn();
    cancelled->cancel();
    for (int i = 0; i < 25; ++i) {
        turn();
        pass(1s);
    }
    for (auto& one : all) {
        BOOST_TEST_REQUIRE(one->ended());
        BOOST_TEST(one->get().answer.has_value());
    }
    BOOST_TEST(most == 2);
    BOOST_TEST(cancelled->get().answer.error().code == errc::cancelled);
    BOOST_TEST(cancelled->get().answer.error().how_far == reach::not_sent);
    BOOST_TEST(late->get().answer.error().code == errc::timed_out);
    BOOST_TEST(late->get().answer.error().how_far == reach::not_sent);
}

BOOST_AUTO_TEST_CASE(what_settles_a_purchase_does_not_wait_behind_polls)
{
    std::vector<std::string> order;
    serve([&](scripted_peer& peer, int) -> task<> {
        bool more = co_await peer.hear("\r\n\r\n");
        while (more) {
            order.push_back(peer.last.substr(0, peer.last.find(" HTTP")));
            co_await clock.sleep_for(1s);
            co_await peer.say(good_answer);
            more = co_await peer.hear("\r\n\r\n");
        }
    });
    auto s = settings();
    s.max_connections = 1;
    use(std::move(s));
    std::vector<std::shared_ptr<started<exchange>>> all;
    auto ask_for = [&](std::string what, bool settles) {
        auto o = within(30s);
        o.priority = settles;
        all.push_back(begin(request(method::get, "/" + what, "test.poll"), std::move(o)));
    };
    ask_for("first", false);
    turn();
    ask_for("poll", false);
    ask_for("other", false);
    ask_for("paid", true);
    const auto ended = [](const auto& one) { return one->ended(); };
    for (int i = 0; i < 25 && !std::ranges::all_of(all, ended); ++i) { // a busy machine needs more than one a second
        turn();
        pass(1s);
    }
    for (const auto& one : all)
        BOOST_TEST((one->ended() && one->get().answer.has_value()));
    const std::vector<std::string> expected{"GET /api/v1/first", "GET /api/v1/paid", "GET /api/v1/poll",
                                            "GET /api/v1/other"};
    BOOST_TEST(order == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(n27_a_read_on_a_dead_connection_is_asked_again_and_a_post_is_not)
{
    // Answers once, and dies at the second request without a word.
    serve_and_use([](scripted_peer& peer, int number) -> task<> {
        co_await peer.hear("\r\n\r\n");
        co_await peer.say(good_answer);
        co_await peer.hear("\r\n\r\n");
        if (number > 2)
            co_await peer.say(good_answer);
        else
            peer.wire.reset();
    });
    ask(read());
    auto again = ask(read());
    BOOST_TEST(again.answer.has_value());
    BOOST_TEST(!again.trace.reused_connection);
    BOOST_TEST(provider->connections() == 2);
    auto posted = ask(purchase());
    BOOST_TEST_REQUIRE(posted.answer.has_error());
    BOOST_TEST(posted.trace.reused_connection);
    BOOST_TEST(posted.answer.error().code == errc::connection_lost);
    BOOST_TEST(posted.answer.error().how_far == reach::maybe_sent);
    BOOST_TEST(provider->connections() == 2);
}

BOOST_AUTO_TEST_CASE(n16_n26_a_connection_with_unasked_words_is_not_used_again)
{
    for (bool at_once : {true, false}) {
        serve_and_use([at_once](scripted_peer& peer, int) -> task<> {
            co_await peer.hear("\r\n\r\n");
            if (at_once) {
                co_await peer.say(good_answer + "HTTP/1.1 200 OK\r\n");
            } else {
                co_await peer.say(good_answer);
                co_await peer.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
            co_await peer.hear("\r\n\r\n");
        });
        auto first = ask(read());
        BOOST_TEST(first.answer.has_value());
        if (at_once)
            BOOST_TEST(first.trace.leftover == 17u);
        turn();
        BOOST_TEST(!ask(read()).trace.reused_connection);
        BOOST_TEST(provider->connections() == 2);
        web.reset();
        turn();
    }
}

BOOST_AUTO_TEST_CASE(n16_a_purchase_counts_bytes_behind_the_answer_even_in_a_record_of_their_own)
{
    serve_and_use([](scripted_peer& peer, int) -> task<> {
        co_await peer.hear("}");
        co_await peer.say(good_answer + "<");
    });
    auto x = ask(purchase(), costly());
    BOOST_TEST(x.answer.has_value());
    BOOST_TEST(x.trace.leftover == 1u);
}

BOOST_AUTO_TEST_CASE(n01_a_dead_address_does_not_hide_a_living_one)
{
    serve(answer_all);
    names->known["api.provider.test"] = {"127.0.0.2", "127.0.0.1"}; // the server listens on the second only
    use(settings());
    BOOST_TEST(ask(read()).answer.has_value());
}

BOOST_AUTO_TEST_CASE(n01_a_closed_port_is_not_sent)
{
    serve(answer_all);
    auto s = settings();
    provider.reset();
    turn();
    use(std::move(s));
    auto x = ask(read());
    BOOST_TEST_REQUIRE(x.answer.has_error());
    BOOST_TEST(x.answer.error().code == errc::connect_failed);
    BOOST_TEST(x.answer.error().how_far == reach::not_sent);
    BOOST_TEST(x.trace.reached == phase::connect);
}

BOOST_AUTO_TEST_CASE(n04_private_addresses_are_refused_where_they_cannot_be_right)
{
    serve(answer_all);
    auto s = settings();
    s.allow_private_addresses = false;
    use(std::move(s));
    auto x = ask(read());
    BOOST_TEST_REQUIRE(x.answer.has_error());
    BOOST_TEST(x.answer.error().code == errc::resolve_failed);
    BOOST_TEST(x.answer.error().message.find("127.0.0.1") != std::string::npos);
    BOOST_TEST(x.answer.error().how_far == reach::not_sent);
    BOOST_TEST(provider->connections() == 0);
}

BOOST_AUTO_TEST_CASE(nothing_sleeps_when_nothing_is_due)
{
    serve_and_use(answer_all);
    ask(read());
    pass(31s);
    turn();
    BOOST_TEST(clock.sleepers() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
