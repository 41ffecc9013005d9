// Accounts that fail or whose login is refused: who is held back, who is not, and who is told.
#include "providers/detail/circuit_breaker.hpp"
#include "providers/account_factory.hpp"
#include "providers/detail/retrying_client.hpp"

#include "sample.hpp"
#include "support/loop_fixture.hpp"
#include "support/scripted_client.hpp"

BOOST_AUTO_TEST_SUITE(circuit_breaker_)

using namespace std::chrono_literals;
using namespace ulak;
using tests::answer;
using tests::complete;
using tests::failed;

namespace {

struct remembering_sink final : events::sink {
    void publish(const events::event& e) override { told.push_back(e); }
    std::vector<std::string> names() const
    {
        std::vector<std::string> out;
        for (const auto& e : told)
            out.push_back(e.name);
        return out;
    }
    std::vector<events::event> told;
};

struct standing_fixture : tests::loop_fixture {
    enum class kind { read, costly, settling };

    standing_fixture()
    {
        providers::retry_policy s;
        s.account = "ilet";
        s.provider = "iletimerkezi";
        s.random01 = [] { return 1.0; };
        s.health = state;
        s.events_out = &heard;
        s.refuses_login = [](const http::response& r) { return r.body == "bad key"; };
        way = providers::make_retrying_client(tests::client_of(plan), clock, std::move(s));
    }

    task<> ask(kind what, std::chrono::milliseconds time, std::size_t at)
    {
        http::send_options options(clock.now() + time);
        options.check = test ? &test : nullptr;
        options.costly = what == kind::costly;
        options.priority = what == kind::settling;
        http::request r(http::method::get, "/x", "x");
        auto e = co_await way->send(r, options);
        got[at].emplace(std::move(e));
        ended[at] = clock.now();
    }

    /// Begins one; its place in `got`.
    std::size_t begin(kind what, std::chrono::milliseconds time = 30s,
                      boost::asio::cancellation_signal* signal = nullptr)
    {
        got.emplace_back();
        ended.emplace_back();
        start(ask(what, time, got.size() - 1), signal);
        return got.size() - 1;
    }

    void expect(http::exchange e, int times = 1) { plan.expect("/x").reply_with(std::move(e)).times(times); }
    std::string_view state_name() const { return name(state->state()); }
    int status(std::size_t at) const { return got[at] && got[at]->answer ? got[at]->answer->status : 0; }
    error why(std::size_t at) const { return got[at]->answer.error(); }
    long seconds_since_start(async::steady_point t) const
    {
        return std::chrono::duration_cast<std::chrono::seconds>(t - began).count();
    }

    /// Five costly calls that were refused the connection.
    void fail()
    {
        expect(failed(errc::connect_failed, http::phase::connect), 5);
        for (int i = 0; i < 5; ++i)
            begin(kind::costly);
        BOOST_TEST(state_name() == "failing");
        plan.asked.clear();
        plan.asked_at.clear();
        got.clear();
        ended.clear();
        began = clock.now();
    }

    void suspend()
    {
        expect(complete(answer("{}", 401)), 3);
        for (int i = 0; i < 3; ++i)
            begin(kind::read);
        BOOST_TEST(state_name() == "suspended");
        plan.asked.clear();
        plan.asked_at.clear();
        got.clear();
        ended.clear();
        began = clock.now();
    }

    tests::script plan{clock};
    std::shared_ptr<providers::account_health> state = std::make_shared<providers::account_health>();
    remembering_sink heard;
    http::response_check test{};
    std::unique_ptr<http::client> way;
    std::vector<std::optional<http::exchange>> got;
    std::vector<async::steady_point> ended;
    async::steady_point began = clock.now();
};

using kind = standing_fixture::kind;

} // namespace

BOOST_FIXTURE_TEST_CASE(n01_reads_wait_for_one_probe_and_all_go_when_it_is_answered, standing_fixture)
{
    fail();
    for (int i = 0; i < 4; ++i)
        begin(kind::read);
    pass(4s);
    BOOST_TEST(plan.asked.empty());
    plan.expect("/x").reply_with(complete(answer("{}"))).after(2s);
    expect(complete(answer("{}")), 3);
    pass(2s);
    BOOST_TEST(plan.asked.size() == 1u); // the probe
    pass(3s);
    BOOST_TEST(plan.asked.size() == 4u);
    for (std::size_t i = 0; i < 4; ++i)
        BOOST_TEST(status(i) == 200);
    BOOST_TEST(state_name() == "ready");
    BOOST_TEST((heard.names() == std::vector<std::string>{"account.failing", "account.recovered"}));
    BOOST_TEST(heard.told[0].account == "ilet");
    BOOST_TEST(heard.told[0].provider == "iletimerkezi");
    BOOST_TEST(heard.told[0].message.find("the next try is in 5 s") != std::string::npos, heard.told[0].message);
}

BOOST_FIXTURE_TEST_CASE(a_read_that_cannot_wait_for_the_probe_says_that_the_account_is_failing, standing_fixture)
{
    fail();
    begin(kind::read, 3s);
    settle();
    BOOST_REQUIRE(got[0]);
    BOOST_TEST(name(why(0).code) == "transient");
    BOOST_TEST(name(why(0).how_far) == "not_sent");
    BOOST_TEST(!got[0]->trace.handed_to_tls);
    BOOST_REQUIRE(why(0).retry_after);
    BOOST_TEST((*why(0).retry_after == 5s));
    BOOST_TEST(plan.asked.empty());
}

BOOST_FIXTURE_TEST_CASE(a_purchase_waits_for_half_of_its_time_and_keeps_the_rest_for_the_answer, standing_fixture)
{
    fail();
    begin(kind::costly, 90s);
    begin(kind::costly, 8s); // which cannot wait
    settle();
    BOOST_REQUIRE(got[1]);
    BOOST_TEST(name(why(1).code) == "transient");
    BOOST_TEST(name(why(1).how_far) == "not_sent");
    expect(complete(answer("{}")));
    pass(6s);
    BOOST_TEST(status(0) == 200);
    BOOST_TEST(plan.costly.back());
    BOOST_TEST(state_name() == "ready");
}

BOOST_FIXTURE_TEST_CASE(polls_and_cancels_are_never_held_back_and_bring_the_account_back, standing_fixture)
{
    fail();
    expect(failed(errc::connect_failed, http::phase::connect), 3);
    for (int i = 0; i < 3; ++i)
        begin(kind::settling, 900ms);
    BOOST_TEST(plan.asked.size() == 3u);
    BOOST_TEST((state->next_probe() == began + 5s));
    begin(kind::read);
    expect(complete(answer("{}")), 2);
    begin(kind::settling);
    pass(1s);
    BOOST_TEST(status(3) == 200); // the read did not wait for the rest to end
    BOOST_TEST(status(4) == 200);
    BOOST_TEST(state_name() == "ready");
}

BOOST_FIXTURE_TEST_CASE(a_probe_that_is_stopped_makes_room_for_another, standing_fixture)
{
    fail();
    boost::asio::cancellation_signal signal;
    begin(kind::read, 60s, &signal);
    begin(kind::read, 60s);
    plan.expect("/x").hang();
    pass(6s);
    BOOST_TEST(plan.asked.size() == 1u);
    expect(complete(answer("{}")));
    signal.emit(boost::asio::cancellation_type::terminal);
    pass(1s);
    BOOST_TEST(plan.asked.size() == 2u);
    BOOST_TEST(status(1) == 200);
}

BOOST_FIXTURE_TEST_CASE(a_failing_probe_makes_the_rest_longer, standing_fixture)
{
    fail();
    begin(kind::read, 120s);
    expect(complete(answer("{}", 503)), 3);
    expect(complete(answer("{}")));
    pass(120s);
    std::vector<long> at;
    for (const auto t : plan.asked_at)
        at.push_back(seconds_since_start(t));
    BOOST_TEST(at == (std::vector<long>{5, 15, 35, 75}), boost::test_tools::per_element());
    BOOST_TEST(status(0) == 200);
}

BOOST_FIXTURE_TEST_CASE(n23_a_login_that_is_refused_three_times_suspends_the_account, standing_fixture)
{
    suspend();
    BOOST_TEST((heard.names() == std::vector<std::string>{"account.suspended"}));
    for (const auto what : {kind::read, kind::costly}) {
        const auto at = begin(what);
        BOOST_REQUIRE(got[at]);
        BOOST_TEST(name(why(at).code) == "auth");
        BOOST_TEST(name(why(at).how_far) == "not_sent");
        BOOST_TEST(why(at).message.find("ulakctl balance ilet") != std::string::npos);
        BOOST_TEST(why(at).message.find("HTTP 401") != std::string::npos);
    }
    pass(24h);
    begin(kind::read);
    BOOST_TEST(plan.asked.empty());
}

BOOST_FIXTURE_TEST_CASE(n23_a_provider_that_refuses_the_login_in_words_is_understood, standing_fixture)
{
    expect(complete(answer("bad key")), 2);
    expect(complete(answer("{}")));
    expect(complete(answer("bad key")), 3);
    for (int i = 0; i < 6; ++i)
        begin(kind::read);
    BOOST_TEST(state_name() == "suspended");
}

BOOST_FIXTURE_TEST_CASE(n23_polls_of_a_suspended_account_go_slowly_and_an_answer_ends_the_suspension, standing_fixture)
{
    suspend();
    expect(complete(answer("{}", 401)), 3);
    for (int i = 0; i < 3; ++i)
        begin(kind::settling);
    begin(kind::settling, 8s); // whose turn would come after 15 s
    pass(11s);
    std::vector<long> at;
    for (const auto t : plan.asked_at)
        at.push_back(seconds_since_start(t));
    BOOST_TEST(at == (std::vector<long>{0, 5, 10}), boost::test_tools::per_element());
    BOOST_REQUIRE(got[3]);
    BOOST_TEST(name(why(3).code) == "auth");
    expect(complete(answer("{}")), 2);
    begin(kind::settling);
    pass(5s);
    BOOST_TEST(state_name() == "ready");
    BOOST_TEST(status(begin(kind::read)) == 200);
    BOOST_TEST(heard.names().back() == "account.resumed");
}

BOOST_FIXTURE_TEST_CASE(n23_a_person_may_have_it_tried_again, standing_fixture)
{
    suspend();
    providers::account one;
    one.name = "ilet";
    one.health = state;
    const auto told = providers::reset_breaker(one, clock.wall_now());
    BOOST_REQUIRE(told);
    BOOST_TEST(told->name == "account.resumed");
    BOOST_TEST(!providers::reset_breaker(one, clock.wall_now()));
    expect(complete(answer("{}", 403)));
    begin(kind::read);
    BOOST_TEST(state_name() == "suspended"); // at once
    providers::reset_breaker(one, clock.wall_now());
    expect(complete(answer("{}")), 2);
    begin(kind::read);
    BOOST_TEST(status(begin(kind::read)) == 200);
}

BOOST_FIXTURE_TEST_CASE(n20_a_wish_for_time_holds_the_whole_account, standing_fixture)
{
    auto slow = answer("{}", 429);
    slow.headers.emplace_back("Retry-After", "20");
    expect(complete(slow));
    begin(kind::costly, 90s);
    BOOST_TEST(status(0) == 429);
    const auto impatient = begin(kind::read, 10s);
    BOOST_TEST(name(why(impatient).code) == "rate_limited");
    BOOST_TEST((why(impatient).retry_after == std::optional(20s)));
    const auto patient = begin(kind::read, 30s);
    const auto buyer = begin(kind::costly, 90s);
    expect(complete(answer("{}")));
    const auto settling = begin(kind::settling);
    BOOST_TEST(status(settling) == 200);
    expect(complete(answer("{}")), 2);
    pass(21s);
    BOOST_TEST(status(patient) == 200);
    BOOST_TEST(status(buyer) == 200);
    BOOST_TEST(seconds_since_start(ended[patient]) == 20);
}

BOOST_FIXTURE_TEST_CASE(n20_a_purchase_that_cannot_wait_hears_the_provider_itself, standing_fixture)
{
    auto slow = answer("{}", 429);
    slow.headers.emplace_back("Retry-After", "3600");
    expect(complete(slow), 2);
    begin(kind::costly, 90s);
    begin(kind::costly, 90s);
    BOOST_TEST(status(1) == 429);
}

BOOST_FIXTURE_TEST_CASE(what_never_reached_anybody_says_nothing, standing_fixture)
{
    for (const auto code : {errc::cancelled, errc::invalid_argument, errc::unavailable})
        for (int i = 0; i < 3; ++i) {
            expect(failed(code, http::phase::dispatch));
            begin(kind::costly);
        }
    expect(failed(errc::timed_out, http::phase::resolve), 9); // no free connection: `began` was never set
    for (auto& step : plan.steps)
        step.reply->trace.closed_by = http::close_reason::timeout;
    for (int i = 0; i < 9; ++i)
        begin(kind::costly);
    BOOST_TEST(state_name() == "ready");
    BOOST_TEST(heard.told.empty());
}

BOOST_FIXTURE_TEST_CASE(a_bad_certificate_is_not_asked_again_and_counts, standing_fixture)
{
    expect(failed(errc::tls_failed, http::phase::tls), 5);
    for (int i = 0; i < 5; ++i) {
        const auto at = begin(kind::read);
        BOOST_TEST(name(why(at).code) == "tls_failed");
    }
    BOOST_TEST(plan.asked.size() == 5u);
    BOOST_TEST(state_name() == "failing");
}

BOOST_FIXTURE_TEST_CASE(the_callers_own_reading_of_an_answer_decides_about_the_login, standing_fixture)
{
    test = [](const http::response& r) { return r.body == "who are you" ? std::optional(errc::auth) : std::nullopt; };
    expect(complete(answer("bad key")), 3); // what would be a refusal of a call that is not read by its caller
    expect(complete(answer("who are you")), 3);
    for (int i = 0; i < 5; ++i)
        begin(kind::settling);
    BOOST_TEST(state_name() == "ready");
    begin(kind::settling);
    BOOST_TEST(state_name() == "suspended");
    BOOST_TEST((heard.names() == std::vector<std::string>{"account.suspended"}));
}

BOOST_AUTO_TEST_SUITE_END()
