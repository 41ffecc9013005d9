#include "sim/fixture.hpp"

#include "sim/detail/dispatcher.hpp"
#include "sim/detail/number_orders.hpp"
#include "sim/detail/number_rental.hpp"
#include "sim/registry.hpp"

using namespace sim_test;
using sim::cancel_outcome;
using sim::order_refusal;

namespace {

/// Orders and cancels as an operation of the protocol would, each in a call of its own.
struct orders_fixture : sim_fixture {
    orders_fixture() { world().advance(clock.wall_now()); }

    sim::simulated_account& account() { return world().account(*sim::find_protocol("numbers")); }

    sim::call& call(const std::string& below)
    {
        in = http::incoming_request();
        in.verb = "GET";
        in.raw_target = in.path = "/numbers/api/v1/key" + below;
        made.emplace(world(), account(), in);
        sim::find_operation(*made);
        return *made;
    }
    sim::order_result order(std::int64_t service = 1)
    {
        return sim::order_number(call("/getNumber/1"), service, sim::rented_number());
    }
    cancel_outcome cancel(sim::rented_number& n) { return sim::cancel_number(call("/cancelNumber/1"), n); }
    void pass(std::chrono::milliseconds d) { world().skip(d); }

    http::incoming_request in;
    std::optional<sim::call> made;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(number_orders_, orders_fixture)

BOOST_AUTO_TEST_CASE(the_plan_of_a_number_follows_the_faults_of_its_order)
{
    const struct {
        const char* fault;
        std::optional<std::chrono::milliseconds> sms, dies;
        bool at_cancel, reports_success, no_refund;
    } table[] = {
        {"delay:1ms", 3s, {}, false, false, false},      {"sms-late:5m", 5min, {}, false, false, false},
        {"sms-late:x", 3s, {}, false, false, false},     {"sms-never", {}, {}, false, false, false},
        {"sms-at-cancel", {}, {}, true, false, false},   {"sms-at-cancel:true", {}, {}, true, true, false},
        {"number-dies:1s", 3s, 1s, false, false, false}, {"refund-missing", 3s, {}, false, false, true},
    };
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.fault)
        {
            world().faults.clear();
            fault("numbers.getNumber=" + std::string(t.fault));
            const auto plan = sim::plan_number(call("/getNumber/1"));
            BOOST_TEST((plan.sms_after == t.sms));
            BOOST_TEST((plan.dies_after == t.dies));
            BOOST_TEST(plan.sms_at_cancel == t.at_cancel);
            BOOST_TEST(plan.cancel_reports_success == t.reports_success);
            BOOST_TEST(plan.refund_missing == t.no_refund);
        }
}

BOOST_AUTO_TEST_CASE(an_order_is_refused_for_its_service_the_stock_and_the_money_in_this_order)
{
    BOOST_TEST((order(99).refusal == order_refusal::no_service));
    BOOST_TEST((order(4).refusal == order_refusal::no_stock));
    account().money.set(decimal::parse("7.99").value());
    BOOST_TEST((order(4).refusal == order_refusal::no_stock));
    BOOST_TEST((order(1).refusal == order_refusal::no_money));
    account().money.set(decimal::from_integer(8));
    BOOST_TEST(order(1).number != nullptr);
    BOOST_TEST(account().money.balance().zero());
    BOOST_TEST((order(1).refusal == order_refusal::no_money));
}

BOOST_AUTO_TEST_CASE(a_refused_order_takes_nothing)
{
    for (auto text : {"no-stock", "no-balance"}) {
        world().faults.clear();
        fault("numbers.getNumber=" + std::string(text));
        BOOST_TEST(order().number == nullptr, text);
        BOOST_TEST(!made->entry.accepted);
        BOOST_TEST(made->entry.effect == "");
    }
    BOOST_TEST(account().money.history().empty());
    BOOST_TEST(account().numbers->numbers.ids().empty());
}

BOOST_AUTO_TEST_CASE(an_order_writes_what_it_cost_into_the_log)
{
    const auto* n = order().number;
    BOOST_REQUIRE(n != nullptr);
    const auto effect = boost::json::parse(made->entry.effect);
    BOOST_TEST(effect.at("kind").as_string() == "number");
    BOOST_TEST(effect.at("id").as_string() == std::to_string(n->id));
    BOOST_TEST(effect.at("amount").as_string() == "8.00");
    BOOST_TEST(effect.at("number").as_string() == n->number);
    BOOST_TEST(effect.at("operator").is_null());
}

BOOST_AUTO_TEST_CASE(a_waiting_number_is_cancelled_once)
{
    auto& n = *order().number;
    BOOST_TEST((cancel(n) == cancel_outcome::refunded));
    BOOST_TEST((cancel(n) == cancel_outcome::already_ended));
    BOOST_TEST(account().money.balance().text() == "100");
}

BOOST_AUTO_TEST_CASE(a_number_with_its_code_is_not_cancelled)
{
    auto& n = *order().number;
    pass(3s);
    BOOST_TEST((cancel(n) == cancel_outcome::refused));
    BOOST_TEST(account().money.balance().text() == "92");
}

BOOST_AUTO_TEST_CASE(the_refund_window_closes)
{
    fault("numbers.getNumber=sms-never");
    auto& n = *order().number;
    pass(10min);
    auto& other = *order().number;
    BOOST_TEST((cancel(n) == cancel_outcome::refunded));
    pass(10min + 1ms);
    BOOST_TEST((cancel(other) == cancel_outcome::refused));
}

BOOST_AUTO_TEST_CASE(the_sms_wins_against_the_cancel_whatever_is_answered)
{
    const struct {
        const char* fault;
        cancel_outcome outcome;
    } table[] = {{"sms-at-cancel*1", cancel_outcome::refused},
                 {"sms-at-cancel:true*1", cancel_outcome::reported_success_but_received}};
    for (const auto& t : table)
        for (const std::string at : {"getNumber", "cancelNumber"})
            BOOST_TEST_CONTEXT(at << ' ' << t.fault)
            {
                world().faults.clear();
                fault("numbers." + at + "=" + t.fault);
                auto& n = *order().number;
                BOOST_TEST((cancel(n) == t.outcome));
                BOOST_TEST(sim::name(n.state) == "received");
                BOOST_TEST(made->entry.effect == "");
            }
}

BOOST_AUTO_TEST_SUITE_END()
