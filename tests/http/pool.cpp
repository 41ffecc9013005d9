#include "http/pool.hpp"

#include "http/client_fixture.hpp"
#include "http/raw_peer.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {
namespace {

task<> answer_all(scripted_peer& peer, int)
{
    bool more = co_await peer.hear("\r\n\r\n");
    while (more) {
        co_await peer.say(good_answer);
        more = co_await peer.hear("\r\n\r\n");
    }
}

} // namespace

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
    BOOST_TEST(x.how.reached == phase::complete);
    BOOST_TEST(x.how.handed_to_tls);
    BOOST_TEST(x.how.framing_ok);
    BOOST_TEST(x.how.leftover == 0u);
    BOOST_TEST(x.how.close == closing::none);
    BOOST_TEST(!x.how.reused_connection);
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
        BOOST_TEST(!x.how.handed_to_tls);
    }
    BOOST_TEST(provider->connections() == 0);
}

BOOST_AUTO_TEST_CASE(reads_share_a_connection_and_a_purchase_has_its_own)
{
    serve_and_use(answer_all);
    BOOST_TEST(!ask(read()).how.reused_connection);
    BOOST_TEST(ask(read()).how.reused_connection);
    BOOST_TEST(provider->connections() == 1);
    auto bought = ask(purchase(), costly());
    BOOST_TEST(bought.answer.has_value());
    BOOST_TEST(!bought.how.reused_connection);
    BOOST_TEST(provider->connections() == 2);
    BOOST_TEST(ask(read()).how.reused_connection);
}

BOOST_AUTO_TEST_CASE(kept_connections_grow_old)
{
    serve_and_use(answer_all);
    ask(read());
    pass(31s);
    turn();
    BOOST_TEST(!ask(read()).how.reused_connection);
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
    s.connections = 2;
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

BOOST_AUTO_TEST_CASE(a_read_on_a_dead_connection_is_asked_again_and_a_post_is_not)
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
    BOOST_TEST(!again.how.reused_connection);
    BOOST_TEST(provider->connections() == 2);
    auto posted = ask(purchase());
    BOOST_TEST_REQUIRE(posted.answer.has_error());
    BOOST_TEST(posted.how.reused_connection);
    BOOST_TEST(posted.answer.error().code == errc::connection_lost);
    BOOST_TEST(posted.answer.error().how_far == reach::maybe_sent);
    BOOST_TEST(provider->connections() == 2);
}

BOOST_AUTO_TEST_CASE(a_connection_with_unasked_words_is_not_used_again)
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
            BOOST_TEST(first.how.leftover == 17u);
        turn();
        BOOST_TEST(!ask(read()).how.reused_connection);
        BOOST_TEST(provider->connections() == 2);
        web.reset();
        turn();
    }
}

BOOST_AUTO_TEST_CASE(a_purchase_counts_bytes_behind_the_answer_even_in_a_record_of_their_own)
{
    serve_and_use([](scripted_peer& peer, int) -> task<> {
        co_await peer.hear("}");
        co_await peer.say(good_answer + "<");
    });
    auto x = ask(purchase(), costly());
    BOOST_TEST(x.answer.has_value());
    BOOST_TEST(x.how.leftover == 1u);
}

BOOST_AUTO_TEST_CASE(an_answer_cut_at_any_byte_of_the_wire_is_maybe_sent)
{
    std::size_t cut = 0;
    bool hard = false;
    serve_and_use([&](scripted_peer& peer, int) -> task<> {
        co_await peer.hear("}");
        co_await peer.say(good_answer.substr(0, cut));
        if (hard)
            peer.wire.reset();
    });
    for (cut = 0; cut <= good_answer.size(); cut += cut + 8 < good_answer.size() ? 7 : 1)
        for (bool h : {false, true})
            BOOST_TEST_CONTEXT("cut at " << cut << (h ? " by reset" : " by close"))
            {
                hard = h;
                auto x = ask(purchase(), costly());
                BOOST_TEST(x.how.handed_to_tls);
                if (cut == good_answer.size() && x.answer.has_value())
                    continue;
                BOOST_TEST_REQUIRE(x.answer.has_error());
                BOOST_TEST(x.answer.error().code == errc::connection_lost);
                BOOST_TEST(x.answer.error().how_far == reach::maybe_sent);
                BOOST_TEST((x.how.close == closing::eof || x.how.close == closing::reset));
            }
}

BOOST_AUTO_TEST_CASE(a_request_reset_at_any_byte_is_maybe_sent)
{
    std::size_t taken = 0;
    serve_and_use([&](scripted_peer& peer, int) -> task<> {
        co_await peer.hear_bytes(taken);
        peer.wire.reset();
    });
    for (taken = 1; taken < 200; taken += 23)
        BOOST_TEST_CONTEXT("reset at " << taken)
        {
            auto x = ask(purchase(), costly());
            BOOST_TEST_REQUIRE(x.answer.has_error());
            BOOST_TEST(x.answer.error().code == errc::connection_lost);
            BOOST_TEST(x.answer.error().how_far == reach::maybe_sent);
            BOOST_TEST(x.how.handed_to_tls);
            BOOST_TEST(x.how.reached >= phase::writing);
        }
}

BOOST_AUTO_TEST_CASE(the_deadline_counts_whatever_trickles_in)
{
    serve_and_use([this](scripted_peer& peer, int) -> task<> {
        co_await peer.hear("}");
        bool told = true;
        for (std::size_t i = 0; told && i < good_answer.size(); ++i) {
            told = co_await peer.say(good_answer.substr(i, 1));
            co_await clock.sleep_for(1s);
        }
    });
    auto x = begin(purchase(), within(20s));
    for (int i = 0; i < 19; ++i) {
        turn();
        pass(1s);
    }
    BOOST_TEST(!x->ended());
    BOOST_TEST(ends_within(x, 2s));
    BOOST_TEST(x->get().answer.error().code == errc::timed_out);
    BOOST_TEST(x->get().answer.error().how_far == reach::maybe_sent);
    BOOST_TEST(x->get().how.close == closing::timeout);
    BOOST_TEST(x->get().how.reached == phase::header);
}

BOOST_AUTO_TEST_CASE(a_silent_provider_is_left_at_the_deadline)
{
    serve_and_use([](scripted_peer& peer, int) -> task<> { co_await peer.hear("never"); });
    auto x = begin(purchase(), costly());
    until_heard("}");
    BOOST_TEST(!ends_within(x, 99s));
    BOOST_TEST(ends_within(x, 2s));
    BOOST_TEST(x->get().answer.error().code == errc::timed_out);
    BOOST_TEST(x->get().answer.error().how_far == reach::maybe_sent);
    BOOST_TEST(x->get().how.reached == phase::written);
}

BOOST_AUTO_TEST_CASE(a_stuck_name_a_stuck_connect_and_a_stuck_handshake_end_unsent)
{
    // A listener with a full queue drops the SYN: connecting hangs.
    asio::basic_socket_acceptor<asio::ip::tcp, executor> full(ex);
    asio::ip::tcp::endpoint loopback(asio::ip::address_v4::loopback(), 0);
    full.open(loopback.protocol());
    full.bind(loopback);
    full.listen(0);
    std::vector<std::unique_ptr<raw_peer>> fillers;
    for (int i = 0; i < 3; ++i) {
        fillers.push_back(std::make_unique<raw_peer>(ex));
        start(fillers.back()->connect(full.local_endpoint().port()));
    }
    // One that accepts and says nothing: the handshake hangs.
    asio::basic_socket_acceptor<asio::ip::tcp, executor> mute(ex, loopback);
    turn();

    struct row {
        std::string_view what;
        unsigned short port;
        bool stuck_name;
        phase reached;
    };
    const row rows[] = {{"name", 443, true, phase::resolve},
                        {"connect", full.local_endpoint().port(), false, phase::connect},
                        {"handshake", mute.local_endpoint().port(), false, phase::tls}};
    serve(answer_all);
    for (const auto& row : rows)
        for (bool cancel : {false, true})
            BOOST_TEST_CONTEXT(row.what << (cancel ? " cancelled" : " timed out"))
            {
                if (row.stuck_name)
                    names->instead = [this](async::steady_point deadline) -> task<result<endpoints>> {
                        auto stopped = co_await clock.sleep_until(deadline);
                        if (stopped)
                            co_return error(errc::cancelled, "stopped");
                        co_return error(errc::timed_out, "no answer");
                    };
                else
                    names->instead = nullptr;
                auto s = settings();
                s.where.port = std::to_string(row.port);
                use(std::move(s));
                auto x = begin(purchase(), costly());
                turn();
                BOOST_TEST(!x->ended());
                if (cancel)
                    x->cancel();
                else
                    pass(11s); // the patience for connecting is less than the deadline
                until([&] { return x->ended(); });
                BOOST_TEST_REQUIRE(x->get().answer.has_error());
                BOOST_TEST(x->get().answer.error().code == (cancel ? errc::cancelled : errc::timed_out));
                BOOST_TEST(x->get().answer.error().how_far == reach::not_sent);
                BOOST_TEST(!x->get().how.handed_to_tls);
                BOOST_TEST(x->get().how.reached == row.reached);
                BOOST_TEST(x->get().how.close == (cancel ? closing::cancelled : closing::timeout));
            }
}

BOOST_AUTO_TEST_CASE(a_dead_address_does_not_hide_a_living_one)
{
    serve(answer_all);
    names->known["api.provider.test"] = {"127.0.0.2", "127.0.0.1"}; // the server listens on the second only
    use(settings());
    BOOST_TEST(ask(read()).answer.has_value());
}

BOOST_AUTO_TEST_CASE(a_closed_port_is_not_sent)
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
    BOOST_TEST(x.how.reached == phase::connect);
}

BOOST_AUTO_TEST_CASE(private_addresses_are_refused_where_they_cannot_be_right)
{
    serve(answer_all);
    auto s = settings();
    s.private_addresses = false;
    use(std::move(s));
    auto x = ask(read());
    BOOST_TEST_REQUIRE(x.answer.has_error());
    BOOST_TEST(x.answer.error().code == errc::resolve_failed);
    BOOST_TEST(x.answer.error().message.find("127.0.0.1") != std::string::npos);
    BOOST_TEST(x.answer.error().how_far == reach::not_sent);
    BOOST_TEST(provider->connections() == 0);
}

BOOST_AUTO_TEST_CASE(the_gate_opens_after_the_handshake_and_before_the_first_byte)
{
    serve_and_use(answer_all);
    bool asked = false;
    auto gate = [&]() -> task<result<void>> {
        asked = true;
        BOOST_TEST(provider->connections() == 1);
        BOOST_TEST(provider->seen() == "");
        co_await clock.sleep_for(1s);
        BOOST_TEST(provider->seen() == "");
        co_return result<void>();
    };
    auto x = begin(purchase(), costly(gate));
    BOOST_TEST(ends_within(x, 2s));
    BOOST_TEST(asked);
    BOOST_TEST(x->get().answer.has_value());
}

BOOST_AUTO_TEST_CASE(what_goes_wrong_at_the_gate_is_not_sent)
{
    serve_and_use(answer_all);
    auto refusing = []() -> task<result<void>> { co_return error(errc::unavailable, "disk full", reach::maybe_sent); };
    auto dawdling = [this]() -> task<result<void>> {
        clock.jump_at_look(2, 3s); // the first look notes the gate's word, then the machine is suspended
        co_return result<void>();
    };
    auto sleeping = [this]() -> task<result<void>> {
        co_await clock.sleep_for(200s);
        co_return result<void>();
    };
    auto gate_then = [&](dispatch_gate gate, bool cancel) {
        auto x = begin(purchase(), costly(std::move(gate)));
        turn();
        if (cancel)
            x->cancel();
        if (!x->ended())
            pass(210s);
        until([&] { return x->ended(); });
        BOOST_TEST_REQUIRE(x->get().answer.has_error());
        BOOST_TEST(x->get().answer.error().how_far == reach::not_sent);
        BOOST_TEST(!x->get().how.handed_to_tls);
        BOOST_TEST(x->get().how.reached == phase::dispatch);
        return x->get().answer.error().code;
    };
    BOOST_TEST(gate_then(refusing, false) == errc::unavailable);
    BOOST_TEST(gate_then(dawdling, false) == errc::unavailable);
    BOOST_TEST(gate_then(sleeping, false) == errc::timed_out);
    BOOST_TEST(gate_then(sleeping, true) == errc::cancelled);
    BOOST_TEST(provider->seen() == "");
}

BOOST_AUTO_TEST_CASE(a_peer_that_leaves_while_the_gate_is_shut_is_not_sent)
{
    for (bool hard : {false, true}) {
        serve_and_use([hard](scripted_peer& peer, int) -> task<> {
            if (hard)
                peer.wire.reset();
            else
                peer.wire.finish();
            co_return;
        });
        auto gate = [this]() -> task<result<void>> {
            co_await clock.sleep_for(1s);
            co_return result<void>();
        };
        auto x = begin(purchase(), costly(gate));
        ends_within(x, 2s);
        until([&] { return x->ended(); });
        BOOST_TEST_REQUIRE(x->get().answer.has_error());
        BOOST_TEST(x->get().answer.error().code == errc::connection_lost);
        BOOST_TEST(x->get().answer.error().how_far == reach::not_sent);
        BOOST_TEST(!x->get().how.handed_to_tls);
    }
}

BOOST_AUTO_TEST_CASE(nobody_stops_a_purchase_that_is_under_way)
{
    serve_and_use([this](scripted_peer& peer, int) -> task<> {
        co_await peer.hear("}");
        co_await clock.sleep_for(5s);
        co_await peer.say(good_answer);
    });
    auto x = begin(purchase(), costly());
    until_heard("}");
    x->cancel();
    turn();
    BOOST_TEST(!x->ended());
    BOOST_TEST(ends_within(x, 6s));
    BOOST_TEST(x->get().answer.has_value());
    BOOST_TEST(x->get().how.reached == phase::complete);
}

BOOST_AUTO_TEST_CASE(a_read_is_stopped_at_once)
{
    serve_and_use([](scripted_peer& peer, int) -> task<> { co_await peer.hear("never"); });
    auto x = begin(read(), within(30s));
    until_heard("\r\n\r\n");
    x->cancel();
    until([&] { return x->ended(); });
    BOOST_TEST(x->get().answer.error().code == errc::cancelled);
    BOOST_TEST(x->get().answer.error().how_far == reach::maybe_sent);
    BOOST_TEST(x->get().how.close == closing::cancelled);
}

BOOST_AUTO_TEST_CASE(one_account_resumes_its_sessions_and_no_other_does)
{
    for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        const auto& leaf = shared_identities::get().leaf;
        auto context = accepting_context(leaf.certificate_pem, leaf.key_pem).value();
        SSL_CTX_set_max_proto_version(context.get(), version);
        provider = std::make_unique<scripted_server>(ex, std::move(context), answer_all);
        use(settings());
        BOOST_TEST(!ask(purchase(), costly()).how.resumed_session);
        for (int i = 0; i < 5; ++i)
            BOOST_TEST(ask(purchase(), costly()).how.resumed_session);
        BOOST_TEST(provider->resumed() == 5);
        use(settings()); // another account of the same provider, with the same trust
        BOOST_TEST(!ask(purchase(), costly()).how.resumed_session);
        BOOST_TEST(provider->resumed() == 5);
        web.reset();
        turn();
    }
}

BOOST_AUTO_TEST_CASE(sessions_survive_connections_that_were_dropped)
{
    serve_and_use(answer_all);
    ask(read());
    for (int i = 0; i < 3; ++i) {
        pass(40s); // too old to be kept
        turn();
        auto x = ask(read());
        BOOST_TEST(!x.how.reused_connection);
        BOOST_TEST(x.how.resumed_session);
    }
}

BOOST_AUTO_TEST_CASE(a_client_that_dies_leaves_its_request_to_end)
{
    serve_and_use([this](scripted_peer& peer, int) -> task<> {
        co_await peer.hear("}");
        co_await clock.sleep_for(1s);
        co_await peer.say(good_answer);
    });
    auto x = begin(purchase(), costly());
    until_heard("}");
    web.reset();
    BOOST_TEST(ends_within(x, 2s));
    BOOST_TEST(x->get().answer.has_value());
}

BOOST_AUTO_TEST_CASE(nothing_sleeps_when_nothing_is_due)
{
    serve_and_use(answer_all);
    ask(read());
    pass(31s);
    turn();
    BOOST_TEST(clock.sleepers() == 0u);
}

BOOST_AUTO_TEST_CASE(a_ca_file_that_cannot_be_used_is_named)
{
    serve(answer_all);
    for (const auto& path :
         {folder / "missing.pem", folder.write("empty.pem", ""), folder.write("text.pem", "hello\n"), folder / ""}) {
        auto s = settings();
        s.ca_file = path;
        auto made = make_client(ex, clock, names, std::move(s));
        BOOST_TEST_REQUIRE(made.has_error(), path);
        BOOST_TEST(made.error().code == errc::invalid_argument);
        BOOST_TEST(made.error().message.find(path) != std::string::npos);
    }
    auto s = settings();
    s.ca_file = "";
    use(std::move(s)); // the system's, which does not know the test's authority
    auto x = ask(read());
    BOOST_TEST_REQUIRE(x.answer.has_error());
    BOOST_TEST(x.answer.error().code == errc::tls_failed);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
