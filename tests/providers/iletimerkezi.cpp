#include "providers/iletimerkezi/read.hpp"

#include "providers/iletimerkezi/codes.hpp"
#include "sample.hpp"

BOOST_AUTO_TEST_SUITE(iletimerkezi_)

using namespace ulak;
using namespace ulak::providers;
using namespace ulak::providers::iletimerkezi;
using ulak::tests::answer;
using ulak::tests::saved;
using state = sms_report::delivery_state;

namespace {

const wire::login someone{"k", "h"};
const std::string login_json = R"({"request":{"authentication":{"key":"k","hash":"h"})";

sms_order order_of(bool commercial)
{
    sms_order o;
    o.sender = "MARKA";
    o.text = "Doğrulama \"kodunuz\": 123456";
    o.commercial = commercial;
    o.recipient_type = commercial ? "TACIR" : "";
    o.numbers = {phone::parse("5551112233").value(), phone::parse("5552223344").value()};
    return o;
}

std::string with_code(const std::string& code, const std::string& rest = {})
{
    return R"({"response":{"status":{"code":)" + code + R"(,"message":"Açıklama"})" + rest + "}}";
}

std::string report_with(const std::string& order)
{
    return with_code("200", R"(,"order":{"id":"428",)" + order + "}");
}

} // namespace

BOOST_AUTO_TEST_CASE(the_hash_is_an_hmac_of_the_key_by_the_secret)
{
    BOOST_TEST(wire::hash_of("507caf2e1fcdb5eea9786332ca2d8785", std::string(40, 's')) ==
               "02d64a19edae8591d5b17f63257a93efc67cdbe3cd4202f0448fa73f596287d4");
}

BOOST_AUTO_TEST_CASE(several_texts_go_as_an_array_each_with_its_own_numbers)
{
    auto order = order_of(false);
    order.text = "Sayin Ali";
    order.numbers = {phone::parse("5551112233").value()};
    order.further.emplace_back();
    order.further.back().text = "Sayin Veli";
    order.further.back().numbers = {phone::parse("5552223344").value()};
    BOOST_TEST(wire::check_order(order).has_value());
    const auto body = wire::send_sms(someone, order).body;
    BOOST_TEST(body.find(R"("message":[{"text":"Sayin Ali","receipents":{"number":["5551112233"]}},)"
                         R"({"text":"Sayin Veli","receipents":{"number":["5552223344"]}}])") != std::string::npos,
               body);
    order.further.back().text.clear();
    BOOST_TEST(!wire::check_order(order).has_value());
    order.further.back().text = "x";
    order.further.back().numbers.clear();
    BOOST_TEST(!wire::check_order(order).has_value());
}

BOOST_AUTO_TEST_CASE(every_call_is_json_with_the_login_inside)
{
    const auto number = phone::parse("5551112233").value();
    struct row {
        http::request r;
        std::string call, rest;
    };
    const row rows[] = {
        {wire::get_balance(someone), "get-balance", ""},
        {wire::get_report(someone, "428", 2), "get-report", R"(,"order":{"id":"428","page":2,"rowCount":1000})"},
        {wire::cancel_order(someone, "428"), "cancel-order", R"(,"order":{"id":"428"})"},
        {wire::get_reports(someone, "2026-11-20", "2026-11-22", 1), "get-reports",
         R"(,"filter":{"start":"2026-11-20","end":"2026-11-22","page":1})"},
        {wire::get_sender(someone), "get-sender", ""},
        {wire::get_blacklist(someone, "", "", 1), "get-blacklist", R"(,"blacklist":{"page":1,"rowCount":1000})"},
        {wire::get_blacklist(someone, "2026-11-20 00:00:00", "2026-11-22 00:00:00", 2), "get-blacklist",
         R"(,"blacklist":{"filter":{"start":"2026-11-20 00:00:00","end":"2026-11-22 00:00:00"},"page":2,"rowCount":1000})"},
        {wire::add_blacklist(someone, number), "add-blacklist", R"(,"blacklist":{"number":"5551112233"})"},
        {wire::delete_blacklist(someone, number), "delete-blacklist", R"(,"blacklist":{"number":"5551112233"})"},
    };
    for (const auto& [r, call, rest] : rows)
        BOOST_TEST_CONTEXT(call)
        {
            BOOST_TEST(name(r.verb) == "POST");
            BOOST_TEST(r.target == "/" + call + "/json");
            BOOST_TEST(r.body == login_json + rest + "}}");
            BOOST_TEST((r.headers == http::header_list{{"Content-Type", "application/json"}}));
            BOOST_TEST(r.label == "iletimerkezi." + call);
        }
}

BOOST_AUTO_TEST_CASE(a_send_keeps_the_misspelt_name_and_says_what_it_is)
{
    const std::string message =
        R"("message":{"text":"Doğrulama \"kodunuz\": 123456","receipents":{"number":["5551112233","5552223344"]}})";
    BOOST_TEST(wire::send_sms(someone, order_of(false)).body ==
               login_json + R"(,"order":{"sender":"MARKA","sendDateTime":"","iys":"0","iysList":"BIREYSEL",)" +
                   message + "}}}");
    BOOST_TEST(wire::send_sms(someone, order_of(true)).body ==
               login_json + R"(,"order":{"sender":"MARKA","sendDateTime":"","iys":"1","iysList":"TACIR",)" + message +
                   "}}}");
    BOOST_TEST(wire::send_sms(someone, order_of(true)).body == wire::send_sms(someone, order_of(true)).body);
    BOOST_TEST(wire::send_sms(someone, order_of(true)).target == "/send-sms/json");
}

BOOST_AUTO_TEST_CASE(orders_that_would_be_refused_are_not_sent)
{
    BOOST_TEST(!!wire::check_order(order_of(true)));
    BOOST_TEST(!!wire::check_order(order_of(false)));
    auto o = order_of(true);
    o.recipient_type = "HERKES";
    BOOST_TEST(!wire::check_order(o));
    o = order_of(false);
    o.numbers.clear();
    BOOST_TEST(!wire::check_order(o));
    o.numbers.assign(50'001, phone::parse("5551112233").value());
    BOOST_TEST(!wire::check_order(o));
}

BOOST_AUTO_TEST_CASE(the_documents_balance_is_read)
{
    BOOST_TEST(wire::read_balance(saved("iletimerkezi_balance"), wire::balance_field::credit)->text() ==
               "18343 credits");
    BOOST_TEST(wire::read_balance(saved("iletimerkezi_balance"), wire::balance_field::money)->text() == "0.00 TRY");
}

BOOST_AUTO_TEST_CASE(a_refused_login_says_the_three_things_to_look_at)
{
    for (const auto& r : {saved("iletimerkezi_error", 401), saved("iletimerkezi_error"), tests::page(401),
                          tests::page(403), answer("", 401)})
        BOOST_TEST_CONTEXT(r.status << r.body)
        {
            const auto e = wire::read_balance(r, wire::balance_field::credit).error();
            BOOST_TEST(name(e.code) == "auth");
            for (const char* part : {"key", "hash", "API kullanımına izin", "IP"})
                BOOST_TEST(e.message.find(part) != std::string::npos, e.message);
        }
}

BOOST_AUTO_TEST_CASE(a_send_is_accepted_whatever_the_type_of_its_code_and_id)
{
    for (const std::string& body :
         {with_code("200", R"(,"order":{"id":428})"), with_code("\"200\"", R"(,"order":{"id":"428"})"),
          std::string(R"({"response":{"order":{"id":"428"}}})")})
        BOOST_TEST_CONTEXT(body)
        {
            const auto receipt = wire::read_send(answer(body));
            BOOST_REQUIRE(receipt);
            BOOST_TEST(receipt->queue_id == "428");
        }
}

BOOST_AUTO_TEST_CASE(codes_are_understood_as_integers_and_texts)
{
    struct row {
        int code;
        const char* means;
    };
    for (const auto& [code, means] :
         {row{400, "validation"}, row{401, "auth"},       row{402, "balance"},    row{404, "not_found"},
          row{422, "validation"}, row{450, "validation"}, row{451, "duplicate"},  row{452, "validation"},
          row{453, "validation"}, row{454, "validation"}, row{455, "not_found"},  row{457, "validation"},
          row{460, "validation"}, row{466, "validation"}, row{468, "validation"}, row{469, "validation"},
          row{470, "validation"}, row{503, "contract"},   row{113, "contract"},   row{777, "contract"}})
        for (const auto& written : {std::to_string(code), "\"" + std::to_string(code) + "\""})
            for (const int status : {200, code >= 400 && code < 500 ? code : 200})
                BOOST_TEST_CONTEXT(written << " under " << status)
                {
                    const auto e = wire::read_send(answer(with_code(written), status)).error();
                    BOOST_TEST(name(e.code) == means);
                    BOOST_TEST((e.code == errc::contract || e.provider_code == std::to_string(code)));
                }
}

BOOST_AUTO_TEST_CASE(a_send_that_is_neither_yes_nor_no_is_a_breach_of_contract)
{
    for (const std::string& body :
         {with_code("200"), with_code("200", R"(,"order":{"id":0})"), with_code("200", R"(,"order":{"id":null})"),
          with_code("200", R"(,"order":[])"), std::string("{}"), std::string(R"({"response":[]})"), std::string("[]"),
          with_code("200", R"(,"order":{"id":"x1"})")})
        BOOST_TEST(name(wire::read_send(answer(body)).error().code) == "contract", body);
    const auto both = wire::read_send(answer(with_code("451", R"(,"order":{"id":5})"))).error();
    BOOST_TEST(name(both.code) == "ambiguous"); // an order that was made, by its own word
    BOOST_TEST(name(wire::read_send(answer(with_code("503"), 503)).error().code) == "contract");
    BOOST_TEST(name(wire::read_balance(answer(with_code("503"), 503), wire::balance_field::credit).error().code) ==
               "transient");
}

BOOST_AUTO_TEST_CASE(a_report_is_read_in_both_of_its_dialects)
{
    const auto report = wire::read_report(saved("iletimerkezi_report"), "428");
    BOOST_REQUIRE(report);
    BOOST_TEST(report->finished);
    BOOST_TEST(*report->total == 3);
    BOOST_TEST(report->cost->text() == "0.21");
    BOOST_REQUIRE(report->entries.size() == 3u);
    BOOST_TEST(report->entries[0].digits == "5551112233");
    BOOST_TEST((report->entries[0].state == state::delivered));
    BOOST_TEST(report->entries[1].digits == "5552223344");
    BOOST_TEST((report->entries[1].state == state::undelivered));
    BOOST_TEST(report->entries[2].digits == "5553334455");
    BOOST_TEST((report->entries[2].state == state::waiting));
}

BOOST_AUTO_TEST_CASE(a_single_message_may_come_without_its_list)
{
    const auto report =
        wire::read_report(answer(report_with(R"("status":113,"message":{"number":5551112233,"status":110})")), "428");
    BOOST_REQUIRE(report);
    BOOST_TEST(report->entries.size() == 1u);
    BOOST_TEST(!report->finished);
}

BOOST_AUTO_TEST_CASE(a_failed_order_has_delivered_nothing_that_still_waits)
{
    const auto report = wire::read_report(
        answer(report_with(
            R"("status":115,"message":[{"number":"5551112233","status":110},{"number":"5552223344","status":111}])")),
        "428");
    BOOST_REQUIRE(report);
    BOOST_TEST(report->finished);
    BOOST_TEST((report->entries[0].state == state::undelivered));
    BOOST_TEST((report->entries[1].state == state::delivered));
}

BOOST_AUTO_TEST_CASE(not_due_yet_is_a_report_without_lines_and_unknown_is_not_found)
{
    const auto early = wire::read_report(answer(with_code("456"), 456), "428");
    BOOST_REQUIRE(early);
    BOOST_TEST(!early->finished);
    BOOST_TEST(early->entries.empty());
    BOOST_TEST(name(wire::read_report(answer(with_code("455"), 455), "428").error().code) == "not_found");
    BOOST_TEST(name(wire::read_acknowledgement(answer(with_code("\"455\""), 455)).error().code) == "not_found");
    BOOST_TEST(name(wire::read_report(answer(report_with(R"("status":114)")), "429").error().code) == "contract");
}

BOOST_AUTO_TEST_CASE(lists_are_read)
{
    BOOST_TEST(!!wire::read_acknowledgement(saved("iletimerkezi_done")));
    const auto orders = wire::read_reports(saved("iletimerkezi_reports"));
    BOOST_REQUIRE(orders);
    BOOST_REQUIRE(orders->size() == 2u);
    BOOST_TEST(orders->front().id == "428");
    BOOST_TEST(*orders->back().waiting == 1);
    BOOST_TEST(wire::read_senders(saved("iletimerkezi_senders"))->size() == 2u);
    BOOST_TEST(wire::read_senders(answer(with_code("200", R"(,"senders":{"sender":"eMarka"})")))->size() == 1u);
    const auto black = wire::read_blacklist(saved("iletimerkezi_blacklist"));
    BOOST_REQUIRE(black);
    BOOST_TEST(*black->count == 2);
    BOOST_TEST(black->numbers.front() == "5551112233");
}

BOOST_AUTO_TEST_SUITE_END()
