// The clients that sell numbers and follow orders, over a scripted way: what they ask, in which order, what they
// remember.
#include "clients_fixture.hpp"
#include "providers/detail/retrying_client.hpp"
#include "providers/smmonayim_numbers/client.hpp"
#include "providers/smmonayim_panel/client.hpp"
#include "providers/tamonay/client.hpp"

BOOST_AUTO_TEST_SUITE(number_clients_)

using namespace std::chrono_literals;
using namespace ulak;
using namespace ulak::providers;
using namespace ulak::tests;

namespace {

struct numbers_fixture : clients_fixture {
    std::shared_ptr<smmonayim_numbers::account_session> line =
        std::make_shared<smmonayim_numbers::account_session>(*way, secret("key"), std::nullopt);
    smmonayim_numbers::client numbers{line};
};

struct panel_fixture : clients_fixture {
    std::shared_ptr<smmonayim_panel::account_session> line =
        std::make_shared<smmonayim_panel::account_session>(*way, secret("k"));
    smmonayim_panel::client panel{line};
};

struct tamonay_fixture : clients_fixture {
    std::shared_ptr<const tamonay::account_session> line =
        std::make_shared<const tamonay::account_session>(*way, secret("t"), tamonay::wire::status_vocabulary());
    tamonay::client client{line};
};

task<> hand_over(task<result<number_status>> from, std::optional<result<number_status>>& out)
{
    auto came = co_await std::move(from);
    out.emplace(std::move(came));
}

} // namespace

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
    BOOST_TEST(name(run(numbers.order("12", "", buying())).classified_as) == "accepted");
    asked({"POST /key/getBalance", "GET /key/getBalance", "GET /key/getBalance", "GET /key/getNumber/12"});
}

BOOST_FIXTURE_TEST_CASE(a_purchase_finds_the_method_out_by_a_balance_and_goes_once, numbers_fixture)
{
    for (const int refusal : {404, 405, 419, 200}) {
        line->method.reset();
        plan.asked.clear();
        expect("POST .*getBalance", refusal == 200 ? tests::page() : answer("{}", refusal));
        expect("GET .*getBalance", saved("numbers_balance"));
        expect("GET .*getNumber", answer("{}", 405));
        const auto o = run(numbers.order("12", "", buying()));
        BOOST_TEST(name(o.classified_as) == "rejected");
        asked({"POST /key/getBalance", "GET /key/getBalance", "GET /key/getNumber/12"});
    }
}

BOOST_FIXTURE_TEST_CASE(no_number_is_bought_while_the_method_is_unknown, numbers_fixture)
{
    expect("getBalance", tests::page());
    expect("getBalance", tests::page());
    const auto o = run(numbers.order("12", "", buying()));
    BOOST_TEST(name(o.classified_as) == "not_sent");
    BOOST_REQUIRE(o.failure);
    BOOST_TEST(o.failure->message.find("web page") != std::string::npos);
    BOOST_TEST(plan.gates_passed == 0);
    BOOST_TEST(!line->method);
}

BOOST_FIXTURE_TEST_CASE(a_wrong_key_does_not_decide_the_method, numbers_fixture)
{
    expect("POST", answer("{}", 404));
    expect("GET", answer(R"({"success":false,"message":"Api key hatalı"})"));
    BOOST_TEST(name(run(numbers.balance(soon())).error().code) == "auth");
    BOOST_TEST(!line->method);
}

BOOST_FIXTURE_TEST_CASE(a_purchase_is_costly_and_passes_its_gate, numbers_fixture)
{
    line->method = http::method::post;
    expect("getNumber", saved("numbers_order"));
    const auto o = run(numbers.order("12", "", buying()));
    BOOST_REQUIRE(o.value);
    BOOST_TEST(o.value->id == "100");
    BOOST_TEST(plan.gates_passed == 1);
    BOOST_TEST(plan.costly.back());
    BOOST_TEST((plan.deadlines.back() == clock.now() + 90s));
    expect("getNumber", saved("numbers_order"));
    const auto stopped = run(numbers.order("12", "", buying(closed_gate)));
    BOOST_TEST(name(stopped.classified_as) == "not_sent");
    BOOST_TEST(name(stopped.failure->code) == "unavailable");
}

BOOST_FIXTURE_TEST_CASE(a_purchase_without_an_answer_is_doubtful, numbers_fixture)
{
    line->method = http::method::post;
    plan.expect("getNumber").reply_with(failed(errc::timed_out, http::phase::written));
    const auto o = run(numbers.order("12", "", buying()));
    BOOST_TEST(name(o.classified_as) == "ambiguous");
    BOOST_TEST(!o.value);
    BOOST_TEST(name(o.failure->code) == "timed_out");
    BOOST_TEST(plan.asked.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(numbers_are_given_back_and_listed, numbers_fixture)
{
    line->method = http::method::get;
    expect("cancelNumber", saved("numbers_cancel"));
    expect("getCategories", saved("numbers_categories"));
    expect("getServices/1", saved("numbers_services"));
    expect("getServices/2", answer("[]"));
    expect("getServiceDetails/1", saved("numbers_details"));
    expect("getServiceDetails/2", answer("[]"));
    expect("getServiceDetails/2", saved("numbers_details"));
    BOOST_TEST(!!run(numbers.cancel("100", soon())));
    const auto services = run(numbers.services(soon()));
    BOOST_TEST_REQUIRE(services->size() == 2u);
    BOOST_TEST(services->at(0).price->text() == "8.00 TRY"); // each has its price on a page of its own
    BOOST_TEST(*services->at(0).stock == 190);
    BOOST_TEST(!services->at(1).price.has_value()); // and one that has none is listed all the same
    BOOST_TEST(run(numbers.offer("2", soon()))->price->text() == "2.00 TRY");
    BOOST_TEST(name(run(numbers.recent_orders(1, soon())).error().code) == "unsupported");
    BOOST_TEST(numbers.can_cancel());
}

BOOST_FIXTURE_TEST_CASE(a_long_list_is_filled_in_as_far_as_anybody_waits, numbers_fixture)
{
    line->method = http::method::get;
    std::string list;
    for (int i = 1; i <= 150; ++i)
        list += std::string(i > 1 ? "," : "") + "{\"id\":" + std::to_string(i) + ",\"name\":\"S\",\"category\":1}";
    expect("getCategories", answer(R"([{"id":1,"name":"Whatsapp"}])"));
    expect("getServices/1", answer("[" + list + "]"));
    plan.expect("getServiceDetails").reply_with(complete(answer("[]"))).times(100);
    BOOST_TEST(run(numbers.services(soon()))->size() == 150u);
    expect("getCategories", answer(R"([{"id":1,"name":"Whatsapp"}])"));
    expect("getServices/1", answer(R"([{"id":1,"name":"S","price":"3","stock":4},{"id":2,"name":"T"}])"));
    plan.expect("getServiceDetails/2").reply_with(failed(errc::timed_out, http::phase::written));
    const auto some = run(numbers.services(soon()));
    BOOST_TEST_REQUIRE(some->size() == 2u);
    BOOST_TEST(some->at(0).price->text() == "3.00 TRY");
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

BOOST_FIXTURE_TEST_CASE(the_panel_is_asked_for_its_currency_before_its_prices_are_believed, panel_fixture)
{
    expect("balance", answer(R"({"balance":"5","currency":"TL"})"));
    expect("services", saved("panel_services"));
    expect("services", saved("panel_services"));
    expect("balance", answer(R"({"balance":"5","currency":"EUR"})"));
    expect("services", saved("panel_services"));
    BOOST_TEST(run(panel.services(soon()))->front().price->unit == "TRY");
    BOOST_TEST(run(panel.services(soon()))->front().price->unit == "TRY");
    BOOST_TEST(run(panel.balance(soon()))->unit == "EUR");
    BOOST_TEST(run(panel.services(soon()))->front().price->unit == "EUR");
}

BOOST_FIXTURE_TEST_CASE(a_panel_that_names_no_currency_is_paid_in_the_accounts_unit, panel_fixture)
{
    line->unit = "TRY";
    expect("balance", answer(R"({"balance":"5"})"));
    expect("services", saved("panel_services"));
    BOOST_TEST(run(panel.services(soon()))->front().price->unit == "TRY");
}

BOOST_FIXTURE_TEST_CASE(a_currency_that_cannot_be_read_makes_no_prices, panel_fixture)
{
    expect("balance", answer(R"({"error":"Invalid API key"})"));
    BOOST_TEST(name(run(panel.services(soon())).error().code) == "auth");
}

BOOST_FIXTURE_TEST_CASE(the_panel_places_an_order_once, panel_fixture)
{
    panel_order o;
    o.service = "1";
    o.link = "https://example.com/p";
    BOOST_TEST(name(run(panel.add(o, buying())).classified_as) == "not_sent");
    o.quantity = 100;
    expect("add", saved("panel_add"));
    expect("add", answer(R"({"error":"Not enough funds on balance"})"));
    expect("add", tests::page());
    BOOST_TEST(run(panel.add(o, buying())).value->order_id == "23501");
    BOOST_TEST(name(run(panel.add(o, buying())).classified_as) == "rejected");
    BOOST_TEST(name(run(panel.add(o, buying())).classified_as) == "ambiguous");
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
    BOOST_TEST((run(client.poll("123", soon()))->state == number_status::sms_state::waiting));
    const auto done = answer(R"({"success":true,"data":{"id":123,"status":"completed"}})");
    expect("POST", done); // and no code: the order's own page may show it
    expect("GET", saved("tamonay_news"));
    BOOST_TEST(run(client.poll("123", soon()))->code == "012345");
    expect("POST", done);
    expect("GET", done);
    BOOST_TEST((run(client.poll("123", soon()))->state == number_status::sms_state::unreadable));
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
    BOOST_TEST(name(run(client.order("whatsapp", "", buying())).classified_as) == "not_sent");
    expect("GET /orders.per_page=50", saved("tamonay_orders_paged"));
    BOOST_TEST(run(client.recent_orders(1, soon()))->size() == 2u);
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

BOOST_FIXTURE_TEST_CASE(polls_whose_key_is_refused_in_words_suspend_the_account_but_none_that_waits_does,
                        numbers_fixture)
{
    retry_policy manners;
    manners.health = std::make_shared<account_health>();
    const auto patient = make_retrying_client(client_of(plan), clock, manners);
    smmonayim_numbers::client client(
        std::make_shared<smmonayim_numbers::account_session>(*patient, secret("key"), http::method::get));
    const auto refused = answer(R"({"success":false,"message":"API key"})");
    const auto waiting = answer(R"({"id":100,"status":0,"title":"no valid API key yet"})");
    for (const auto& r : {refused, refused, waiting, refused, refused, refused})
        expect("getMessage", r);
    for (int i = 0; i < 5; ++i)
        (void)run(client.poll("100", soon()));
    BOOST_TEST(name(manners.health->state()) == "ready");
    BOOST_TEST(name(run(client.poll("100", soon())).error().code) == "auth");
    BOOST_TEST(name(manners.health->state()) == "suspended");
}

BOOST_FIXTURE_TEST_CASE(of_two_answers_to_one_poll_the_last_is_told, numbers_fixture)
{
    const auto patient = make_retrying_client(client_of(plan), clock, retry_policy());
    smmonayim_numbers::client client(
        std::make_shared<smmonayim_numbers::account_session>(*patient, secret("key"), http::method::get));
    expect("getMessage", answer("{}", 503));
    expect("getMessage", answer("{}", 401));
    std::optional<result<number_status>> told;
    start(hand_over(client.poll("100", soon()), told));
    pass(2s);
    BOOST_TEST_REQUIRE(told.has_value());
    BOOST_TEST(name(told->error().code) == "auth");
}

BOOST_AUTO_TEST_SUITE_END()
