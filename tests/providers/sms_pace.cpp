#include "providers/detail/sms_pace.hpp"

#include "clients_fixture.hpp"

BOOST_AUTO_TEST_SUITE(sms_pace_)

using namespace std::chrono_literals;
using namespace ulak;
using namespace ulak::providers;

namespace {

sms_order order_of(std::size_t recipients, std::string text = "merhaba")
{
    sms_order order;
    order.text = std::move(text);
    order.numbers.assign(recipients, phone::parse("5551112233").value());
    return order;
}

struct pace_fixture : tests::clients_fixture {
    // Sends the orders one after the other; when each went, and how much of its time was left then.
    task<> send_all(sms_pace& pace, std::vector<sms_order> orders)
    {
        for (const auto& order : orders) {
            purchase_gate how = buying();
            const auto go = co_await pace.wait_for_turn(order, how);
            codes.push_back(go ? "" : std::string(name(go.error().code)));
            went.push_back(clock.now() - began);
            left.push_back(how.deadline - clock.now());
        }
    }

    async::steady_point began = clock.now();
    std::vector<std::string> codes{};
    std::vector<async::steady_point::duration> went{}, left{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(recipients_are_counted_and_the_wait_does_not_shorten_the_call, pace_fixture)
{
    sms_pace pace(clock, yaml::rate_value{10, "recipients"});
    start(send_all(pace, {order_of(10), order_of(10), order_of(5)}));
    pass(10s);
    BOOST_REQUIRE(went.size() == 3u);
    BOOST_TEST((went[0] == 0s));
    BOOST_TEST((went[1] == 1s));
    BOOST_TEST((went[2] >= 1s + 500ms));
    for (const auto& rest : left)
        BOOST_TEST((rest == 90s));
}

BOOST_FIXTURE_TEST_CASE(segments_are_counted_for_every_recipient, pace_fixture)
{
    sms_pace pace(clock, yaml::rate_value{4, "segments"});
    start(send_all(pace, {order_of(2, std::string(200, 'a')), order_of(1)})); // 2 recipients of 2 segments
    pass(10s);
    BOOST_REQUIRE(went.size() == 2u);
    BOOST_TEST((went[0] == 0s));
    BOOST_TEST((went[1] == 250ms));
}

BOOST_FIXTURE_TEST_CASE(without_a_rate_of_messages_nothing_waits, pace_fixture)
{
    const std::optional<yaml::rate_value> rates[] = {std::nullopt, yaml::rate_value{1, "requests"},
                                                     yaml::rate_value{0, "segments"}};
    for (const auto& rate : rates) {
        sms_pace pace(clock, rate);
        start(send_all(pace, {order_of(1000), order_of(1000)}));
    }
    BOOST_REQUIRE(went.size() == 6u);
    for (const auto& when : went)
        BOOST_TEST((when == 0s));
}

BOOST_FIXTURE_TEST_CASE(who_is_stopped_while_waiting_sends_nothing, pace_fixture)
{
    sms_pace pace(clock, yaml::rate_value{1, "recipients"});
    boost::asio::cancellation_signal stop;
    start(send_all(pace, {order_of(1), order_of(1)}), &stop);
    BOOST_TEST(codes.size() == 1u);
    stop.emit(boost::asio::cancellation_type::terminal);
    settle();
    BOOST_REQUIRE(codes.size() == 2u);
    BOOST_TEST(codes[1] == "cancelled");
}

BOOST_AUTO_TEST_SUITE_END()
