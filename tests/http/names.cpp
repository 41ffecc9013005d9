// N3 and N4 with the system's own resolver, which asks a name server that a test has written.
#include "http/client/caching_resolver.hpp"
#include "http/client_fixture.hpp"
#include "http/dns_server.hpp"

#include <boost/test/unit_test.hpp>

namespace ulak::http::testing {
namespace {

using packets = std::vector<std::string>;

constexpr std::string_view loopback("\x7f\0\0\x01", 4);

struct row {
    std::string name, says;
    dns_server::script play;
};

packets one(std::string packet)
{
    return packets{std::move(packet)};
}

std::string cut_off(const dns_question& q) // and over TCP nobody answers
{
    auto out = dns_reply(q, 0);
    out[2] = static_cast<char>(out[2] | 2);
    return out;
}

std::string about_itself(const dns_question& q)
{
    return dns_reply(q, 0, 1) + dns_record(5, std::string("\xc0\x0c", 2));
}

const std::vector<row>& rows()
{
    static const std::vector<row> all{
        {"nxdomain.test", "not known", [](const auto& q) { return one(dns_reply(q, 3)); }},
        {"servfail.test", "emporary failure", [](const auto& q) { return one(dns_reply(q, 2)); }},
        {"refused.test", "", [](const auto& q) { return one(dns_reply(q, 5)); }},
        {"format.test", "", [](const auto& q) { return one(dns_reply(q, 1)); }},
        {"unimplemented.test", "", [](const auto& q) { return one(dns_reply(q, 4)); }},
        {"empty.test", "No address", [](const auto& q) { return one(dns_reply(q, 0)); }},
        {"cut.test", "", [](const auto& q) { return one(cut_off(q)); }},
        {"circle.test", "", [](const auto& q) { return one(about_itself(q)); }},
        {"promised.test", "", [](const auto& q) { return one(dns_reply(q, 0, 1)); }},
        {"runt.test", "", [](const auto&) { return one("?"); }},
        {"short.test", "", [](const auto& q) { return one(dns_reply(q, 0, 1) + dns_record(1, "\x7f")); }},
        {"mail.test", "", [](const auto& q) { return one(dns_reply(q, 0, 1) + dns_record(15, "xxxx")); }},
    };
    return all;
}

/// Beside the rows: "silent" names get no answer before the test lets go, all others are this machine.
struct names_fixture : client_fixture {
    bool released = false, ill = false;
    dns_server server{ex, [this](const dns_question& q) { return play(q); }};
    std::shared_ptr<resolver> system = std::make_shared<caching_resolver>(ex, clock, server.lookup());

    packets play(const dns_question& q)
    {
        for (const auto& r : rows())
            if (r.name == q.name)
                return r.play(q);
        if (q.name.starts_with("silent") && !released)
            return {};
        if (ill)
            return one(dns_reply(q, 2));
        auto another = dns_address(q, std::string_view("\xc0\0\x02\x07", 4));
        another[0] = static_cast<char>(another[0] ^ 1); // an answer to a question that nobody asked
        return {another, dns_address(q, loopback)};
    }

    exchange buy_at(const std::string& host)
    {
        auto s = settings(host);
        web = make_client(ex, clock, system, std::move(s)).value();
        return ask(purchase(), costly());
    }

    /// Not on a machine whose nsswitch.conf names no "dns".
    bool system_asks_us()
    {
        run(system->resolve("probe.test", "443", in(5s)));
        if (server.asked("probe.test") > 0)
            return true;
        BOOST_TEST_MESSAGE("this machine's names do not come from name servers");
        return false;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(names_, names_fixture)

BOOST_AUTO_TEST_CASE(n03_whatever_a_name_server_says_but_an_address_leaves_a_purchase_unsent)
{
    if (!system_asks_us())
        return;
    serve(answer_all);
    for (const auto& r : rows())
        BOOST_TEST_CONTEXT(r.name)
        {
            const auto x = buy_at(r.name);
            BOOST_TEST(server.asked(r.name) > 0);
            BOOST_TEST_REQUIRE(x.answer.has_error());
            BOOST_TEST(x.answer.error().code == errc::resolve_failed);
            BOOST_TEST(x.answer.error().message.find(r.says) != std::string::npos, x.answer.error().message);
            BOOST_TEST(x.answer.error().how_far == reach::not_sent);
            BOOST_TEST(!x.trace.handed_to_tls);
            BOOST_TEST(x.trace.reached == phase::resolve);
        }
    BOOST_TEST(provider->connections() == 0);
    BOOST_TEST(buy_at("api.provider.test").answer.has_value());
}

BOOST_AUTO_TEST_CASE(n03_a_silent_name_server_ends_a_purchase_unsent_and_delays_no_other)
{
    if (!system_asks_us())
        return;
    serve(answer_all);
    auto s = settings("silent.test");
    auto other = make_client(ex, clock, system, std::move(s)).value();
    const auto order = purchase();
    const auto how = costly();
    auto stuck = start(other->send(order, how));
    until([&] { return server.asked("silent.test") > 0; });
    BOOST_TEST(buy_at("api.provider.test").answer.has_value());
    BOOST_TEST(!stuck->ended());
    pass(11s);
    until([&] { return stuck->ended(); });
    BOOST_TEST_REQUIRE(stuck->get().answer.has_error());
    BOOST_TEST(stuck->get().answer.error().code == errc::timed_out);
    BOOST_TEST(stuck->get().answer.error().how_far == reach::not_sent);
    BOOST_TEST(stuck->get().trace.reached == phase::resolve);
    released = true;
}

BOOST_AUTO_TEST_CASE(n03_a_name_that_was_known_is_used_while_its_server_is_ill)
{
    if (!system_asks_us())
        return;
    serve(answer_all);
    BOOST_TEST(buy_at("api.provider.test").answer.has_value());
    const int before = server.asked("api.provider.test");
    ill = true;
    pass(2min);
    BOOST_TEST(buy_at("api.provider.test").answer.has_value());
    BOOST_TEST(server.asked("api.provider.test") > before);
    pass(61min);
    const auto x = buy_at("api.provider.test");
    BOOST_TEST_REQUIRE(x.answer.has_error());
    BOOST_TEST(x.answer.error().code == errc::resolve_failed);
    ill = false;
    BOOST_TEST(buy_at("api.provider.test").answer.has_value());
}

BOOST_AUTO_TEST_CASE(n04_an_answer_that_names_this_machine_is_refused_for_a_public_provider)
{
    if (!system_asks_us())
        return;
    serve(answer_all);
    auto s = settings();
    s.allow_private_addresses = false;
    web = make_client(ex, clock, system, std::move(s)).value();
    const auto x = ask(purchase(), costly());
    BOOST_TEST_REQUIRE(x.answer.has_error());
    BOOST_TEST(x.answer.error().code == errc::resolve_failed);
    BOOST_TEST(x.answer.error().message.find("127.0.0.1") != std::string::npos);
    BOOST_TEST(provider->connections() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
