#include "providers/toplusms/read.hpp"

#include "http/auth.hpp"
#include "http/form.hpp"
#include "sample.hpp"

BOOST_AUTO_TEST_SUITE(toplusms_)

using namespace ulak;
using namespace ulak::providers;
using namespace ulak::providers::toplusms;
using ulak::tests::answer;
using ulak::tests::saved;
using state = sms_report::delivery_state;

namespace {

// The rule of the document; its own example is of another user and another password.
constexpr std::string_view documented_rule = "Basic NTU1MTExMjIzMzo1NDE1NGQyZjU3NmU4YmZmNTI0MGY2NTU3OTZkYjA3NA==";
constexpr std::string_view wrong_example = "Basic YWRtaW46NDI5N2Y0NGIxMzk1NTIzNTI0NWIyNDk3Mzk5ZDdhOTM=";

const std::string md5 = http::md5_hex("aabbcc112233");
const wire::user someone{"5551112233", md5};

sms_order order_of(std::string text)
{
    sms_order o;
    o.sender = "TOPLUSMS.TC";
    o.text = std::move(text);
    o.encoding = sms_encoding::turkish;
    o.validity = std::chrono::hours(2);
    o.numbers = {phone::parse("5551112233").value(), phone::parse("5552223344").value()};
    return o;
}

std::string_view header(const http::request& r, std::string_view wanted)
{
    for (const auto& [field, value] : r.headers)
        if (field == wanted)
            return value;
    return {};
}

std::string_view code_of(const http::response& r)
{
    const auto receipt = wire::read_send(r);
    return receipt ? std::string_view("accepted") : name(receipt.error().code);
}

sms_report report_of(const std::string& body)
{
    const auto report = wire::read_report(answer(body), "112233");
    BOOST_REQUIRE_MESSAGE(report, report.error());
    return *report;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_login_follows_the_rule_and_not_the_example)
{
    const auto r = wire::profile(someone);
    BOOST_TEST(header(r, "Authorization") == documented_rule);
    BOOST_TEST(header(r, "Authorization") != wrong_example);
    BOOST_TEST(name(r.verb) == "GET");
    BOOST_TEST(r.target == "/user/profileDetails");
}

BOOST_AUTO_TEST_CASE(a_send_is_a_form_with_the_documented_fields)
{
    const auto r = wire::send(someone, order_of("Örnek mesaj\ndenemesidir & +%"), wire::body_form::url_encoded);
    BOOST_TEST(name(r.verb) == "POST");
    BOOST_TEST(r.target == "/sms/send/normal");
    BOOST_TEST(header(r, "Content-Type") == "application/x-www-form-urlencoded; charset=UTF-8");
    BOOST_TEST(r.body == "caption=TOPLUSMS.TC&validity=2&message=%C3%96rnek+mesaj%0Adenemesidir+%26+%2B%25&senddate=&"
                         "numbers=5551112233%2C5552223344&encoding=tr");
    auto plain = order_of("hello");
    plain.encoding = sms_encoding::english;
    plain.validity.reset();
    BOOST_TEST(wire::send(someone, plain, wire::body_form::url_encoded).body ==
               "caption=TOPLUSMS.TC&message=hello&senddate=&numbers=5551112233%2C5552223344&encoding=en");
}

BOOST_AUTO_TEST_CASE(a_send_can_be_multipart_as_in_the_vendors_sample)
{
    const auto r = wire::send(someone, order_of("Örnek & +%"), wire::body_form::multipart);
    const auto type = std::string(header(r, "Content-Type"));
    BOOST_REQUIRE(type.starts_with("multipart/form-data; boundary="));
    const auto boundary = "--" + type.substr(type.find('=') + 1);
    const auto part = [&](const char* field, const char* value) {
        return boundary + "\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n" + value + "\r\n";
    };
    BOOST_TEST(r.body == part("caption", "TOPLUSMS.TC") + part("validity", "2") + part("message", "Örnek & +%") +
                             part("senddate", "") + part("numbers", "5551112233,5552223344") + part("encoding", "tr") +
                             boundary + "--\r\n");
}

BOOST_AUTO_TEST_CASE(the_url_api_encodes_everything)
{
    auto o = order_of("Örnek mesaj içeriğidir. +&=#");
    o.sender = "DEMO 1";
    const auto r = wire::send_by_url("my/key", o);
    BOOST_TEST(name(r.verb) == "GET");
    BOOST_TEST(r.target ==
               "/sms/send?apikey=my%2Fkey&encoding=tr&title=DEMO%201&numbers=5551112233%2C5552223344&message="
               "%C3%96rnek%20mesaj%20i%C3%A7eri%C4%9Fidir.%20%2B%26%3D%23");
    BOOST_TEST(r.body.empty());
    BOOST_TEST(r.headers.empty());
    BOOST_TEST(wire::report_by_url("k", "112233").target == "/sms/reports/112233?apikey=k");
    BOOST_TEST(wire::profile_by_url("k").target == "/user/profileDetails?apikey=k");
    BOOST_TEST(r.label == "toplusms.send");
}

BOOST_AUTO_TEST_CASE(reads_can_be_turned_into_empty_posts)
{
    const auto get = wire::report(someone, "11/22");
    BOOST_TEST(get.target == "/sms/reports/11%2F22");
    const auto post = wire::as_empty_post(get);
    BOOST_TEST(name(post.verb) == "POST");
    BOOST_TEST(post.target == get.target);
    BOOST_TEST((post.headers == get.headers));
    BOOST_TEST(post.body.empty());
}

BOOST_AUTO_TEST_CASE(orders_that_the_provider_would_bend_are_not_sent)
{
    BOOST_TEST(!!wire::check_order(order_of("x"), 2));
    BOOST_TEST(!wire::check_order(order_of("x"), 1));
    BOOST_TEST(!wire::check_order(order_of(""), 2));
    auto o = order_of("x");
    o.numbers.clear();
    BOOST_TEST(!wire::check_order(o, 2));
    for (const int hours : {0, 49, -1}) {
        auto bad = order_of("x");
        bad.validity = std::chrono::hours(hours);
        BOOST_TEST(!wire::check_order(bad, 2), hours);
    }
}

BOOST_AUTO_TEST_CASE(a_send_is_accepted_with_and_without_status)
{
    for (const char* body :
         {R"({"queueId":112233})", R"({"status":"success","queueId":112233})", R"({"queueId":"112233"})",
          R"({"status":"success","queueId":112233,"errorCode":null})",
          R"({"status":"success","queueId":112233,"errorCode":0})", "\xEF\xBB\xBF{\"queueId\": 112233}\n"})
        BOOST_TEST_CONTEXT(body)
        {
            const auto receipt = wire::read_send(answer(body));
            BOOST_REQUIRE(receipt);
            BOOST_TEST(receipt->queue_id == "112233");
        }
    BOOST_TEST(wire::read_send(saved("toplusms_send_by_url"))->queue_id == "112233");
}

BOOST_AUTO_TEST_CASE(everything_else_under_200_is_a_refusal_or_a_breach)
{
    struct row {
        const char *body, *code;
    };
    for (const auto& [body, code] :
         {row{R"({"status":"error","errorMessage":"Kullanıcı doğrulanamadı.","errorCode":3})", "auth"},
          row{R"({"status":"error","errorMessage":"x","errorCode":"3"})", "auth"},
          row{R"({"status":"success","errorCode":3})", "auth"},
          row{R"({"errorCode":7,"errorMessage":"Yetersiz kredi"})", "balance"},
          row{R"({"status":"error","errorMessage":"Başlık tanımlı değil","errorCode":12})", "validation"},
          row{R"({"status":"error"})", "validation"},
          row{R"({"status":"success"})", "contract"},
          row{"{}", "contract"},
          row{R"({"status":"success","queueId":null})", "contract"},
          row{R"({"status":"success","queueId":0})", "contract"},
          row{R"({"status":"success","queueId":-1})", "contract"},
          row{R"({"queueId":"abc"})", "contract"},
          row{R"({"queueId":[1]})", "contract"},
          row{R"({"status":"success","queueId":5,"errorCode":3})", "ambiguous"},
          row{R"({"status":"error","queueId":5})", "ambiguous"},
          row{R"({"status":"queued?","queueId":5})", "ambiguous"},
          row{R"({"status":null,"queueId":5})", "ambiguous"},
          row{"Yetersiz kredi", "contract"},
          row{"", "contract"},
          row{"[]", "contract"},
          row{"5", "contract"},
          row{R"({"queueId":1,"queueId":2})", "contract"}})
        BOOST_TEST_CONTEXT(body)
        {
            BOOST_TEST(code_of(answer(body)) == code);
        }
    BOOST_TEST(code_of(tests::page()) == "contract");
    BOOST_TEST(code_of(tests::page(302)) == "contract");
    BOOST_TEST(code_of(tests::page(401)) == "transient"); // a guard before the site
}

BOOST_AUTO_TEST_CASE(the_providers_code_is_kept)
{
    const auto e = wire::read_send(saved("toplusms_error")).error();
    BOOST_TEST(e.provider_code == "3");
    BOOST_TEST(e.message == "toplusms: Kullanıcı doğrulanamadı., code 3");
}

BOOST_AUTO_TEST_CASE(a_refusal_for_recipients_is_told_from_others)
{
    struct {
        int status;
        const char* words;
        bool blames;
    } const table[] = {{200, "Geçersiz numara", true},          {200, "Alıcı bilgileri hatalı", true},
                       {200, "GSM NUMARASI HATALI", true},      {200, "Başlık onaylı değil", false},
                       {200, "Krediniz yetersiz.", false},      {414, "x", true},
                       {200, "Kullanıcı doğrulanamadı.", false}};
    for (const auto& row : table) {
        const std::string body =
            std::string(R"({"status":"error","errorCode":97,"errorMessage":")") + row.words + "\"}";
        BOOST_TEST(wire::blames_recipients(wire::read_send(answer(body, row.status)).error()) == row.blames, row.words);
    }
}

BOOST_AUTO_TEST_CASE(numbers_and_text_share_a_request_line)
{
    BOOST_TEST(wire::max_recipients_beside("Merhaba") == 100u);
    std::string text;
    for (int i = 0; i < 1200; ++i)
        text += "ş";
    const auto beside = wire::max_recipients_beside(text);
    BOOST_TEST(beside > 0u);
    auto order = order_of(text);
    order.numbers.assign(beside, phone::parse("5551112233").value());
    BOOST_TEST(wire::send_by_url(std::string(64, 'k'), order).target.size() <= wire::max_request_line);
    BOOST_TEST(wire::max_recipients_beside(std::string(9000, 'a')) == 1u);
}

BOOST_AUTO_TEST_CASE(the_documents_reports_are_read)
{
    for (const char* from : {"toplusms_report", "toplusms_report_by_url"})
        BOOST_TEST_CONTEXT(from)
        {
            const auto report = wire::read_report(saved(from), "112233");
            BOOST_REQUIRE(report);
            BOOST_TEST(report->finished);
            BOOST_TEST(*report->total == 2);
            BOOST_TEST(report->cost->text() == "2");
            BOOST_REQUIRE(report->entries.size() == 2u);
            BOOST_TEST(report->entries[0].digits == "5551112233");
            BOOST_TEST((report->entries[1].state == state::delivered));
        }
}

BOOST_AUTO_TEST_CASE(j09_j11_numbers_and_words_of_a_report_come_in_many_forms)
{
    struct row {
        const char* line;
        const char* digits;
        state what;
    };
    for (const auto& [line, digits, what] :
         {row{R"({"number":"+905551112233","status":"delivered"})", "5551112233", state::delivered},
          row{R"({"number":5551112233,"status":"DELIVERED "})", "5551112233", state::delivered},
          row{R"({"number":"905551112233","status":"not_delivered"})", "5551112233", state::undelivered},
          row{R"({"number":"0555 111 22 33","status":"sent"})", "5551112233", state::waiting},
          row{R"({"number":"5551112233","status":"beklemede"})", "5551112233", state::waiting},
          row{R"({"number":"5551112233","status":null})", "5551112233", state::waiting},
          row{R"({"number":"5551112233"})", "5551112233", state::waiting},
          row{R"({"number":"12345","status":"delivered"})", "12345", state::delivered}})
        BOOST_TEST_CONTEXT(line)
        {
            const auto report = report_of(R"({"queue":{"queue_id":112233,"queue_status":"sending"},"numbers":[)" +
                                          std::string(line) + "]}");
            BOOST_REQUIRE(report.entries.size() == 1u);
            BOOST_TEST(report.entries[0].digits == digits);
            BOOST_TEST((report.entries[0].state == what));
            BOOST_TEST(!report.finished);
        }
}

BOOST_AUTO_TEST_CASE(completed_is_finished_only_when_nothing_waits)
{
    const auto finished = [](const std::string& queue, const std::string& word) {
        return report_of(R"({"status":"success","queue":{"queue_id":"112233",)" + queue +
                         R"(},"numbers":[{"number":"5551112233","status":")" + word + "\"}]}")
            .finished;
    };
    BOOST_TEST(finished(R"("queue_status":"completed","waiting_cnt":"0","sent_cnt":"0")", "delivered"));
    BOOST_TEST(finished(R"("queue_status":"Completed")", "delivered"));
    BOOST_TEST(!finished(R"("queue_status":"completed")", "sent"));
    BOOST_TEST(!finished(R"("queue_status":"completed","waiting_cnt":"1","sent_cnt":"0")", "delivered"));
    BOOST_TEST(!finished(R"("queue_status":"completed","sent_cnt":1)", "delivered"));
    BOOST_TEST(!finished(R"("queue_status":"finished?","waiting_cnt":"0")", "delivered"));
}

BOOST_AUTO_TEST_CASE(reports_that_are_none_are_errors)
{
    for (const char* body : {R"({"status":"success"})", R"({"status":"success","queue":[]})", "[]",
                             R"({"status":"success","queue":{"queue_id":"112234"},"numbers":[]})"})
        BOOST_TEST(name(wire::read_report(answer(body), "112233").error().code) == "contract", body);
    BOOST_TEST(name(wire::read_report(saved("toplusms_error"), "1").error().code) == "auth");
}

BOOST_AUTO_TEST_CASE(only_the_balances_of_a_profile_are_read)
{
    using field = wire::balance_field;
    BOOST_TEST(wire::read_balance(saved("toplusms_profile"), field::credit)->text() == "5555 credits");
    BOOST_TEST(wire::read_balance(saved("toplusms_profile"), field::money)->text() == "0.00 TRY");
    BOOST_TEST(wire::read_balance(saved("toplusms_profile_by_url"), field::credit)->text() == "12345 credits");
    const auto none =
        wire::read_balance(answer(R"({"status":"success","api_key":"canary","tc_identity_no":"1"})"), field::credit);
    BOOST_REQUIRE(!none);
    BOOST_TEST(none.error().message.find("canary") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
