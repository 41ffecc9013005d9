#include "sim/fixture.hpp"

using namespace sim_test;

namespace {

struct iletimerkezi_fixture : sim_fixture {
    using sim_fixture::sim_fixture;

    std::string type = "application/json";

    http::reply call(const std::string& operation, const std::string& rest = {}, const std::string& hash = "sim-hash")
    {
        auto body = R"({"request":{"authentication":{"key":"sim-key","hash":")" + hash + "\"}" +
                    (rest.empty() ? "" : "," + rest) + "}}";
        return ask("POST", "/iletimerkezi/v1/" + operation + "/json", {{"Content-Type", type}}, body);
    }

    static std::string order(const std::string& text, const std::string& numbers, const std::string& when = "[]",
                             const std::string& more = R"(,"iys":"0","iysList":"BIREYSEL")")
    {
        return R"("order":{"sender":"MARKA","sendDateTime":)" + when + more + R"(,"message":{"text":")" + text +
               R"(","receipents":{"number":)" + numbers + "}}}";
    }

    http::reply send(const std::string& text = "Merhaba",
                     const std::string& numbers = R"(["5551112233","+905552223344"])", const std::string& when = "[]")
    {
        return call("send-sms", order(text, numbers, when));
    }

    std::string sent_id()
    {
        auto id = at(send(), "/response/order/id");
        return id.substr(1, id.size() - 2);
    }

    std::string credit() { return at(call("get-balance"), "/response/balance/sms"); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(iletimerkezi_, iletimerkezi_fixture)

BOOST_AUTO_TEST_CASE(the_balance_is_the_documents_example)
{
    BOOST_TEST(
        call("get-balance").body ==
        R"({"response":{"status":{"code":200,"message":"İşlem başarılı"},"balance":{"amount":"0","sms":"18343"}}})");
    BOOST_TEST(mistakes() == "");
}

BOOST_AUTO_TEST_CASE(errors_are_mirrored_in_the_http_status)
{
    auto r = call("get-balance", "", "other");
    BOOST_TEST(r.status == 401);
    BOOST_TEST(r.body == R"({"response":{"status":{"code":401,"message":"Üyelik bilgileri hatalı"}}})");
    BOOST_TEST(call("get-balances").status == 404);
    BOOST_TEST(ask("GET", "/iletimerkezi/v1/get-balance/json").status == 404);
    BOOST_TEST(ask("POST", "/iletimerkezi/v1/get-balance/json", {{"Content-Type", type}}, "{").status == 400);
}

BOOST_AUTO_TEST_CASE(a_send_takes_all_three_forms_of_numbers)
{
    auto r = send("Merhaba", R"(["5551112233","905552223344","+90 555 333 44 55"])");
    BOOST_TEST(at(r, "/response/status/code") == "\"200\"");
    BOOST_TEST(line().at("effect").at("recipients") ==
               boost::json::parse(R"(["5551112233","5552223344","5553334455"])"));
    BOOST_TEST(mistakes() == "");
    BOOST_TEST(credit() == "\"18340\"");
}

BOOST_AUTO_TEST_CASE(the_same_text_to_the_same_people_within_ten_minutes_is_451)
{
    BOOST_TEST(send().status == 200);
    BOOST_TEST(send().status == 451);
    BOOST_TEST(line().at("effect").is_null());
    BOOST_TEST(send("Merhaba", R"(["+905552223344","5551112233"])").status == 451);
    BOOST_TEST(send("Merhabalar").status == 200);
    pass(10min);
    BOOST_TEST(send().status == 200);
}

BOOST_AUTO_TEST_CASE(validations_answer_with_their_own_codes)
{
    struct {
        std::string order;
        int code;
    } table[] = {
        {order("", R"(["5551112233"])"), 454},
        {order("x", "[]"), 452},
        {order("x", R"(["555111"])"), 452},
        {order(std::string(1'100, 'a'), R"(["5551112233"])"), 453},
        {order("x", R"(["5551112233"])", R"(["2026-11-22 10:00"])"), 457},
        {order("x", R"(["5551112233"])", "[]", ""), 468},
        {order("x", R"(["5551112233"])", "[]", R"(,"iys":"1")"), 469},
        {R"("order":{"sender":"","iys":"0","message":{"text":"x","receipents":{"number":["5551112233"]}}})", 459},
        {R"("order":{"sender":"ÇOKUZUNBAŞLIK","iys":"0","message":{"text":"x","receipents":{"number":["5551112233"]}}})",
         460},
        {R"("order":{"sender":"MARKA","iys":"0","message":{"text":"x","recipients":{"number":["5551112233"]}}})", 452},
    };
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.code << ' ' << t.order.substr(0, 200))
        {
            auto r = call("send-sms", t.order);
            BOOST_TEST(r.status == t.code);
            BOOST_TEST(at(r, "/response/status/code") == std::to_string(t.code));
            BOOST_TEST(line().at("effect").is_null());
        }
}

BOOST_AUTO_TEST_CASE(an_unapproved_sender_is_450)
{
    auto o = quiet_options();
    o.senders = {"eMarka"};
    iletimerkezi_fixture strict(o);
    BOOST_TEST(strict.send().status == 450);
    BOOST_TEST(at(strict.call("get-sender"), "/response/senders/sender/0") == "\"eMarka\"");
}

BOOST_AUTO_TEST_CASE(seconds_in_the_date_send_at_once)
{
    auto r = send("Merhaba", R"(["5551112233"])", R"(["23/11/2026 09:00:00"])");
    BOOST_TEST(r.status == 200);
    BOOST_TEST(line().at("effect").at("due").is_null());
    BOOST_TEST(mistakes().find("sends at once") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_scheduled_order_can_be_called_off_until_it_is_due)
{
    auto id = at(send("Merhaba", R"(["5551112233"])", R"("22/11/2026 12:10")"), "/response/order/id");
    BOOST_TEST(call("get-report", "\"order\":{\"id\":" + id + "}").status == 456);
    BOOST_TEST(call("cancel-order", "\"order\":{\"id\":" + id + "}").status == 200);
    BOOST_TEST(credit() == "\"18343\"");
    BOOST_TEST(at(call("get-report", "\"order\":{\"id\":" + id + "}"), "/response/order/status") == "115");
    auto now = sent_id();
    BOOST_TEST(call("cancel-order", "\"order\":{\"id\":" + now + "}").status == 455);
}

BOOST_AUTO_TEST_CASE(a_report_is_paged_and_numbers_come_with_plus_90)
{
    std::string numbers = "[";
    for (int i = 0; i < 2'500; ++i)
        numbers += (i ? ",\"" : "\"") + std::to_string(5551000000 + i) + '"';
    auto id = at(send("Merhaba", numbers + "]"), "/response/order/id");
    pass(3s);
    auto page = [&](int n) {
        return call("get-report", "\"order\":{\"id\":" + id + ",\"page\":" + std::to_string(n) + "}");
    };
    BOOST_TEST(parsed(page(1)).at_pointer("/response/order/message").as_array().size() == 1'000u);
    BOOST_TEST(parsed(page(3)).at_pointer("/response/order/message").as_array().size() == 500u);
    BOOST_TEST(at(page(1), "/response/order/message/0") == R"({"number":"+905551000000","status":111})");
    BOOST_TEST(at(page(1), "/response/order/status") == "114");
    BOOST_TEST(page(0).status == 464);
    BOOST_TEST(call("get-report", "\"order\":{\"id\":" + id + ",\"rowCount\":1001}").status == 422);
    BOOST_TEST(call("get-report", "\"order\":{\"id\":1}").status == 455);
}

BOOST_AUTO_TEST_CASE(those_not_reached_are_paid_back)
{
    fault("iletimerkezi.send-sms=undelivered:1*1");
    auto id = sent_id();
    BOOST_TEST(credit() == "\"18341\"");
    pass(3s);
    auto r = call("get-report", "\"order\":{\"id\":" + id + "}");
    BOOST_TEST(at(r, "/response/order/undelivered") == "1");
    BOOST_TEST(at(r, "/response/order/price") == "\"1\"");
    BOOST_TEST(credit() == "\"18342\"");
}

BOOST_AUTO_TEST_CASE(the_list_of_reports_goes_by_days)
{
    auto id = sent_id();
    auto r = call("get-reports", R"("filter":{"start":"2026-11-22","end":"2026-11-22","page":1})");
    BOOST_TEST(at(r, "/response/count") == "1");
    BOOST_TEST(at(r, "/response/orders/0/id") == id);
    BOOST_TEST(at(r, "/response/orders/0/submitAt") == "\"2026-11-22 12:00:00\"");
    BOOST_TEST(at(call("get-reports", R"("filter":{"start":"2026-11-20","end":"2026-11-21"})"), "/response/count") ==
               "0");
    BOOST_TEST(call("get-reports", R"("filter":{"start":"2026-11-01","end":"2026-11-22"})").status == 458);
}

BOOST_AUTO_TEST_CASE(the_blacklist_keeps_people_out)
{
    BOOST_TEST(call("add-blacklist", R"("blacklist":{"number":"5551112233"})").status == 200);
    BOOST_TEST(at(call("get-blacklist", R"("blacklist":{"page":1,"rowCount":5})"), "/response/blacklist") ==
               R"({"count":"1","number":["+905551112233"]})");
    send();
    BOOST_TEST(line().at("effect").at("recipients") == boost::json::parse(R"(["5552223344"])"));
    BOOST_TEST(send("Merhaba", R"(["5551112233"])").status == 452);
    BOOST_TEST(call("delete-blacklist", R"("blacklist":{"number":"5551112233"})").status == 200);
    BOOST_TEST(call("delete-blacklist", R"("blacklist":{"number":"5551112233"})").status == 466);
}

BOOST_AUTO_TEST_CASE(mistakes_are_written_down)
{
    type = "text/plain";
    call("get-balance");
    BOOST_TEST(mistakes().find("Content-Type") != std::string::npos);
    type = "application/json";
    call("get-balance", R"("order":{})");
    BOOST_TEST(mistakes().find("no key \"order\"") != std::string::npos);
    send("Merhaba", "[5551112233]");
    BOOST_TEST(mistakes().find("JSON int64") != std::string::npos);
    BOOST_TEST(boost::json::serialize(line()).find("sim-hash") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(faults_answer_a_code_or_leave_the_id_out)
{
    fault("iletimerkezi.send-sms=451*1");
    BOOST_TEST(send().status == 451);
    BOOST_TEST(line().at("effect").is_null());
    fault("iletimerkezi.send-sms=queue-id-missing*1");
    BOOST_TEST(at(send(), "/response/order") == "(nothing)");
    BOOST_TEST(!line().at("effect").is_null());
    fault("iletimerkezi.get-balance=code-text*1");
    BOOST_TEST(at(call("get-balance"), "/response/status/code") == "\"200\"");
    fault("iletimerkezi.*=code:503*1");
    BOOST_TEST(call("get-balance").status == 503);
}

BOOST_AUTO_TEST_SUITE_END()
