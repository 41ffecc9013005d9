#include "http/client/dispatch_guard.hpp"

#include "http/loop.hpp"
#include "http/print.hpp"

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {

/// A stream without a socket, whose peer is there or not.
class fake_stream final : public stream {
  public:
    explicit fake_stream(executor ex) : stream(stream_socket(ex)) {}
    task<error_code> handshake() override { co_return error_code(); }
    task<transfer> read_some(std::span<char>) override { co_return transfer(0, error_code()); }
    task<error_code> write(std::string_view) override { co_return error_code(); }
    bool is_usable() override
    {
        ++probes;
        return usable;
    }
    void shutdown() noexcept override {}
    void lose(close_reason why)
    {
        usable = false;
        closed_by_ = why;
    }

    bool usable = true;
    int probes = 0;
};

struct guard_fixture : loop_fixture {
    fake_stream to{ex};
    dispatch_guard guard;
    exchange_trace trace;
    send_options options{in(10s)};

    guard_fixture() { options.costly = true; }

    std::optional<error> pass() { return run(guard.pass_gate(to, options, clock, trace)); }
    void pass_time(std::chrono::milliseconds span) { clock.advance(span); }
    std::optional<error> check(bool expired = false) { return guard.check(to, options, clock.now(), expired, trace); }
};

BOOST_FIXTURE_TEST_SUITE(dispatch_guard_, guard_fixture)

BOOST_AUTO_TEST_CASE(the_gate_is_asked_once_and_the_way_is_free)
{
    int asked = 0;
    options.gate = [&]() -> task<result<void>> {
        ++asked;
        co_return result<void>();
    };
    BOOST_TEST(!pass());
    BOOST_TEST(!check());
    BOOST_TEST(asked == 1);
    BOOST_TEST((trace.reached == phase::dispatch));
}

BOOST_AUTO_TEST_CASE(an_error_of_the_gate_is_not_sent_whatever_it_says_itself)
{
    options.gate = []() -> task<result<void>> { co_return error(errc::unavailable, "disk", reach::maybe_sent); };
    const auto refused = pass();
    BOOST_TEST_REQUIRE(refused.has_value());
    BOOST_TEST(refused->message == "disk");
    BOOST_TEST((refused->how_far == reach::not_sent));
}

BOOST_AUTO_TEST_CASE(the_gate_is_not_asked_on_a_connection_that_ended)
{
    bool asked = false;
    options.gate = [&]() -> task<result<void>> {
        asked = true;
        co_return result<void>();
    };
    to.lose(close_reason::reset);
    BOOST_TEST((pass()->code == errc::connection_lost));
    BOOST_TEST(!asked);
    BOOST_TEST((trace.closed_by == close_reason::reset));
}

BOOST_AUTO_TEST_CASE(a_connection_that_ends_behind_the_gate_is_not_used)
{
    BOOST_TEST(!pass());
    to.lose(close_reason::eof);
    const auto refused = check();
    BOOST_TEST_REQUIRE(refused.has_value());
    BOOST_TEST((refused->code == errc::connection_lost));
    BOOST_TEST((refused->how_far == reach::not_sent));
    BOOST_TEST((trace.closed_by == close_reason::eof));
}

BOOST_AUTO_TEST_CASE(a_commit_holds_for_two_seconds_and_no_longer)
{
    options.gate = []() -> task<result<void>> { co_return result<void>(); };
    BOOST_TEST(!pass());
    pass_time(2s);
    BOOST_TEST(!check());
    pass_time(1ms);
    const auto refused = check();
    BOOST_TEST_REQUIRE(refused.has_value());
    BOOST_TEST((refused->code == errc::unavailable));
    BOOST_TEST((refused->how_far == reach::not_sent));
}

BOOST_AUTO_TEST_CASE(nothing_starts_at_or_after_the_deadline)
{
    BOOST_TEST(!check());
    BOOST_TEST((check(true)->code == errc::timed_out));
    pass_time(10s);
    const auto refused = check();
    BOOST_TEST_REQUIRE(refused.has_value());
    BOOST_TEST((refused->code == errc::timed_out));
    BOOST_TEST((trace.closed_by == close_reason::timeout));
}

BOOST_AUTO_TEST_CASE(a_read_costs_no_probe)
{
    options.costly = false;
    to.usable = false;
    BOOST_TEST(!check());
    BOOST_TEST(to.probes == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
