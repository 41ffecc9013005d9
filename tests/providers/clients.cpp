// The five clients over a scripted way: what they ask, in which order, and what they remember.
#include "providers/iletimerkezi/client.hpp"
#include "providers/smmonayim_numbers/client.hpp"
#include "providers/smmonayim_panel/client.hpp"
#include "providers/tamonay/client.hpp"
#include "providers/toplusms/client.hpp"
#include "sample.hpp"
#include "support/loop_fixture.hpp"
#include "support/scripted_client.hpp"

using namespace std::chrono_literals;
using namespace ulak;
using namespace ulak::providers;
using tests::answer;
using tests::complete;
using tests::failed;
using tests::saved;

namespace {

using lines = std::vector<std::string>;

task<result<void>> open_gate()
{
    result<void> go;
    co_return go;
}

task<result<void>> closed_gate()
{
    co_return error(errc::unavailable, "the journal is full");
}

struct clients_fixture : tests::loop_fixture {
    purchase buying(http::dispatch_gate gate = open_gate) { return purchase(clock.now() + 90s, std::move(gate)); }
    async::steady_point soon() { return clock.now() + 30s; }
    void expect(const char* pattern, http::response r) { plan.expect(pattern).reply_with(complete(std::move(r))); }
    void asked(lines wanted) { BOOST_TEST(plan.lines() == wanted, boost::test_tools::per_element()); }

    tests::script plan{clock};
    std::unique_ptr<http::client> way = tests::client_of(plan);
};

struct numbers_fixture : clients_fixture {
    std::shared_ptr<smmonayim_numbers::line> line =
        std::make_shared<smmonayim_numbers::line>(*way, secret("key"), std::nullopt);
    smmonayim_numbers::client numbers{line};
};

struct toplusms_fixture : clients_fixture {
    toplusms_fixture()
    {
        line->username = "5551112233";
        line->password_md5 = secret("54154d2f576e8bff5240f655796db074");
    }

    void by_url() { line->api_key = secret("k"); }

    std::shared_ptr<toplusms::line> line = std::make_shared<toplusms::line>(*way, clock, std::nullopt);
    toplusms::client sms{line};
};

struct ilet_fixture : clients_fixture {
    std::shared_ptr<iletimerkezi::line> line =
        std::make_shared<iletimerkezi::line>(*way, clock, std::nullopt, secret("k"), secret("h"));
    iletimerkezi::client sms{line};
};

struct panel_fixture : clients_fixture {
    std::shared_ptr<smmonayim_panel::line> line = std::make_shared<smmonayim_panel::line>(*way, secret("k"));
    smmonayim_panel::client panel{line};
};

struct tamonay_fixture : clients_fixture {
    std::shared_ptr<const tamonay::line> line =
        std::make_shared<const tamonay::line>(*way, secret("t"), tamonay::wire::vocabulary());
    tamonay::client client{line};
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

} // namespace

BOOST_AUTO_TEST_SUITE(clients_)

BOOST_FIXTURE_TEST_CASE(the_method_is_post_where_that_is_answered, numbers_fixture)
{
    expect("getBalance", saved("numbers_balance"));
    expect("getMessage", saved("numbers_message"));
    BOOST_TEST(run(numbers.balance(soon()))->text() == "100.00 TRY");
    BOOST_TEST(run(numbers.poll("100", soon()))->code == "110547");
    asked({"POST /key/getBalance", "POST /key/getMessage/100"});
}

BOOST_FIXTURE_TEST_CASE(the_method_becomes_get_where_post_is_refused_and_that_is_remembered, numbers_fixture)
{
    expect("getBalance", tests::page(405));
    expect("getBalance", saved("numbers_balance"));
    expect("getBalance", saved("numbers_balance"));
    expect("getNumber", saved("numbers_order"));
    BOOST_TEST(!!run(numbers.balance(soon())));
    BOOST_TEST(!!run(numbers.balance(soon())));
    BOOST_TEST(name(run(numbers.order("12", "", buying())).what) == "accepted");
    asked({"POST /key/getBalance", "GET /key/getBalance", "GET /key/getBalance", "GET /key/getNumber/12"});
}

BOOST_FIXTURE_TEST_CASE(a_purchase_finds_the_method_out_by_a_balance_and_goes_once, numbers_fixture)
{
    for (const int refusal : {404, 405, 419, 200}) {
        line->verb.reset();
        plan.asked.clear();
        expect("POST .*getBalance", refusal == 200 ? tests::page() : answer("{}", refusal));
        expect("GET .*getBalance", saved("numbers_balance"));
        expect("GET .*getNumber", answer("{}", 405));
        const auto o = run(numbers.order("12", "", buying()));
        BOOST_TEST(name(o.what) == "rejected");
        asked({"POST /key/getBalance", "GET /key/getBalance", "GET /key/getNumber/12"});
    }
}

BOOST_FIXTURE_TEST_CASE(no_number_is_bought_while_the_method_is_unknown, numbers_fixture)
{
    expect("getBalance", tests::page());
    expect("getBalance", tests::page());
    const auto o = run(numbers.order("12", "", buying()));
    BOOST_TEST(name(o.what) == "not_sent");
    BOOST_REQUIRE(o.why);
    BOOST_TEST(o.why->message.find("web page") != std::string::npos);
    BOOST_TEST(plan.gates_passed == 0);
    BOOST_TEST(!line->verb);
}

BOOST_FIXTURE_TEST_CASE(a_wrong_key_does_not_decide_the_method, numbers_fixture)
{
    expect("POST", answer("{}", 404));
    expect("GET", answer(R"({"success":false,"message":"Api key hatalı"})"));
    BOOST_TEST(name(run(numbers.balance(soon())).error().code) == "auth");
    BOOST_TEST(!line->verb);
}

BOOST_FIXTURE_TEST_CASE(a_purchase_is_costly_and_passes_its_gate, numbers_fixture)
{
    line->verb = http::method::post;
    expect("getNumber", saved("numbers_order"));
    const auto o = run(numbers.order("12", "", buying()));
    BOOST_REQUIRE(o.value);
    BOOST_TEST(o.value->id == "100");
    BOOST_TEST(plan.gates_passed == 1);
    BOOST_TEST(plan.costly.back());
    BOOST_TEST((plan.deadlines.back() == clock.now() + 90s));
    expect("getNumber", saved("numbers_order"));
    const auto stopped = run(numbers.order("12", "", buying(closed_gate)));
    BOOST_TEST(name(stopped.what) == "not_sent");
    BOOST_TEST(name(stopped.why->code) == "unavailable");
}

BOOST_FIXTURE_TEST_CASE(a_purchase_without_an_answer_is_doubtful, numbers_fixture)
{
    line->verb = http::method::post;
    plan.expect("getNumber").reply_with(failed(errc::timed_out, http::phase::written));
    const auto o = run(numbers.order("12", "", buying()));
    BOOST_TEST(name(o.what) == "ambiguous");
    BOOST_TEST(!o.value);
    BOOST_TEST(name(o.why->code) == "timed_out");
    BOOST_TEST(plan.asked.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(numbers_are_given_back_and_listed, numbers_fixture)
{
    line->verb = http::method::get;
    expect("cancelNumber", saved("numbers_cancel"));
    expect("getCategories", saved("numbers_categories"));
    expect("getServices/1", saved("numbers_services"));
    expect("getServices/2", answer("[]"));
    expect("getServiceDetails/2", saved("numbers_details"));
    BOOST_TEST(!!run(numbers.cancel("100", soon())));
    BOOST_TEST(run(numbers.services(soon()))->size() == 2u);
    BOOST_TEST(run(numbers.offer("2", soon()))->price->text() == "2.00 TRY");
    BOOST_TEST(name(run(numbers.recent(soon())).error().code) == "unsupported");
    BOOST_TEST(numbers.can_cancel());
}

BOOST_FIXTURE_TEST_CASE(toplusms_reads_by_get_and_turns_to_empty_posts_once, toplusms_fixture)
{
    expect("GET .*profileDetails", answer("{}", 405));
    expect("POST .*profileDetails", saved("toplusms_profile"));
    expect("POST .*reports/112233", saved("toplusms_report"));
    BOOST_TEST(run(sms.balance(soon()))->text() == "5555 credits");
    BOOST_TEST(run(sms.report("112233", soon()))->lines.size() == 2u);
    asked({"GET /user/profileDetails", "POST /user/profileDetails", "POST /sms/reports/112233"});
    for (const auto& r : plan.asked)
        BOOST_TEST(r.body.empty());
}

BOOST_FIXTURE_TEST_CASE(toplusms_does_not_turn_where_the_other_way_is_refused_too, toplusms_fixture)
{
    expect("GET", answer("{}", 404));
    expect("POST", answer("{}", 404));
    BOOST_TEST(name(run(sms.report("9", soon())).error().code) == "not_found");
    BOOST_TEST(!line->reads_by_post);
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
    BOOST_TEST(sms.most_numbers() == 100u);
    BOOST_TEST(!sms.takes_validity());
    const auto o = run(sms.send(order_of(101), buying()));
    BOOST_TEST(name(o.what) == "not_sent");
    BOOST_TEST(name(o.why->code) == "invalid_argument");
}

BOOST_FIXTURE_TEST_CASE(a_lost_send_is_doubtful_and_a_refused_one_is_not, toplusms_fixture)
{
    plan.expect("send").reply_with(failed(errc::connection_lost, http::phase::writing));
    expect("send", saved("toplusms_error"));
    expect("send", answer("Yetersiz kredi"));
    expect("send", answer("{}", 429));
    for (const char* what : {"ambiguous", "rejected", "ambiguous", "rate_limited"})
        BOOST_TEST(name(run(sms.send(order_of(2), buying())).what) == what);
}

BOOST_FIXTURE_TEST_CASE(segments_are_paced_before_the_send_and_outside_its_deadline, clients_fixture)
{
    yaml::rate_value rate;
    rate.per_second = 10;
    rate.what = "segments";
    const auto line = std::make_shared<toplusms::line>(*way, clock, rate);
    line->api_key = secret("k");
    toplusms::client sms(line);
    expect("send", saved("toplusms_send"));
    expect("send", saved("toplusms_send"));
    auto twice = [](toplusms::client& c, async::clock& t) -> task<> {
        for (int i = 0; i < 2; ++i) {
            purchase how(t.now() + 5s, open_gate);
            auto o = co_await c.send(order_of(100), std::move(how));
            BOOST_TEST(name(o.what) == "accepted");
        }
    };
    const auto began = clock.now();
    start(twice(sms, clock));
    pass(60s);
    BOOST_REQUIRE(plan.asked_at.size() == 2u);
    BOOST_TEST((plan.asked_at[0] - began == 9s));
    BOOST_TEST((plan.asked_at[1] - began == 19s));
    BOOST_TEST((plan.deadlines[1] - plan.asked_at[1] == 5s));
}

BOOST_FIXTURE_TEST_CASE(iletimerkezi_reads_2500_lines_in_three_pages, ilet_fixture)
{
    expect("get-report", report_page(0, 1000, 2500));
    expect("get-report", report_page(1000, 2000, 2500));
    expect("get-report", report_page(2000, 2500, 2500));
    const auto report = run(sms.report("428", soon()));
    BOOST_REQUIRE(report);
    BOOST_TEST(report->lines.size() == 2500u);
    BOOST_TEST(report->finished);
    BOOST_TEST(*report->total == 2500);
    BOOST_TEST(report->lines.back().digits == "5550002499");
    for (int page = 1; page <= 3; ++page)
        BOOST_TEST(plan.asked[static_cast<std::size_t>(page) - 1].body.find("\"page\":" + std::to_string(page) + ",") !=
                   std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(iletimerkezi_stops_at_an_empty_page_and_at_a_failed_one, ilet_fixture)
{
    expect("get-report", report_page(0, 1000, 2500));
    expect("get-report", report_page(0, 0, 2500));
    BOOST_TEST(run(sms.report("428", soon()))->lines.size() == 1000u);
    expect("get-report", report_page(0, 1000, 2500));
    expect("get-report", tests::page());
    BOOST_TEST(name(run(sms.report("428", soon())).error().code) == "contract");
}

BOOST_FIXTURE_TEST_CASE(iletimerkezi_does_not_follow_an_endless_report, ilet_fixture)
{
    plan.expect("get-report").reply_with(complete(report_page(0, 1000, 1'000'000'000))).times(50);
    BOOST_TEST(run(sms.report("428", soon()))->lines.size() == 50'000u);
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
    BOOST_TEST(name(again.what) == "rejected");
    BOOST_TEST(name(again.why->code) == "duplicate");
    BOOST_TEST(!!run(sms.cancel_order("428", soon())));
    BOOST_TEST(run(sms.orders("2026-11-20", "2026-11-22", 1, soon()))->size() == 2u);
    BOOST_TEST(run(sms.senders(soon()))->size() == 2u);
    BOOST_TEST(run(sms.blacklist("", "", 1, soon()))->numbers.size() == 2u);
    BOOST_TEST(!!run(sms.add_to_blacklist(phone::parse("5551112233").value(), soon())));
    BOOST_TEST(!!run(sms.remove_from_blacklist(phone::parse("5551112233").value(), soon())));
}

BOOST_FIXTURE_TEST_CASE(the_panel_asks_for_one_order_and_for_a_hundred_at_a_time, panel_fixture)
{
    expect("panel.status", saved("panel_status"));
    BOOST_TEST(run(panel.status({"7"}, soon()))->size() == 1u);
    BOOST_TEST(plan.asked.back().body.ends_with("&order=7"));
    expect("panel.statuses", answer(R"({"1":{"status":"Completed"}})"));
    expect("panel.statuses", answer(R"({"150":{"status":"Pending"}})"));
    expect("panel.status ?", answer(R"({"status":"Pending"})"));
    std::vector<std::string> ids;
    for (int i = 1; i <= 201; ++i)
        ids.push_back(std::to_string(i));
    BOOST_TEST(run(panel.status(ids, soon()))->size() == 3u);
    BOOST_TEST(plan.asked.back().body.ends_with("&order=201"));
}

BOOST_FIXTURE_TEST_CASE(the_panel_remembers_its_currency, panel_fixture)
{
    expect("services", saved("panel_services"));
    expect("balance", answer(R"({"balance":"5","currency":"TRY"})"));
    expect("services", saved("panel_services"));
    BOOST_TEST(run(panel.services(soon()))->front().price->unit == "USD");
    BOOST_TEST(run(panel.balance(soon()))->unit == "TRY");
    BOOST_TEST(run(panel.services(soon()))->front().price->unit == "TRY");
}

BOOST_FIXTURE_TEST_CASE(the_panel_places_an_order_once, panel_fixture)
{
    panel_order o;
    o.service = "1";
    o.link = "https://example.com/p";
    BOOST_TEST(name(run(panel.add(o, buying())).what) == "not_sent");
    o.quantity = 100;
    expect("add", saved("panel_add"));
    expect("add", answer(R"({"error":"Not enough funds on balance"})"));
    expect("add", tests::page());
    BOOST_TEST(run(panel.add(o, buying())).value->order_id == "23501");
    BOOST_TEST(name(run(panel.add(o, buying())).what) == "rejected");
    BOOST_TEST(name(run(panel.add(o, buying())).what) == "ambiguous");
}

BOOST_FIXTURE_TEST_CASE(tamonay_polls_by_an_update_and_looks_at_the_order_when_that_brings_no_code, tamonay_fixture)
{
    const auto active = answer(R"({"success":true,"data":{"id":123,"status":"active"}})");
    expect("POST /orders/123/update-status", saved("tamonay_news"));
    BOOST_TEST(run(client.poll("123", soon()))->code == "012345");
    expect("POST /orders/123/update-status", active);
    expect("GET /orders/123", saved("tamonay_news"));
    BOOST_TEST(run(client.poll("123", soon()))->code == "012345");
    expect("POST", active);
    expect("GET", tests::page());
    BOOST_TEST((run(client.poll("123", soon()))->what == number_news::state::waiting));
    expect("POST", answer(R"({"success":false,"message":"x"})", 400));
    expect("GET", active);
    BOOST_TEST(!!run(client.poll("123", soon())));
    expect("POST", answer(R"({"message":"Unauthenticated."})", 401));
    BOOST_TEST(name(run(client.poll("123", soon())).error().code) == "auth");
}

BOOST_FIXTURE_TEST_CASE(tamonay_orders_lists_and_cannot_cancel, tamonay_fixture)
{
    expect("POST /orders", saved("tamonay_order", 201));
    BOOST_TEST(run(client.order("1", "turkcell", buying())).value->number == "+905551234567");
    BOOST_TEST(plan.asked.back().body == R"({"service_id":1,"operator":"turkcell"})");
    BOOST_TEST(name(run(client.order("whatsapp", "", buying())).what) == "not_sent");
    expect("GET /orders.per_page=50", saved("tamonay_orders_paged"));
    BOOST_TEST(run(client.recent(soon()))->size() == 2u);
    expect("/services", saved("tamonay_services"));
    BOOST_TEST(*run(client.offer("1", soon()))->stock == 100);
    expect("/services", saved("tamonay_services"));
    BOOST_TEST(name(run(client.offer("2", soon())).error().code) == "not_found");
    expect("/categories", saved("tamonay_categories"));
    expect("/categories/1/services", saved("tamonay_services"));
    expect("/balance/history", saved("tamonay_history"));
    expect("/user", saved("tamonay_user"));
    BOOST_TEST(run(client.categories(soon()))->size() == 1u);
    BOOST_TEST(run(client.services_of("1", soon()))->size() == 1u);
    BOOST_TEST(run(client.history(soon()))->size() == 1u);
    BOOST_TEST(run(client.balance(soon()))->text() == "150.00 TRY");
    BOOST_TEST(name(run(client.cancel("123", soon())).error().code) == "unsupported");
    BOOST_TEST(!client.can_cancel());
}

BOOST_AUTO_TEST_SUITE_END()
