#include "sim/fault_injector.hpp"

#include <boost/test/unit_test.hpp>

using namespace ulak;

namespace {

struct injector_fixture {
    void add(std::string_view text) { faults.add(sim::parse_fault(text).value()); }

    /// What ten requests of a kind meet: "x" where the fault strikes.
    std::string ten(std::string_view operation, std::string_view kind)
    {
        std::string seen;
        for (int i = 0; i < 10; ++i)
            seen += faults.trigger("tamonay", operation, kind) ? 'x' : '.';
        return seen;
    }

    sim::fault_injector faults;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(fault_injector_, injector_fixture)

BOOST_AUTO_TEST_CASE(a_fault_strikes_for_ever_a_few_times_or_after_a_while)
{
    const struct {
        const char *fault, *seen;
    } table[] = {{"tamonay.order=reset", "xxxxxxxxxx"},   {"tamonay.order=reset*3", "xxx......."},
                 {"tamonay.order=reset@4", "....xxxxxx"}, {"tamonay.order=reset*2@7", ".......xx."},
                 {"tamonay.order=reset*0", ".........."}, {"tamonay.*=reset*1", "x........."},
                 {"*.order=reset*1@9", ".........x"},     {"*=reset*10", "xxxxxxxxxx"}};
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.fault)
        {
            faults.clear();
            add(t.fault);
            BOOST_TEST(ten("order", "reset") == t.seen);
        }
}

BOOST_AUTO_TEST_CASE(only_its_own_protocol_operation_and_kind_use_a_fault_up)
{
    add("tamonay.order=reset*1");
    BOOST_TEST(!faults.trigger("tamonay", "orders", "reset").has_value());
    BOOST_TEST(!faults.trigger("toplusms", "order", "reset").has_value());
    BOOST_TEST(!faults.trigger("tamonay", "order", "reset-after").has_value());
    BOOST_TEST(faults.active().at(0).times == 1u);
    BOOST_TEST(faults.trigger("tamonay", "order", "reset").has_value());
    BOOST_TEST(faults.active().at(0).times == 0u);
}

BOOST_AUTO_TEST_CASE(of_several_faults_the_older_one_is_asked_first)
{
    add("tamonay.order=delay:1s*1");
    add("tamonay.order=delay:2s*1");
    BOOST_TEST(faults.trigger("tamonay", "order", "delay").value() == "1s");
    BOOST_TEST(faults.trigger("tamonay", "order", "delay").value() == "2s");
    BOOST_TEST(!faults.trigger("tamonay", "order", "delay").has_value());
}

BOOST_AUTO_TEST_CASE(a_status_is_triggered_as_such_with_its_parameter)
{
    add("tamonay.order=429:30*1");
    add("tamonay.order=503-after*1");
    add("tamonay.order=reset");
    const auto first = faults.trigger_status("tamonay", "order").value();
    BOOST_TEST(first.first == "429");
    BOOST_TEST(first.second == "30");
    const auto second = faults.trigger_status("tamonay", "order").value();
    BOOST_TEST(second.first == "503-after");
    BOOST_TEST(second.second == "");
    BOOST_TEST(!faults.trigger_status("tamonay", "order").has_value());
}

BOOST_AUTO_TEST_CASE(it_is_empty_before_and_after)
{
    BOOST_TEST(faults.empty());
    add("*=reset");
    BOOST_TEST(!faults.empty());
    BOOST_TEST(faults.active().size() == 1u);
    faults.clear();
    BOOST_TEST(faults.empty());
}

BOOST_AUTO_TEST_SUITE_END()
