#include "providers/detail/calls.hpp"

#include "clients_fixture.hpp"

BOOST_AUTO_TEST_SUITE(calls_)

using namespace std::chrono_literals;
using namespace ulak;
using namespace ulak::providers;
using tests::answer;
using tests::complete;
using tests::failed;

namespace {

http::request a_request()
{
    return http::request(http::method::get, "/x", "x");
}

result<std::string> read_body(const http::response& r)
{
    if (r.body == "no")
        return error(errc::no_stock, "sold out", reach::answered);
    if (r.body == "login")
        return error(errc::auth, "who are you", reach::answered);
    if (r.body.empty())
        return error(errc::contract, "neither", reach::answered);
    return r.body;
}

// Remembers how it was asked, and asks the check about its answer as often as it is told to.
class checking_client final : public http::client {
  public:
    using client::send;
    task<> send(const http::request&, const http::send_options& options, std::optional<http::exchange>& out) override
    {
        priority = options.priority;
        costly = options.costly;
        out.emplace(complete(answer(body)));
        for (int i = 0; options.check && i < checks; ++i)
            checked = (*options.check)(*out->answer);
        co_return;
    }
    std::string body = "yes";
    int checks = 0;
    bool priority = false, costly = false;
    std::optional<errc> checked{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_read_gives_the_answer_whatever_it_says, tests::clients_fixture)
{
    expect("GET /x", answer("odd", 404));
    const auto got = run(send_read(*way, a_request(), soon()));
    BOOST_REQUIRE(got);
    BOOST_TEST(got->status == 404);
    plan.expect("GET /x").reply_with(failed(errc::connection_lost, http::phase::written));
    BOOST_TEST(name(run(send_read(*way, a_request(), soon())).error().code) == "connection_lost");
    for (const bool costly : plan.costly)
        BOOST_TEST(!costly);
}

BOOST_FIXTURE_TEST_CASE(only_complete_answers_are_read, tests::clients_fixture)
{
    expect("GET /x", answer("yes"));
    expect("GET /x", answer("no"));
    plan.expect("GET /x").reply_with(failed(errc::timed_out, http::phase::written));
    BOOST_TEST(run(send_and_read(*way, a_request(), soon(), read_body)).value() == "yes");
    BOOST_TEST(name(run(send_and_read(*way, a_request(), soon(), read_body)).error().code) == "no_stock");
    BOOST_TEST(name(run(send_and_read(*way, a_request(), soon(), read_body)).error().code) == "timed_out");
}

BOOST_FIXTURE_TEST_CASE(a_priority_call_says_so_and_a_read_does_not, tests::clients_fixture)
{
    checking_client client;
    BOOST_TEST(!!run(send_priority(client, a_request(), soon())));
    BOOST_TEST(client.priority);
    BOOST_TEST(!!run(send_read(client, a_request(), soon())));
    BOOST_TEST(!client.priority);
    BOOST_TEST(!client.costly);
}

BOOST_FIXTURE_TEST_CASE(a_priority_answer_is_read_for_the_breaker_and_for_the_caller_at_once, tests::clients_fixture)
{
    checking_client client;
    int reads = 0;
    auto read = [&reads](const http::response& r) {
        ++reads;
        return read_body(r);
    };
    client.checks = 1;
    BOOST_TEST(run(send_priority_and_read(client, a_request(), soon(), read)).value() == "yes");
    BOOST_TEST(reads == 1);
    BOOST_TEST(!client.checked);
    client.body = "login";
    BOOST_TEST(name(run(send_priority_and_read(client, a_request(), soon(), read)).error().code) == "auth");
    BOOST_TEST((client.checked == errc::auth));
    BOOST_TEST(reads == 2);
    client.checks = 0; // a client without a breaker
    client.body = "later";
    BOOST_TEST(run(send_priority_and_read(client, a_request(), soon(), read)).value() == "later");
    BOOST_TEST(reads == 3);
}

BOOST_FIXTURE_TEST_CASE(a_purchase_is_costly_goes_once_and_is_classified, tests::clients_fixture)
{
    struct row {
        http::exchange exchange;
        std::string_view wanted, code;
    };
    const row rows[] = {{complete(answer("yes")), "accepted", ""},
                        {complete(answer("no")), "rejected", "no_stock"},
                        {complete(answer("")), "ambiguous", "contract"},
                        {complete(answer("yes", 500)), "ambiguous", "ambiguous"},
                        {failed(errc::connect_failed, http::phase::connect), "not_sent", "connect_failed"},
                        {failed(errc::timed_out, http::phase::written), "ambiguous", "timed_out"}};
    for (const auto& [exchange, wanted, code] : rows)
        BOOST_TEST_CONTEXT(wanted << " " << code)
        {
            plan.expect("GET /x").reply_with(exchange);
            const auto done = run(send_purchase<std::string>(*way, a_request(), buying(), read_body));
            BOOST_TEST(name(done.classified_as) == wanted);
            BOOST_TEST(done.value.has_value() == (wanted == "accepted"));
            BOOST_TEST((done.failure ? name(done.failure->code) : "") == code);
            BOOST_TEST(!done.evidence.empty());
        }
    BOOST_TEST(plan.asked.size() == std::size(rows));
    for (const bool costly : plan.costly)
        BOOST_TEST(costly);
}

BOOST_FIXTURE_TEST_CASE(a_closed_gate_means_nothing_was_sent, tests::clients_fixture)
{
    plan.expect("GET /x");
    const auto done = run(send_purchase<std::string>(*way, a_request(), buying(tests::closed_gate), read_body));
    BOOST_TEST(name(done.classified_as) == "not_sent");
    BOOST_TEST(name(done.failure->code) == "unavailable");
    BOOST_TEST(plan.gates_passed == 0);
}

BOOST_AUTO_TEST_CASE(what_never_began_was_not_sent)
{
    const auto o = not_sent_outcome<int>(error(errc::invalid_argument, "no numbers"));
    BOOST_TEST(name(o.classified_as) == "not_sent");
    BOOST_TEST(o.failure->message == "no numbers");
    BOOST_TEST(!o.value.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
