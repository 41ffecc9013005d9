// A provider that only exists here, made by the recipe for a new one: a folder (toy/) and a row in a table.
#include "clients_fixture.hpp"
#include "providers/account_factory.hpp"
#include "providers/common_account_keys.hpp"
#include "providers/toy/protocol_descriptor.hpp"
#include "yaml/node.hpp"

#include <algorithm>

BOOST_AUTO_TEST_SUITE(toy_)

using namespace std::chrono_literals;
using namespace ulak;
using namespace ulak::providers;
using tests::answer;
using tests::complete;

namespace {

// The built-in protocols and the toy: what registry.cpp would hold with one more include and row.
protocol_table table_with_toy()
{
    static const std::vector<protocol_descriptor> table = [] {
        std::vector<protocol_descriptor> all(protocols().begin(), protocols().end());
        all.push_back(toy::descriptor());
        return all;
    }();
    return table;
}

account_settings toy_settings()
{
    account_settings s;
    s.name = "box";
    s.provider = "toy";
    s.secrets.emplace("token", secret("canary-toy"));
    return s;
}

sms_order an_order()
{
    sms_order order;
    order.text = "merhaba";
    order.numbers.push_back(phone::parse("5551112233").value());
    return order;
}

struct toy_fixture : tests::clients_fixture {
    std::shared_ptr<account> box =
        make_account(toy_settings(), tests::client_of(plan), io.get_executor(), clock, nullptr, table_with_toy())
            .value();
};

std::vector<std::string> problems_of(const std::string& text)
{
    yaml::problems found;
    auto doc = yaml::parse(text, "x.yaml", found);
    BOOST_REQUIRE(doc);
    auto keys = common_account_keys(table_with_toy());
    for (const auto& own : find_protocol("toy", table_with_toy())->keys)
        keys.push_back(own);
    const auto shape = yaml::record("An account.", std::move(keys));
    yaml::check(*doc, *shape, found);
    const yaml::reader account(std::make_shared<const yaml::document>(std::move(*doc)), shape);
    find_protocol("toy", table_with_toy())->check_keys(account, found);
    std::vector<std::string> codes;
    for (const auto& p : found)
        codes.push_back(p.code);
    return codes;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_row_is_found_in_its_table_and_only_there)
{
    BOOST_TEST((find_protocol("toy", table_with_toy()) != nullptr));
    BOOST_TEST((find_protocol("toy") == nullptr));
    for (const auto& p : protocols())
        BOOST_TEST((find_protocol(p.name, table_with_toy()) != nullptr), p.name);
}

BOOST_AUTO_TEST_CASE(the_row_alone_makes_the_keys_known)
{
    BOOST_TEST(problems_of("provider: toy\ntoken: {secret: t}\n").empty());
    const std::vector<std::string> no_login{"U0601"}, unknown_key{"U0201"};
    BOOST_TEST(problems_of("provider: toy\n") == no_login);
    BOOST_TEST(problems_of("provider: toy\ntoken: {secret: t}\ntokem: x\n") == unknown_key);
}

BOOST_FIXTURE_TEST_CASE(capabilities_are_what_the_client_implements, toy_fixture)
{
    BOOST_TEST((box->sms && box->balances));
    BOOST_TEST((!box->numbers && !box->panel));
    BOOST_TEST(find_protocol("toy", table_with_toy())->sends_sms);
    BOOST_TEST(box->unit == "coins");
    BOOST_TEST(box->purchases == 1);
    BOOST_TEST(box->sms->max_recipients() == 10u);
    BOOST_TEST(!box->sms->needs_recipient_type());
}

BOOST_FIXTURE_TEST_CASE(settings_that_cannot_work_are_refused_by_name, toy_fixture)
{
    auto without_token = toy_settings();
    without_token.secrets.clear();
    const auto made =
        make_account(without_token, tests::client_of(plan), io.get_executor(), clock, nullptr, table_with_toy());
    BOOST_REQUIRE(!made);
    BOOST_TEST(made.error().message == "account box: toy needs a token");
    const auto unknown = make_account(toy_settings(), tests::client_of(plan), io.get_executor(), clock);
    BOOST_REQUIRE(!unknown);
    BOOST_TEST(unknown.error().message.starts_with("account box: no provider is called \"toy\""));
}

BOOST_FIXTURE_TEST_CASE(a_read_brings_the_balance, toy_fixture)
{
    expect("GET /balance toy.balance", answer(R"({"coins":"12.5"})"));
    const auto balance = run(box->balances->balance(soon()));
    BOOST_REQUIRE(balance);
    BOOST_TEST(balance->text() == "12.50 coins");
    BOOST_TEST(plan.asked.front().headers.front().second == "Bearer canary-toy");
}

BOOST_FIXTURE_TEST_CASE(every_end_of_a_send_has_its_classification, toy_fixture)
{
    struct row {
        http::exchange exchange;
        classification wanted;
    };
    for (const auto& [exchange, wanted] :
         {row{complete(answer(R"({"id":7})")), classification::accepted},
          row{complete(answer(R"({"error":"Yetersiz bakiye"})")), classification::rejected},
          row{complete(answer("{}", 401)), classification::rejected},
          row{complete(answer("", 429)), classification::rate_limited},
          row{complete(answer(R"({"id":null})")), classification::ambiguous},
          row{complete(tests::page(502)), classification::ambiguous},
          row{tests::failed(errc::connect_failed, http::phase::connect), classification::not_sent},
          row{tests::failed(errc::connection_lost, http::phase::written), classification::ambiguous}})
        BOOST_TEST_CONTEXT(name(wanted))
        {
            plan.expect("POST /messages toy.send").reply_with(exchange);
            const auto sent = run(box->sms->send(an_order(), buying()));
            BOOST_TEST(name(sent.classified_as) == name(wanted));
            BOOST_TEST(sent.value.has_value() == (wanted == classification::accepted));
        }
    BOOST_TEST(plan.asked.size() == 8u); // each of them went out once
    BOOST_TEST(std::all_of(plan.costly.begin(), plan.costly.end(), [](bool costly) { return costly; }));
    BOOST_TEST(plan.gates_passed == 8);
}

BOOST_FIXTURE_TEST_CASE(nothing_is_sent_through_a_closed_gate_or_without_a_number, toy_fixture)
{
    plan.expect("POST /messages");
    const auto closed = run(box->sms->send(an_order(), buying(tests::closed_gate)));
    BOOST_TEST(name(closed.classified_as) == "not_sent");
    BOOST_TEST(plan.gates_passed == 0);
    auto empty = an_order();
    empty.numbers.clear();
    const auto refused = run(box->sms->send(std::move(empty), buying()));
    BOOST_TEST(name(refused.classified_as) == "not_sent");
    BOOST_TEST(name(refused.failure->code) == "invalid_argument");
}

BOOST_FIXTURE_TEST_CASE(a_report_has_a_state_for_each_number, toy_fixture)
{
    expect("GET /messages/7 toy.report", answer(R"({"done":true,"to":[{"number":"5551112233","status":"ok"},
        {"number":"+905551112234","status":"lost"},{"number":5551112235,"status":"?"}]})"));
    const auto report = run(box->sms->report("7", soon()));
    BOOST_REQUIRE(report);
    BOOST_REQUIRE(report->entries.size() == 3u);
    using state = sms_report::delivery_state;
    BOOST_TEST((report->entries[0].state == state::delivered));
    BOOST_TEST((report->entries[1].state == state::undelivered));
    BOOST_TEST(report->entries[1].digits == "5551112234");
    BOOST_TEST((report->entries[2].state == state::waiting));
    BOOST_TEST(report->finished);
}

BOOST_FIXTURE_TEST_CASE(refused_logins_suspend_the_account_without_a_line_of_its_own, toy_fixture)
{
    plan.expect("GET /balance").reply_with(complete(answer(R"({"error":"invalid key"})"))).times(3);
    for (int i = 0; i < 3; ++i)
        BOOST_TEST(name(run(box->balances->balance(soon())).error().code) == "auth");
    BOOST_TEST(name(box->health->state()) == "suspended");
    BOOST_TEST(name(run(box->balances->balance(soon())).error().code) == "auth"); // and nobody is asked
    BOOST_TEST(plan.asked.size() == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
