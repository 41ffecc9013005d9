#include "providers/smmonayim_numbers/read.hpp"

#include "sample.hpp"

BOOST_AUTO_TEST_SUITE(smmonayim_numbers_)

using namespace ulak;
using namespace ulak::providers;
using namespace ulak::providers::smmonayim_numbers;
using ulak::tests::answer;
using ulak::tests::saved;
using state = number_status::sms_state;

namespace {

constexpr auto post = http::method::post;

number_status news(const std::string& body)
{
    const auto n = wire::read_message(answer(body), "100");
    BOOST_REQUIRE_MESSAGE(n, body << ": " << n.error());
    return *n;
}

template<class T>
std::string_view code_of(const result<T>& r)
{
    return r ? std::string_view("ok") : name(r.error().code);
}

} // namespace

BOOST_AUTO_TEST_CASE(calls_are_paths_with_the_key_encoded)
{
    struct row {
        http::request r;
        const char* target;
    };
    for (const auto& [r, target] :
         {row{wire::get_categories(post), "/getCategories"}, row{wire::get_services(post, "3"), "/getServices/3"},
          row{wire::get_service_details(post, "12"), "/getServiceDetails/12"},
          row{wire::get_balance(post, "a/b c?"), "/a%2Fb%20c%3F/getBalance"},
          row{wire::get_number(post, "key", "12"), "/key/getNumber/12"},
          row{wire::get_message(post, "key", "100"), "/key/getMessage/100"},
          row{wire::cancel_number(post, "key", "../1"), "/key/cancelNumber/..%2F1"}})
        BOOST_TEST_CONTEXT(target)
        {
            BOOST_TEST(r.target == target);
            BOOST_TEST(name(r.verb) == "POST");
            BOOST_TEST(r.body.empty());
            BOOST_TEST(r.label.starts_with("smmonayim."));
            BOOST_TEST(r.label.find("key") == std::string::npos);
        }
    BOOST_TEST(name(wire::get_number(http::method::get, "key", "12").verb) == "GET");
}

BOOST_AUTO_TEST_CASE(the_documents_own_answers_are_read)
{
    BOOST_TEST(wire::read_categories(saved("numbers_categories"))->back().name == "Discord");
    const auto services = wire::read_services(saved("numbers_services"), "Google");
    BOOST_REQUIRE(services);
    BOOST_TEST(services->front().name == "Whatsapp Fransa");
    BOOST_TEST(services->front().category == "Google");
    BOOST_TEST(!services->front().price);
    BOOST_TEST(wire::read_balance(saved("numbers_balance"))->text() == "100.00 TRY");
    const auto order = wire::read_number(saved("numbers_order"));
    BOOST_REQUIRE(order);
    BOOST_TEST(order->id == "100");
    BOOST_TEST(order->number == "+65789654123");
    const auto n = wire::read_message(saved("numbers_message"), "100");
    BOOST_REQUIRE(n);
    BOOST_TEST(n->code == "110547");
    BOOST_TEST(n->numeric);
    BOOST_TEST(!!wire::read_cancel(saved("numbers_cancel")));
}

BOOST_AUTO_TEST_CASE(details_are_chosen_by_id_in_a_list_and_in_an_object)
{
    BOOST_TEST(wire::read_details(saved("numbers_details"), "2")->price->text() == "2.00 TRY");
    BOOST_TEST(*wire::read_details(saved("numbers_details"), "1")->stock == 190);
    const auto one = wire::read_details(answer(R"({"id":"32","price":"2","stock":180,"phonecode":"33"})"), "32");
    BOOST_REQUIRE(one);
    BOOST_TEST(*one->stock == 180);
    BOOST_TEST(code_of(wire::read_details(saved("numbers_details"), "3")) == "contract");
    BOOST_TEST(code_of(wire::read_details(answer(R"({"id":"33","price":"2"})"), "32")) == "contract");
    BOOST_TEST(code_of(wire::read_details(answer(R"({"price":"2","stock":1})"), "32")) == "contract");
    BOOST_TEST(code_of(wire::read_details(answer("[]"), "32")) == "not_found");
    BOOST_TEST(code_of(wire::read_details(answer(R"({"success":false,"message":"Servis bulunamadı"})"), "32")) ==
               "validation");
}

BOOST_AUTO_TEST_CASE(a_number_is_bought_refused_or_doubtful)
{
    struct row {
        const char *body, *what;
    };
    for (
        const auto& [body, what] :
        {row{R"({"success":true,"number_id":"100","number":"+65789654123","title":"","message":"","status":"NUMBER_PURCHASED"})",
             "ok"},
         row{R"({"success":1,"number_id":100,"number":65789654123})", "ok"},
         row{R"({"success":true,"number_id":100})", "ok"},
         row{R"({"success":false,"title":"Hata","message":"Yetersiz bakiye"})", "balance"},
         row{R"({"success":false,"message":"Stokta numara yok"})", "no_stock"},
         row{R"({"success":false,"title":"","message":""})", "validation"},
         row{R"({"success":false,"message":"Api key hatalı"})", "auth"},
         row{R"({"success":"false"})", "validation"},
         row{R"({"success":false,"number_id":null})", "validation"},
         row{R"({"success":false,"number_id":100})", "ambiguous"},
         row{R"({"success":true})", "contract"},
         row{R"({"success":true,"number_id":0})", "contract"},
         row{R"({"success":true,"number_id":-1})", "contract"},
         row{R"({"success":true,"number_id":"abc"})", "contract"},
         row{R"({"success":true,"number_id":100,"error":"oops"})", "ambiguous"},
         row{R"({"number_id":100,"number":"+1"})", "ambiguous"},
         row{R"({"error":"no"})", "validation"},
         row{R"({"error":{"message":"Yetersiz bakiye"}})", "balance"},
         row{R"({"errors":["Stokta yok"]})", "no_stock"},
         row{R"({"status":"error","message":"Bu servis bakımda"})", "validation"},
         row{R"({"message":"Stok yok"})", "contract"},
         row{"NO_NUMBERS", "no_stock"},
         row{"OK", "contract"},
         row{R"({"success":true,"number_id":"3f2a-77","number":"+1"})", "ok"},
         row{R"({"success":true,"number_id":46.0,"number":"+1"})", "ok"},
         row{R"({"success":null,"number_id":100})", "ambiguous"},
         row{"{}", "contract"},
         row{"[]", "contract"},
         row{"null", "contract"},
         row{R"({"success":true,"number_id":1,"number_id":2})", "contract"}})
        BOOST_TEST_CONTEXT(body)
        {
            BOOST_TEST(code_of(wire::read_number(answer(body))) == what);
        }
    BOOST_TEST(code_of(wire::read_number(tests::page())) == "contract");
    BOOST_TEST(code_of(wire::read_number(tests::page(302))) == "contract");
}

BOOST_AUTO_TEST_CASE(j08_a_code_comes_in_every_form_and_keeps_its_zeros)
{
    struct row {
        const char *body, *code;
        bool numeric;
    };
    for (const auto& [body, code, numeric] : {row{R"({"code":110547,"id":100,"status":1})", "110547", true},
                                              row{R"({"code":"012345","id":"100","status":"1"})", "012345", false},
                                              row{R"({"code": 012345,"id":100,"status":1})", "012345", false},
                                              row{R"({"code":000123,"status":1})", "000123", false},
                                              row{R"({"code":"123-456","id":100,"status":1})", "123456", false},
                                              row{R"({"code":"AB12CD","id":100,"status":1})", "AB12CD", false}})
        BOOST_TEST_CONTEXT(body)
        {
            const auto n = news(body);
            BOOST_TEST((n.state == state::code));
            BOOST_TEST(n.code == code);
            BOOST_TEST(n.numeric == numeric);
        }
    const auto whole = news(R"({"code":"Kodunuz 4711","id":100,"status":1})");
    BOOST_TEST((whole.state == state::code));
    BOOST_TEST(whole.code.empty());
    BOOST_TEST(whole.text == "Kodunuz 4711");
}

BOOST_AUTO_TEST_CASE(without_a_code_one_waits_and_minus_one_is_the_end)
{
    struct row {
        const char* body;
        state what;
        const char* word;
    };
    for (const auto& [body, what, word] :
         {row{R"({"code":null,"id":"100","status":0})", state::waiting, "0"},
          row{R"({"code":"","id":"100","status":0})", state::waiting, "0"},
          row{R"({"code":null,"id":100,"status":1})", state::unreadable, "1"},
          row{R"({"code":"","id":100,"status":1})", state::unreadable, "1"},
          row{R"({"code":0,"id":100,"status":1})", state::unreadable, "1"},
          row{R"({"code":"-1","id":100,"status":1})", state::unreadable, "1"},
          row{R"({"id":100,"status":1})", state::unreadable, "1"},
          row{R"({"code":4711,"id":100,"status":0})", state::code, "0"},
          row{R"({"code":null,"id":100,"status":-1})", state::ended, "-1"},
          row{R"({"code":null,"id":100,"status":"-1"})", state::ended, "-1"},
          row{R"({"code":null,"id":100,"status":2})", state::waiting, "2"},
          row{R"({"code":null,"id":100,"status":"STATUS_WAIT"})", state::waiting, "STATUS_WAIT"}})
        BOOST_TEST_CONTEXT(body)
        {
            const auto n = news(body);
            BOOST_TEST((n.state == what));
            BOOST_TEST(n.provider_status == word);
        }
}

BOOST_AUTO_TEST_CASE(j09_news_without_sense_are_errors)
{
    struct row {
        const char *body, *code;
    };
    for (const auto& [body, code] :
         {row{R"({"code":4711,"id":101,"status":1})", "contract"}, row{R"({"code":4711,"id":100})", "ok"},
          row{R"({"code":null,"id":100})", "contract"}, row{"[]", "contract"},
          row{R"({"success":false,"message":"Numara bulunamadı"})", "validation"},
          row{R"({"error":"Invalid key"})", "auth"}, row{R"({"code": 0123,"id":100,"status":1)", "contract"},
          row{R"({"status":null})", "contract"}})
        BOOST_TEST_CONTEXT(body)
        {
            BOOST_TEST(code_of(wire::read_message(answer(body), "100")) == code);
        }
    BOOST_TEST(code_of(wire::read_message(tests::page(), "100")) == "contract");
    BOOST_TEST(wire::read_message(tests::page(), "100").error().message.find("web page") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_cancel_is_done_denied_for_now_or_not_understood)
{
    struct row {
        int status;
        const char *body, *what;
    };
    for (const auto& [status, body, what] :
         {row{200, R"({"success":true})", "ok"}, row{200, R"({"success":"1","title":"İptal"})", "ok"},
          row{200, R"({"success":false,"title":"","message":""})", "denied_now"},
          row{400, R"({"success":false,"message":"Henüz iptal edilemez"})", "denied_now"},
          row{404, R"({"success":false,"message":"Bulunamadı"})", "denied_now"},
          row{401, R"({"success":false})", "auth"}, row{200, R"({"success":false,"message":"Api key hatalı"})", "auth"},
          row{503, R"({"success":false})", "transient"}, row{503, R"({"success":true})", "transient"},
          row{200, "{}", "contract"}, row{200, "[]", "contract"}, row{200, "", "contract"},
          row{200, R"({"error":"no"})", "validation"}})
        BOOST_TEST_CONTEXT(status << " " << body)
        {
            BOOST_TEST(code_of(wire::read_cancel(answer(body, status))) == what);
        }
}

BOOST_AUTO_TEST_CASE(balances_are_read_in_every_form)
{
    BOOST_TEST(wire::read_balance(answer(R"({"balance":"12.50"})"))->text() == "12.50 TRY");
    BOOST_TEST(wire::read_balance(answer(R"({"balance":-3})"))->text() == "-3.00 TRY");
    for (const char* bad :
         {R"({"balance":null})", R"({"balance":"çok"})", R"({"balance":1e309})", "{balance: 1}", "{}"})
        BOOST_TEST(code_of(wire::read_balance(answer(bad))) == "contract", bad);
}

BOOST_AUTO_TEST_CASE(a_wrong_method_is_told_from_a_wrong_call)
{
    for (const auto& r :
         {answer("{}", 404), answer("{}", 405), answer("{}", 419), tests::page(), tests::page(500), answer("", 302)})
        BOOST_TEST(wire::rejects_method(r), r.status);
    for (const auto& r : {answer("{}"), answer("{}", 401), answer("{}", 500), answer(R"({"success":false})")})
        BOOST_TEST(!wire::rejects_method(r), r.status);
}

BOOST_AUTO_TEST_SUITE_END()
