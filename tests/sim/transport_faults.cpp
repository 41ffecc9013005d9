#include "sim/fixture.hpp"

#include "sim/detail/dispatcher.hpp"
#include "sim/detail/transport_faults.hpp"
#include "sim/registry.hpp"

using namespace sim_test;

namespace {

struct transport_fixture : sim_fixture {
    /// What a call of getBalance meets.
    template<class... Text>
    sim::transport_faults met(const Text&... texts)
    {
        world().faults.clear();
        (fault("numbers.getBalance=" + std::string(texts)), ...);
        const auto& p = *sim::find_protocol("numbers");
        http::incoming_request in;
        in.verb = "GET";
        in.raw_target = in.path = "/numbers/api/v1/key/getBalance";
        sim::call c(world(), world().account(p), in);
        sim::find_operation(c);
        auto plan = sim::plan_transport_faults(c);
        recorded = c.entry.faults;
        return plan;
    }

    std::vector<std::string> recorded;
};

http::reply applied(const sim::transport_faults& plan, const std::string& body = "{\"a\":1}")
{
    http::reply r(200, body);
    sim::apply_transport_faults(plan, r);
    return r;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(transport_faults_, transport_fixture)

BOOST_AUTO_TEST_CASE(every_fault_of_the_table_is_recorded_when_it_strikes)
{
    for (const auto& kind : sim::transport_fault_kinds())
        BOOST_TEST_CONTEXT(kind.name)
        {
            met(kind.name);
            BOOST_TEST(recorded == std::vector{std::string(kind.name)}, boost::test_tools::per_element());
        }
    met("429:30");
    BOOST_TEST(recorded == std::vector<std::string>{"429:30"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(without_a_fault_nothing_changes)
{
    const auto r = applied(sim::transport_faults());
    BOOST_TEST(r.status == 200);
    BOOST_TEST(r.body == "{\"a\":1}");
    BOOST_TEST((r.fault == http::wire_fault::none));
}

BOOST_AUTO_TEST_CASE(delays_come_before_or_after_the_work)
{
    BOOST_TEST((met("delay:250").delay_after == 250ms));
    BOOST_TEST((met("delay:2s").delay_after == 2s));
    BOOST_TEST((met("delay").delay_after == 0s || met("delay").delay_after == 1s));
    BOOST_TEST((met("delay-before:1m").delay_before == 1min));
    BOOST_TEST((met("delay-before:1m").delay_after == 0s));
    BOOST_TEST((met("cancel-timeout").delay_after == 10min));
    BOOST_TEST((met("cancel-timeout:3s").delay_after == 3s));
}

BOOST_AUTO_TEST_CASE(a_fault_replaces_the_work_or_only_its_answer)
{
    const struct {
        const char* fault;
        bool instead;
        int status;
        http::wire_fault connection;
    } table[] = {
        {"html", true, 200, http::wire_fault::none},
        {"html-after", false, 200, http::wire_fault::none},
        {"500", true, 500, http::wire_fault::none},
        {"503-after", false, 503, http::wire_fault::none},
        {"reset", true, 200, http::wire_fault::reset_unanswered},
        {"reset-after", false, 200, http::wire_fault::reset_unanswered},
        {"drop-before", true, 200, http::wire_fault::close_unanswered},
        {"drop-after", false, 200, http::wire_fault::close_unanswered},
    };
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.fault)
        {
            const auto plan = met(t.fault);
            BOOST_TEST(plan.reply_instead.has_value() == t.instead);
            BOOST_TEST(plan.reply_over.has_value() != t.instead);
            const auto& reply = t.instead ? *plan.reply_instead : *plan.reply_over;
            BOOST_TEST(reply.status == t.status);
            BOOST_TEST((reply.fault == t.connection));
        }
}

BOOST_AUTO_TEST_CASE(a_redirect_has_a_location_and_a_refusal_a_time_to_retry_after)
{
    BOOST_TEST(met("302").reply_instead->headers.at(0).second == "https://localhost/login");
    BOOST_TEST(met("302:https://a.example").reply_instead->headers.at(0).second == "https://a.example");
    BOOST_TEST(met("503:7").reply_instead->headers.at(0).first == "Retry-After");
    BOOST_TEST(met("503").reply_instead->headers.empty());
}

BOOST_AUTO_TEST_CASE(the_body_is_emptied_wrapped_or_cut)
{
    BOOST_TEST(applied(met("empty")).body == "");
    BOOST_TEST(applied(met("bom")).body == "\xEF\xBB\xBF{\"a\":1}");
    const auto wrapped = applied(met("warning-around")).body;
    BOOST_TEST(wrapped.starts_with("<br />\n<b>Warning</b>"));
    BOOST_TEST(wrapped.find("\n{\"a\":1}\n") != std::string::npos);
    BOOST_TEST(wrapped.ends_with("<b>Notice</b><br />\n"));
    BOOST_TEST((applied(met("garbage-after")).fault == http::wire_fault::garbage_after));
}

BOOST_AUTO_TEST_CASE(a_truncated_body_ends_at_its_half_or_where_it_is_said)
{
    const auto half = applied(met("truncate"), "12345678");
    BOOST_TEST((half.fault == http::wire_fault::truncate));
    BOOST_TEST(half.truncate_at == 4u);
    BOOST_TEST(half.body.size() == 8u); // the listener cuts
    BOOST_TEST(applied(met("truncate:3"), "12345678").truncate_at == 3u);
    BOOST_TEST(applied(met("truncate:0"), "12345678").truncate_at == 0u);
}

BOOST_AUTO_TEST_CASE(of_two_replacements_the_broken_connection_wins)
{
    const auto plan = met("reset", "html", "500");
    BOOST_TEST((plan.reply_instead->fault == http::wire_fault::reset_unanswered));
}

BOOST_AUTO_TEST_SUITE_END()
