#include "providers/detail/answer.hpp"

#include "events/redactor.hpp"
#include "providers/detail/http_date.hpp"
#include "providers/detail/refusal_words.hpp"
#include "sample.hpp"

BOOST_AUTO_TEST_SUITE(answer_)

using namespace ulak;
using namespace ulak::providers;
using ulak::tests::answer;
using namespace std::chrono_literals;

namespace {

http::response with_header(std::string field, std::string value)
{
    auto r = answer("{}", 429);
    r.headers.emplace_back(std::move(field), std::move(value));
    return r;
}

} // namespace

BOOST_AUTO_TEST_CASE(n20_retry_after_is_clamped_to_a_second_and_an_hour)
{
    struct row {
        const char* text;
        std::optional<std::chrono::seconds> wait;
    };
    for (const auto& [text, wait] :
         {row{"5", 5s}, row{" 30 ", 30s}, row{"0", 1s}, row{"-10", 1s}, row{"315360000", 3600s},
          row{"99999999999999999999999", 3600s}, row{"-99999999999999999999999", 1s}, row{"soon", std::nullopt},
          row{"", std::nullopt}, row{"5.5", std::nullopt}, row{"5s", std::nullopt}})
        BOOST_TEST_CONTEXT(text)
        {
            BOOST_TEST((read_retry_after(with_header("retry-after", text)) == wait));
        }
    BOOST_TEST(!read_retry_after(answer("{}", 429)));
}

BOOST_AUTO_TEST_CASE(n20_retry_after_as_a_date_is_compared_with_the_answers_own_date)
{
    auto r = with_header("Retry-After", "Sun, 22 Nov 2026 09:00:42 GMT");
    BOOST_TEST(!read_retry_after(r));
    r.headers.emplace_back("Date", "Sun, 22 Nov 2026 09:00:00 GMT");
    BOOST_TEST((read_retry_after(r) == 42s));
}

BOOST_AUTO_TEST_CASE(dates_of_headers_are_read_strictly)
{
    BOOST_TEST(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT")->time_since_epoch().count() == 784111777);
    for (const char* bad :
         {"", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Foo 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 25:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT"})
        BOOST_TEST(!parse_http_date(bad), bad);
}

BOOST_AUTO_TEST_CASE(n24_pages_are_known_by_their_look_and_by_redirects)
{
    BOOST_TEST(is_web_page(tests::page()));
    BOOST_TEST(is_web_page(answer("  <html>", 200, "application/json")));
    BOOST_TEST(is_web_page(answer("", 302, "")));
    BOOST_TEST(!is_web_page(answer("{}", 200, "Text/HTML"))); // as PHP sends it
    BOOST_TEST(!is_web_page(answer("{}")));
    BOOST_TEST(!is_web_page(answer("[]", 500, "")));
}

BOOST_AUTO_TEST_CASE(an_answer_without_json_has_the_error_of_its_status)
{
    struct row {
        int status;
        std::string_view code;
    };
    for (const auto& [status, code] :
         {row{200, "contract"}, row{201, "contract"}, row{204, "contract"}, row{302, "contract"},
          row{400, "validation"}, row{401, "auth"}, row{402, "contract"}, row{403, "auth"}, row{404, "not_found"},
          row{405, "contract"}, row{408, "transient"}, row{409, "contract"}, row{422, "validation"},
          row{425, "transient"}, row{429, "rate_limited"}, row{500, "transient"}, row{503, "transient"}})
        for (const auto& r : {tests::page(status), answer("not json", status), answer("", status)})
            BOOST_TEST_CONTEXT(status << " " << r.body)
            {
                const auto body = read_json(r, "somebody");
                BOOST_REQUIRE(!body);
                const bool guard = r.body.starts_with('<') && code == "auth";
                BOOST_TEST(name(body.error().code) == (guard ? "transient" : code));
                BOOST_TEST(body.error().http_status == status);
                BOOST_TEST(name(body.error().how_far) == "answered");
                BOOST_TEST(body.error().message.starts_with("somebody: "));
            }
}

BOOST_AUTO_TEST_CASE(a_page_is_called_a_page)
{
    const auto e = read_json(tests::page(), "somebody").error();
    BOOST_TEST(e.message.find("answered with a web page") != std::string::npos);
    BOOST_TEST(e.message.find("Giriş") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(j08_codes_with_leading_zeros_are_mended_only_where_that_is_asked)
{
    BOOST_TEST(!read_json(answer(R"({"code": 012345})"), "x"));
    const auto mended =
        read_json(answer(R"({"note":"a: 01, \" 02","code": 012345,"list":[007,0,0.5,10],"id":100})"), "x", true);
    BOOST_REQUIRE(mended);
    BOOST_TEST(*as_text(mended->find("code")) == "012345");
    BOOST_TEST(*as_text(mended->find("note")) == "a: 01, \" 02");
    BOOST_TEST(*as_text(mended->at_pointer("/list/0")) == "007");
    BOOST_TEST((mended->at_pointer("/list/1")->kind == json_value::type::number));
    BOOST_TEST(*as_text(mended->at_pointer("/list/2")) == "0.5");
    BOOST_TEST(!read_json(answer(R"({"code": 012345)"), "x", true));
}

BOOST_AUTO_TEST_CASE(j07_words_of_a_provider_are_shown_without_secrets_and_escapes)
{
    events::process_redactor().add_secret("canary-0815-secret");
    const auto e = answered_error(errc::validation, answer("{}", 400), "somebody",
                                  "bad\x1b[31m key canary-0815-secret\n" + std::string(2'000, 'x'), "4\n2");
    BOOST_TEST(e.message.find("canary") == std::string::npos);
    BOOST_TEST(e.message.find('\x1b') == std::string::npos);
    BOOST_TEST(e.message.find('\n') == std::string::npos);
    BOOST_TEST(e.provider_code.find('\n') == std::string::npos);
    BOOST_TEST(e.message.size() < 300u);
    BOOST_TEST(e.message.ends_with("(HTTP 400)"));
}

BOOST_AUTO_TEST_CASE(refusals_in_words_are_understood_in_turkish_and_english)
{
    struct row {
        const char* words;
        std::string_view code;
    };
    for (const auto& [words, code] :
         {row{"Not enough funds on balance", "balance"},
          row{"neworder.error.not_enough_funds", "balance"},
          row{"YETERSİZ BAKİYE", "balance"},
          row{"Bakiyeniz yetersiz.", "balance"},
          row{"Yetersiz kredi", "balance"},
          row{"Stok yetersiz", "no_stock"},
          row{"STOKTA NUMARA KALMADI", "no_stock"},
          row{"No numbers available", "no_stock"},
          row{"Out of stock", "no_stock"},
          row{"neworder.error.link_duplicate", "duplicate"},
          row{"You have active order with this link. Please wait until order being completed.", "duplicate"},
          row{"Incorrect order ID", "not_found"},
          row{"Kullanıcı doğrulanamadı.", "auth"},
          row{"Invalid API key", "auth"},
          row{"Unauthenticated.", "auth"},
          row{"Too Many Attempts.", "rate_limited"},
          row{"neworder.error.min_quantity", "validation"},
          row{"error.incorrect_service_id", "validation"},
          row{"", "validation"},
          row{"\xff\xfe", "validation"}})
        BOOST_TEST_CONTEXT(words)
        {
            BOOST_TEST(name(errc_of_text(words)) == code);
        }
}

BOOST_AUTO_TEST_SUITE_END()
