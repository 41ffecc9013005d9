// The clients that send messages, over a scripted way: what they ask, in which order, what they remember.
#include "clients_fixture.hpp"
#include "providers/iletimerkezi/client.hpp"
#include "providers/toplusms/client.hpp"

BOOST_AUTO_TEST_SUITE(sms_clients_)

using namespace std::chrono_literals;
using namespace ulak;
using namespace ulak::providers;
using namespace ulak::tests;

namespace {

struct toplusms_fixture : clients_fixture {
    toplusms_fixture()
    {
        line->username = "5551112233";
        line->password_md5 = secret("54154d2f576e8bff5240f655796db074");
    }

    void by_url() { line->api_key = secret("k"); }

    std::shared_ptr<toplusms::account_session> line =
        std::make_shared<toplusms::account_session>(*way, clock, std::nullopt);
    toplusms::client sms{line};
};

struct ilet_fixture : clients_fixture {
    std::shared_ptr<iletimerkezi::account_session> line =
        std::make_shared<iletimerkezi::account_session>(*way, clock, std::nullopt, secret("k"), secret("h"));
    iletimerkezi::client sms{line};
};

sms_order order_of(std::size_t n)
{
    sms_order o;
    o.sender = "MARKA";
    o.text = "merhaba";
    o.numbers.assign(n, phone::parse("5551112233").value());
    return o;
}

// One page of a report of `total` lines.
http::response report_page(int from, int to, int total)
{
    std::string messages;
    for (int i = from; i < to; ++i)
        messages += (messages.empty() ? "" : ",") + std::string(R"({"number":")") + std::to_string(5'550'000'000 + i) +
                    R"(","status":"111"})";
    return answer(R"({"response":{"status":{"code":200},"order":{"id":"428","status":114,"total":)" +
                  std::to_string(total) + R"(,"message":[)" + messages + "]}}}");
}

/// A page of the list.
http::response orders(int from, int to)
{
    std::string all;
    for (int i = from; i < to; ++i)
        all += std::string(i > from ? "," : "") + "{\"id\":" + std::to_string(i) +
               R"(,"status":114,"total":"3","submitAt":"2026-11-22 11:59:30","sender":"MARKA"})";
    return answer(R"({"response":{"status":{"code":200},"orders":[)" + all + "]}}");
}

} // namespace

BOOST_FIXTURE_TEST_CASE(toplusms_reads_by_get_and_turns_to_empty_posts_once, toplusms_fixture)
{
    expect("GET .*profileDetails", answer("{}", 405));
    expect("POST .*profileDetails", saved("toplusms_profile"));
    expect("POST .*reports/112233", saved("toplusms_report"));
    BOOST_TEST(run(sms.balance(soon()))->text() == "5555 credits");
    BOOST_TEST(run(sms.report("112233", soon()))->entries.size() == 2u);
    asked({"GET /user/profileDetails", "POST /user/profileDetails", "POST /sms/reports/112233"});
    for (const auto& r : plan.asked)
        BOOST_TEST(r.body.empty());
}

BOOST_FIXTURE_TEST_CASE(toplusms_does_not_turn_where_the_other_way_is_refused_too, toplusms_fixture)
{
    expect("GET", answer("{}", 404));
    expect("POST", answer("{}", 404));
    BOOST_TEST(name(run(sms.report("9", soon())).error().code) == "not_found");
    BOOST_TEST(!line->reads_use_post);
    expect("GET", saved("toplusms_error"));
    BOOST_TEST(name(run(sms.balance(soon())).error().code) == "auth");
}

BOOST_FIXTURE_TEST_CASE(toplusms_speaks_its_url_api_with_a_key, toplusms_fixture)
{
    by_url();
    expect("GET /sms/send.apikey=k", saved("toplusms_send_by_url"));
    expect("GET /sms/reports/112233.apikey=k", saved("toplusms_report_by_url"));
    expect("GET /user/profileDetails.apikey=k", answer("{}", 405));
    BOOST_TEST(run(sms.send(order_of(100), buying())).value->queue_id == "112233");
    BOOST_TEST(plan.costly.back());
    BOOST_TEST(!!run(sms.report("112233", soon())));
    BOOST_TEST(!run(sms.balance(soon())));
    BOOST_TEST(sms.max_recipients() == 100u);
    BOOST_TEST(!sms.takes_validity());
    const auto o = run(sms.send(order_of(101), buying()));
    BOOST_TEST(name(o.classified_as) == "not_sent");
    BOOST_TEST(name(o.failure->code) == "invalid_argument");
}

BOOST_FIXTURE_TEST_CASE(a_lost_send_is_doubtful_and_a_refused_one_is_not, toplusms_fixture)
{
    plan.expect("send").reply_with(failed(errc::connection_lost, http::phase::writing));
    expect("send", saved("toplusms_error"));
    expect("send", answer("Yetersiz kredi"));
    expect("send", answer("{}", 429));
    for (const char* what : {"ambiguous", "rejected", "ambiguous", "rate_limited"})
        BOOST_TEST(name(run(sms.send(order_of(2), buying())).classified_as) == what);
}

BOOST_FIXTURE_TEST_CASE(segments_are_paced_before_the_send_and_outside_its_deadline, clients_fixture)
{
    yaml::rate_value rate;
    rate.per_second = 10;
    rate.unit = "segments";
    const auto line = std::make_shared<toplusms::account_session>(*way, clock, rate);
    line->api_key = secret("k");
    toplusms::client sms(line);
    expect("send", saved("toplusms_send"));
    expect("send", saved("toplusms_send"));
    auto twice = [](toplusms::client& c, async::clock& t) -> task<> {
        for (int i = 0; i < 2; ++i) {
            purchase_gate how(t.now() + 5s, open_gate);
            auto o = co_await c.send(order_of(100), std::move(how));
            BOOST_TEST(name(o.classified_as) == "accepted");
        }
    };
    const auto began = clock.now();
    start(twice(sms, clock));
    pass(60s);
    BOOST_REQUIRE(plan.asked_at.size() == 2u);
    BOOST_TEST((plan.asked_at[0] - began == 0s));
    BOOST_TEST((plan.asked_at[1] - began == 10s));
    BOOST_TEST((plan.deadlines[1] - plan.asked_at[1] == 5s));
}

BOOST_FIXTURE_TEST_CASE(iletimerkezi_reads_2500_lines_in_three_pages, ilet_fixture)
{
    expect("get-report", report_page(0, 1000, 2500));
    expect("get-report", report_page(1000, 2000, 2500));
    expect("get-report", report_page(2000, 2500, 2500));
    const auto report = run(sms.report("428", soon()));
    BOOST_REQUIRE(report);
    BOOST_TEST(report->entries.size() == 2500u);
    BOOST_TEST(report->finished);
    BOOST_TEST(*report->total == 2500);
    BOOST_TEST(report->entries.back().digits == "5550002499");
    for (int page = 1; page <= 3; ++page)
        BOOST_TEST(plan.asked[static_cast<std::size_t>(page) - 1].body.find("\"page\":" + std::to_string(page) + ",") !=
                   std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(iletimerkezi_stops_at_an_empty_page_and_at_a_failed_one, ilet_fixture)
{
    expect("get-report", report_page(0, 1000, 2500));
    expect("get-report", report_page(0, 0, 2500));
    BOOST_TEST(run(sms.report("428", soon()))->entries.size() == 1000u);
    expect("get-report", report_page(0, 1000, 2500));
    expect("get-report", tests::page());
    BOOST_TEST(name(run(sms.report("428", soon())).error().code) == "contract");
}

BOOST_FIXTURE_TEST_CASE(iletimerkezi_does_not_follow_an_endless_report, ilet_fixture)
{
    plan.expect("get-report").reply_with(complete(report_page(0, 1000, 1'000'000'000))).times(50);
    BOOST_TEST(run(sms.report("428", soon()))->entries.size() == 50'000u);
}

BOOST_FIXTURE_TEST_CASE(iletimerkezi_says_what_it_took_lately, ilet_fixture)
{
    expect("get-reports", orders(1, 31)); // a whole page may have another behind it
    expect("get-reports", orders(31, 42));
    const auto all = run(sms.recent_orders(10s));
    BOOST_TEST_REQUIRE(all.has_value());
    BOOST_TEST_REQUIRE(all->size() == 41u);
    BOOST_TEST(all->front().id == "1");
    BOOST_TEST(all->front().sender == "MARKA");
    BOOST_TEST(*all->front().total == 3);
    BOOST_TEST(rfc3339(*all->front().submitted).substr(0, 19) ==
               "2026-11-22T08:59:30"); // the provider's clock is ahead
    BOOST_TEST(plan.asked.at(0).body.find(R"("start":"2026-11-22","end":"2026-11-22","page":1)") != std::string::npos,
               plan.asked.at(0).body);
    BOOST_TEST(plan.asked.at(1).body.find(R"("page":2)") != std::string::npos);

    expect("get-reports", answer(R"({"response":{"status":{"code":200},"orders":[
        {"id":7,"sender":"MARKA","total":1,"submitAt":"22.11.2026 11:59"},{"id":null,"total":1},{"id":"8"}]}})"));
    const auto odd = run(sms.recent_orders(10s));
    BOOST_TEST_REQUIRE(odd->size() == 2u); // what has no id cannot be taken over
    BOOST_TEST(!odd->at(0).submitted.has_value());
    BOOST_TEST(!odd->at(1).total.has_value());

    expect("get-reports", answer(R"({"response":{"status":{"code":458,"message":"Tarih"}}})", 458));
    BOOST_TEST(name(run(sms.recent_orders(10s)).error().code) == "validation");
    plan.expect("get-reports").reply_with(complete(orders(1, 31))).times(100);
    const auto endless = run(sms.recent_orders(10s)); // it is not followed, and no part of it is taken for the whole
    BOOST_TEST(name(endless.error().code) == "unsupported");
    BOOST_TEST(endless.error().message.find("3000") != std::string::npos, endless.error().message);
}

BOOST_FIXTURE_TEST_CASE(each_page_of_iletimerkezis_list_has_its_own_time_and_all_of_them_a_longest, ilet_fixture)
{
    std::optional<result<std::vector<listed_sms>>> got;
    const auto read = [](iletimerkezi::client& c, std::optional<result<std::vector<listed_sms>>>& out) -> task<> {
        auto all = co_await c.recent_orders(10s);
        out.emplace(std::move(all));
    };
    plan.expect("get-reports").after(6s).reply_with(complete(orders(1, 31))).times(4);
    plan.expect("get-reports").after(6s).reply_with(complete(orders(31, 42)));
    start(read(sms, got));
    pass(31s);
    BOOST_TEST_REQUIRE(got.has_value());
    BOOST_TEST_REQUIRE(got->has_value());
    BOOST_TEST((*got)->size() == 4 * 30 + 11u);

    got.reset();
    plan.expect("get-reports").hang();
    start(read(sms, got));
    pass(11s);
    BOOST_TEST_REQUIRE(got.has_value());
    BOOST_TEST(name(got->error().code) == "timed_out");

    got.reset();
    plan.expect("get-reports").after(9s).reply_with(complete(orders(1, 31))).times(34);
    start(read(sms, got));
    pass(299s);
    BOOST_TEST(!got.has_value());
    pass(2s);
    BOOST_TEST_REQUIRE(got.has_value());
    BOOST_TEST(name(got->error().code) == "timed_out");
}

BOOST_FIXTURE_TEST_CASE(iletimerkezi_sends_cancels_and_lists, ilet_fixture)
{
    expect("send-sms", saved("iletimerkezi_send"));
    expect("send-sms", answer(R"({"response":{"status":{"code":451,"message":"Tekrar"}}})", 451));
    expect("cancel-order", saved("iletimerkezi_done"));
    expect("get-reports", saved("iletimerkezi_reports"));
    expect("get-sender", saved("iletimerkezi_senders"));
    expect("get-blacklist", saved("iletimerkezi_blacklist"));
    expect("add-blacklist", saved("iletimerkezi_done"));
    expect("delete-blacklist", saved("iletimerkezi_done"));
    BOOST_TEST(run(sms.send(order_of(2), buying())).value->queue_id == "428");
    const auto again = run(sms.send(order_of(2), buying()));
    BOOST_TEST(name(again.classified_as) == "rejected");
    BOOST_TEST(name(again.failure->code) == "duplicate");
    BOOST_TEST(!!run(sms.cancel_order("428", soon())));
    BOOST_TEST(run(sms.orders("2026-11-20", "2026-11-22", 1, soon()))->size() == 2u);
    BOOST_TEST(run(sms.senders(soon()))->size() == 2u);
    BOOST_TEST(run(sms.blacklist("", "", 1, soon()))->numbers.size() == 2u);
    BOOST_TEST(!!run(sms.add_to_blacklist(phone::parse("5551112233").value(), soon())));
    BOOST_TEST(!!run(sms.remove_from_blacklist(phone::parse("5551112233").value(), soon())));
}

BOOST_AUTO_TEST_SUITE_END()
