// A provider with several addresses, of which some are not well.
#include "http/client/dial.hpp"

#include "http/client_fixture.hpp"
#include "http/raw_tls.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {
namespace {

/// A sound provider at 127.0.0.1, and before it, at 127.0.0.2 and the same port, one of a test's choice.
struct two_addresses : client_fixture {
    std::unique_ptr<raw_tls_server> ill;
    int requests = 0;

    two_addresses()
    {
        serve([this](scripted_peer& peer, int) -> task<> {
            co_await peer.hear("}");
            ++requests;
            co_await peer.say(good_answer);
            co_await peer.hear("never");
        });
        names->known["api.provider.test"] = {"127.0.0.2", "127.0.0.1"};
    }

    ~two_addresses() { ill.reset(); }

    loopback_listener::endpoint second() const
    {
        return loopback_listener::endpoint(boost::asio::ip::make_address("127.0.0.2"), provider->port);
    }

    /// Answers a greeting with `bytes`.
    void fall_ill(std::string bytes, raw_tls_server::ending end)
    {
        web.reset();
        ill.reset();
        turn(); // until its address is free
        auto make = [bytes](int) { return [bytes](int turn, std::string) { return turn == 0 ? bytes : ""; }; };
        ill = std::make_unique<raw_tls_server>(ex, make, end, second());
        use(settings());
    }

    void bought_once_at_the_sound_one(const exchange& x)
    {
        BOOST_TEST_REQUIRE(x.answer.has_value(), x.answer.error().message);
        BOOST_TEST(x.trace.reached == phase::complete);
        BOOST_TEST(x.trace.closed_by == close_reason::none);
        BOOST_TEST(ill->connections() == 1);
        BOOST_TEST(ill->longest() == 0u); // nothing behind the greeting
        BOOST_TEST(requests == 1);
    }

    void refused_by_the_ill_one(const exchange& x)
    {
        BOOST_TEST_REQUIRE(x.answer.has_error());
        BOOST_TEST(x.answer.error().code == errc::tls_failed);
        BOOST_TEST(x.answer.error().how_far == reach::not_sent);
        BOOST_TEST(provider->connections() == 0);
    }
};

const std::string half_a_record("\x16\x03\x03\x01\x00\x02", 6);

} // namespace

BOOST_FIXTURE_TEST_SUITE(dial_, two_addresses)

BOOST_AUTO_TEST_CASE(an_address_that_breaks_off_the_handshake_does_not_hide_a_sound_one)
{
    for (const auto end : {raw_tls_server::ending::close, raw_tls_server::ending::reset})
        for (const auto& bytes : {std::string(), half_a_record}) {
            fall_ill(bytes, end);
            requests = 0;
            int gates = 0;
            auto gate = [&gates]() -> task<result<void>> {
                ++gates;
                co_return result<void>();
            };
            bought_once_at_the_sound_one(ask(purchase(), costly(gate)));
            BOOST_TEST(gates == 1);
        }
}

BOOST_AUTO_TEST_CASE(an_address_that_is_stuck_in_the_handshake_leaves_time_for_the_next)
{
    fall_ill(half_a_record, raw_tls_server::ending::hold);
    auto x = begin(purchase(), costly());
    until([&] { return ill->answered() == 1; });
    pass(7s);
    turn();
    BOOST_TEST(!x->ended());
    BOOST_TEST(provider->connections() == 0);
    pass(2s); // of the ten seconds two are the next address's
    until([&] { return x->ended(); });
    bought_once_at_the_sound_one(x->get());
}

BOOST_AUTO_TEST_CASE(a_refusal_by_tls_is_told_and_no_other_address_is_asked)
{
    fall_ill(alert(2, 40), raw_tls_server::ending::close);
    refused_by_the_ill_one(ask(purchase(), costly()));
    fall_ill("HTTP/1.1 400 Bad Request\r\n\r\n", raw_tls_server::ending::close);
    refused_by_the_ill_one(ask(purchase(), costly()));
    const auto stranger = make_authority("Stranger").value();
    const auto leaf = make_leaf(stranger, {"api.provider.test"}, {}).value();
    auto context = make_server_context(leaf.certificate_pem, leaf.key_pem).value();
    ill.reset();
    turn();
    auto make = [&context](int) {
        auto engine = std::make_shared<tls_engine>(context.get());
        return [engine](int, std::string heard) { return engine->answer(heard); };
    };
    ill = std::make_unique<raw_tls_server>(ex, make, raw_tls_server::ending::hold, second());
    refused_by_the_ill_one(ask(purchase(), costly()));
}

BOOST_AUTO_TEST_CASE(where_every_address_is_ill_nothing_is_sent_and_the_last_failure_is_told)
{
    fall_ill("", raw_tls_server::ending::reset);
    provider.reset();
    turn();
    auto x = ask(purchase(), costly());
    BOOST_TEST_REQUIRE(x.answer.has_error());
    BOOST_TEST(x.answer.error().code == errc::connect_failed);
    BOOST_TEST(x.answer.error().how_far == reach::not_sent);
    BOOST_TEST(!x.trace.handed_to_tls);
    BOOST_TEST(x.trace.reached == phase::connect);
    names->known["api.provider.test"] = {"127.0.0.1", "127.0.0.2"};
    x = ask(purchase(), costly());
    BOOST_TEST(x.answer.error().code == errc::connection_lost);
    BOOST_TEST(x.trace.reached == phase::tls);
    BOOST_TEST(x.trace.closed_by == close_reason::reset);
}

BOOST_AUTO_TEST_CASE(stuck_addresses_together_take_no_longer_than_one)
{
    fall_ill("", raw_tls_server::ending::hold);
    names->known["api.provider.test"].assign(8, "127.0.0.2"); // two seconds each at least: time for five
    auto x = begin(purchase(), costly());
    for (int i = 0; i < 10; ++i) {
        turn();
        BOOST_TEST(!x->ended());
        pass(1s);
    }
    pass(1s);
    until([&] { return x->ended(); });
    BOOST_TEST_REQUIRE(x->get().answer.has_error());
    BOOST_TEST(x->get().answer.error().code == errc::timed_out);
    BOOST_TEST(x->get().answer.error().how_far == reach::not_sent);
    BOOST_TEST(x->get().trace.closed_by == close_reason::timeout);
    BOOST_TEST(ill->connections() <= 5);
}

BOOST_AUTO_TEST_CASE(whoever_is_told_to_stop_asks_no_other_address)
{
    fall_ill("", raw_tls_server::ending::hold);
    auto x = begin(purchase(), costly());
    until([&] { return ill->answered() == 1; });
    x->cancel();
    until([&] { return x->ended(); });
    turn();
    BOOST_TEST(x->get().answer.error().code == errc::cancelled);
    BOOST_TEST(x->get().answer.error().how_far == reach::not_sent);
    BOOST_TEST(provider->connections() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
