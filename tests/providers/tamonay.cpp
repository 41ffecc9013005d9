#include "providers/tamonay/read.hpp"

#include "providers/detail/answer.hpp"
#include "sample.hpp"

BOOST_AUTO_TEST_SUITE(tamonay_)

using namespace ulak;
using namespace ulak::providers;
using namespace ulak::providers::tamonay;
using ulak::tests::answer;
using ulak::tests::saved;
using state = number_status::sms_state;

namespace {

const http::header_list bearer{{"Authorization", "Bearer token-1"}};

number_status news(const std::string& body, const wire::status_vocabulary& words = {})
{
    const auto n = wire::read_number_status(answer(body), words, "123");
    BOOST_REQUIRE_MESSAGE(n, body << ": " << n.error());
    return *n;
}

std::string data(const std::string& members)
{
    return R"({"success":true,"data":{"id":123,)" + members + "}}";
}

} // namespace

BOOST_AUTO_TEST_CASE(reads_are_built_as_documented)
{
    struct row {
        http::request r;
        const char *verb, *target;
    };
    for (const auto& [r, verb, target] :
         {row{wire::get_user("token-1"), "GET", "/user"}, row{wire::get_categories("token-1"), "GET", "/categories"},
          row{wire::get_services("token-1"), "GET", "/services"},
          row{wire::get_services_of("token-1", "7"), "GET", "/categories/7/services"},
          row{wire::get_orders("token-1", 50), "GET", "/orders?per_page=50"},
          row{wire::get_orders("token-1", 50, 3), "GET", "/orders?per_page=50&page=3"},
          row{wire::get_order("token-1", "12/3"), "GET", "/orders/12%2F3"},
          row{wire::update_status("token-1", "123"), "POST", "/orders/123/update-status"},
          row{wire::get_balance_history("token-1"), "GET", "/balance/history"}})
        BOOST_TEST_CONTEXT(target)
        {
            BOOST_TEST(name(r.verb) == verb);
            BOOST_TEST(r.target == target);
            BOOST_TEST(r.body.empty());
            BOOST_TEST((r.headers == bearer));
            BOOST_TEST(r.label.find("123") == std::string::npos);
        }
}

BOOST_AUTO_TEST_CASE(an_order_names_the_service_as_a_number_and_leaves_out_what_is_not_wished)
{
    wire::number_request wish;
    wish.service_id = "1";
    auto r = wire::post_order("token-1", wish);
    BOOST_REQUIRE(r);
    BOOST_TEST(name(r->verb) == "POST");
    BOOST_TEST(r->target == "/orders");
    BOOST_TEST(r->body == R"({"service_id":1})");
    BOOST_TEST((r->headers.back() == std::pair<std::string, std::string>("Content-Type", "application/json")));
    wish.operator_name = "turk\"cell";
    wish.forward = true;
    BOOST_TEST(wire::post_order("t", wish)->body == R"({"service_id":1,"operator":"turk\"cell","forward":true})");
}

BOOST_AUTO_TEST_CASE(a_service_that_is_no_number_is_not_ordered)
{
    for (const char* bad : {"", "whatsapp", "1.5", "-1", "0", "1,2", "99999999999999999999"}) {
        wire::number_request wish;
        wish.service_id = bad;
        BOOST_TEST(!wire::post_order("t", wish), bad);
    }
}

BOOST_AUTO_TEST_CASE(the_documents_own_answers_are_read)
{
    BOOST_TEST(wire::read_balance(saved("tamonay_user"))->text() == "150.00 TRY");
    const auto order = wire::read_order(saved("tamonay_order", 201));
    BOOST_REQUIRE(order);
    BOOST_TEST(order->id == "123");
    BOOST_TEST(order->number == "+905551234567");
    BOOST_TEST(order->price->text() == "4.00 TRY");
    BOOST_TEST(rfc3339(order->created.value()) == "2023-01-01T12:00:00.000Z");
    const auto services = wire::read_services(saved("tamonay_services"));
    BOOST_REQUIRE(services);
    BOOST_REQUIRE(services->size() == 1u);
    BOOST_TEST(services->front().id == "1");
    BOOST_TEST(services->front().category == "Sosyal Medya");
    BOOST_TEST(services->front().price->text() == "4.00 TRY");
    BOOST_TEST(*services->front().stock == 100);
    const auto categories = wire::read_categories(saved("tamonay_categories"));
    BOOST_REQUIRE(categories);
    BOOST_TEST(categories->front().slug == "sosyal-medya");
    BOOST_TEST(categories->front().services.front().category == "Sosyal Medya");
}

BOOST_AUTO_TEST_CASE(the_list_of_orders_has_three_shapes)
{
    for (const char* shape : {"tamonay_orders", "tamonay_orders_paged", "tamonay_orders_resource"})
        BOOST_TEST_CONTEXT(shape)
        {
            const auto list = wire::read_orders(saved(shape));
            BOOST_REQUIRE(list);
            BOOST_REQUIRE(list->size() == 2u);
            BOOST_TEST(list->front().order.id == "124");
            BOOST_TEST(list->front().service == "1");
            BOOST_REQUIRE(list->front().created);
            BOOST_TEST(rfc3339(*list->front().created) == "2026-11-22T09:00:00.000Z");
            BOOST_TEST(list->back().order.price->text() == "2.50 TRY");
        }
    BOOST_TEST(wire::read_orders(answer(R"({"success":true,"data":[]})"))->empty());
    BOOST_TEST(!wire::read_orders(answer(R"({"success":true,"data":"none"})")));
}

BOOST_AUTO_TEST_CASE(the_history_gives_what_it_has)
{
    const auto list = wire::read_history(saved("tamonay_history"));
    BOOST_REQUIRE(list);
    BOOST_TEST(list->front().amount->text(2) == "-4.00");
    BOOST_TEST(list->front().text == "Sipariş 123");
}

BOOST_AUTO_TEST_CASE(refusals_keep_their_reason)
{
    struct row {
        int status;
        const char *body, *code, *part;
    };
    for (const auto& [status, body, code, part] :
         {row{401, R"({"message":"Unauthenticated."})", "auth", "Unauthenticated."},
          row{401, R"({"success":false,"message":"Token geçersiz"})", "auth", "Token geçersiz"},
          row{400, R"({"success":false,"message":"Yetersiz bakiye"})", "balance", "Yetersiz bakiye"},
          row{200, R"({"success":false,"message":"Stok yok"})", "no_stock", "Stok yok"},
          row{422, R"({"message":"The given data was invalid.","errors":{"service_id":["Servis seçin."]}})",
              "validation", "service_id: Servis seçin."},
          row{404, R"({"success":false,"message":"Kaynak bulunamadı"})", "not_found", "Kaynak"},
          row{200, R"({"success":false})", "validation", "without a reason"},
          row{500, R"({"message":"Server Error"})", "transient", "Server Error"}})
        BOOST_TEST_CONTEXT(status << " " << body)
        {
            for (const auto& e :
                 {wire::read_order(answer(body, status)).error(), wire::read_balance(answer(body, status)).error()}) {
                BOOST_TEST(name(e.code) == code);
                BOOST_TEST(e.message.find(part) != std::string::npos, e.message);
                BOOST_TEST(e.http_status == status);
            }
        }
}

BOOST_AUTO_TEST_CASE(an_order_that_is_neither_yes_nor_no_is_a_breach_of_contract)
{
    for (const char* body : {R"({"success":true})", R"({"success":true,"data":{}})",
                             R"({"success":true,"data":{"id":0}})", R"({"success":true,"data":{"id":-5}})",
                             R"({"success":true,"data":{"id":null}})", R"({"success":true,"data":[]})",
                             R"({"success":true,"data":{"id":"abc"}})", R"({"message":"Tamam"})", "[]", "true", "123"})
        BOOST_TEST_CONTEXT(body)
        {
            const auto order = wire::read_order(answer(body));
            BOOST_REQUIRE(!order);
            BOOST_TEST(name(order.error().code) == "contract");
        }
    for (const char* body : {R"({"data":{"id":123}})", R"({"success":"maybe","data":{"id":1}})"}) // it may be ours
        BOOST_TEST(name(wire::read_order(answer(body)).error().code) == "ambiguous", body);
    BOOST_TEST(name(wire::read_order(answer(R"({"error":"pay"})", 402)).error().code) == "contract");
}

BOOST_AUTO_TEST_CASE(j08_the_code_is_found_in_every_likely_place)
{
    for (const std::string members :
         {R"("sms_code":"012345")", R"("code":"012345")", R"("sms":"012345")", R"("message":"012345")",
          R"("messages":[{"code":"012345"}])", R"("sms":[{"code":"012345"}])",
          R"("status":"cancelled","code":"012-345")", R"("code":null,"sms":"012345")", R"("code":012345)"})
        BOOST_TEST_CONTEXT(members)
        {
            const auto n = news(data(members));
            BOOST_TEST((n.state == state::code));
            BOOST_TEST(n.code == "012345");
            BOOST_TEST(!n.numeric);
        }
    const auto number = news(data(R"("code":12345)"));
    BOOST_TEST(number.code == "12345");
    BOOST_TEST(number.numeric);
}

BOOST_AUTO_TEST_CASE(a_whole_message_is_handed_on_as_text)
{
    const auto n = news(data(R"("status":"completed","messages":[{"text":"Kodunuz 4711-22, kimseye vermeyin"}])"));
    BOOST_TEST((n.state == state::code));
    BOOST_TEST(n.code.empty());
    BOOST_TEST(n.text == "Kodunuz 4711-22, kimseye vermeyin");
}

BOOST_AUTO_TEST_CASE(j09_words_decide_only_where_there_is_no_code)
{
    struct row {
        const char* members;
        state what;
        const char* word;
    };
    for (const auto& [members, what, word] :
         {row{R"("status":"active")", state::waiting, "active"}, row{R"("status":"Expired")", state::ended, "Expired"},
          row{R"("status":"iptal")", state::waiting, "iptal"}, row{R"("status":2)", state::waiting, "2"},
          row{R"("status":"completed ")", state::unreadable, "completed"}, row{R"("status":null)", state::waiting, ""},
          row{R"("message":"SMS bekleniyor","status":"active")", state::waiting, "active"},
          row{R"("message":"Sipariş 123 bekleniyor","status":"active")", state::waiting, "active"},
          row{R"("status":"Received","sms_code":null)", state::unreadable, "Received"},
          row{R"("sms_code":"","code":0,"status":"cancelled")", state::ended, "cancelled"}})
        BOOST_TEST_CONTEXT(members)
        {
            const auto n = news(data(members));
            BOOST_TEST((n.state == what));
            BOOST_TEST(n.provider_status == word);
        }
}

BOOST_AUTO_TEST_CASE(fields_and_words_can_be_set)
{
    wire::status_vocabulary own;
    own.code_fields = {"/data/gelen/0/kod"};
    own.cancelled = {"iptal"};
    BOOST_TEST(news(data(R"("code":"1111","gelen":[{"kod":"2222"}])"), own).code == "2222");
    BOOST_TEST((news(data(R"("status":"İPTAL")"), own).state == state::ended));
    BOOST_TEST((news(data(R"("status":"Iptal")"), own).state == state::ended));
}

BOOST_AUTO_TEST_CASE(j10_news_of_another_order_are_not_news)
{
    const auto n = wire::read_number_status(answer(R"({"success":true,"data":{"id":124,"code":"4711"}})"), {}, "123");
    BOOST_REQUIRE(!n);
    BOOST_TEST(name(n.error().code) == "contract");
}

BOOST_AUTO_TEST_SUITE_END()
