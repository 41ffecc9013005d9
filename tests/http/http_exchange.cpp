// How far a request got, whatever happens to it.

#include "http/client_fixture.hpp"
#include "http/raw_peer.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {
BOOST_FIXTURE_TEST_SUITE(http_exchange_, client_fixture)

BOOST_AUTO_TEST_CASE(n10_an_answer_cut_at_any_byte_of_the_wire_is_maybe_sent)
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
                BOOST_TEST(x.trace.handed_to_tls);
                if (cut == good_answer.size() && x.answer.has_value())
                    continue;
                BOOST_TEST_REQUIRE(x.answer.has_error());
                BOOST_TEST(x.answer.error().code == errc::connection_lost);
                BOOST_TEST(x.answer.error().how_far == reach::maybe_sent);
                BOOST_TEST((x.trace.closed_by == close_reason::eof || x.trace.closed_by == close_reason::reset));
            }
}

BOOST_AUTO_TEST_CASE(n08_a_request_reset_at_any_byte_is_maybe_sent)
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
            BOOST_TEST(x.trace.handed_to_tls);
            BOOST_TEST(x.trace.reached >= phase::writing);
        }
}

BOOST_AUTO_TEST_CASE(n11_the_deadline_counts_whatever_trickles_in)
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
    BOOST_TEST(x->get().trace.closed_by == close_reason::timeout);
    BOOST_TEST(x->get().trace.reached == phase::header);
}

BOOST_AUTO_TEST_CASE(n09_a_silent_provider_is_left_at_the_deadline)
{
    serve_and_use([](scripted_peer& peer, int) -> task<> { co_await peer.hear("never"); });
    auto x = begin(purchase(), costly());
    until_heard("}");
    BOOST_TEST(!ends_within(x, 99s));
    BOOST_TEST(ends_within(x, 2s));
    BOOST_TEST(x->get().answer.error().code == errc::timed_out);
    BOOST_TEST(x->get().answer.error().how_far == reach::maybe_sent);
    BOOST_TEST(x->get().trace.reached == phase::written);
}

BOOST_AUTO_TEST_CASE(n02_n03_n06_a_stuck_name_a_stuck_connect_and_a_stuck_handshake_end_unsent)
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
                s.server_origin.port = std::to_string(row.port);
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
                BOOST_TEST(!x->get().trace.handed_to_tls);
                BOOST_TEST(x->get().trace.reached == row.reached);
                BOOST_TEST(x->get().trace.closed_by == (cancel ? close_reason::cancelled : close_reason::timeout));
            }
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
        BOOST_TEST(!x->get().trace.handed_to_tls);
        BOOST_TEST(x->get().trace.reached == phase::dispatch);
        return x->get().answer.error().code;
    };
    BOOST_TEST(gate_then(refusing, false) == errc::unavailable);
    BOOST_TEST(gate_then(dawdling, false) == errc::unavailable);
    BOOST_TEST(gate_then(sleeping, false) == errc::timed_out);
    BOOST_TEST(gate_then(sleeping, true) == errc::cancelled);
    BOOST_TEST(provider->seen() == "");
}

BOOST_AUTO_TEST_CASE(n07_a_peer_that_leaves_while_the_gate_is_shut_is_not_sent)
{
    for (bool hard : {false, true}) {
        serve_and_use([hard](scripted_peer& peer, int) -> task<> {
            if (hard)
                peer.wire.reset();
            else
                peer.wire.shutdown();
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
        BOOST_TEST(!x->get().trace.handed_to_tls);
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
    BOOST_TEST(x->get().trace.reached == phase::complete);
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
    BOOST_TEST(x->get().trace.closed_by == close_reason::cancelled);
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

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
