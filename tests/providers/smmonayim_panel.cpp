#include "providers/smmonayim_panel/limit_text.hpp"
#include "providers/smmonayim_panel/read.hpp"
#include "providers/smmonayim_panel/status_words.hpp"

#include "sample.hpp"

BOOST_AUTO_TEST_SUITE(smmonayim_panel_)

using namespace ulak;
using namespace ulak::providers;
using namespace ulak::providers::smmonayim_panel;
using ulak::tests::answer;
using ulak::tests::saved;
using stage = panel_status::order_state;

namespace {

panel_order order_of(std::int64_t quantity)
{
    panel_order o;
    o.service = "1";
    o.link = "https://example.com/p?a=1&b=ğ";
    o.quantity = quantity;
    return o;
}

template<class T>
std::string_view code_of(const result<T>& r)
{
    return r ? std::string_view("ok") : name(r.error().code);
}

} // namespace

BOOST_AUTO_TEST_CASE(calls_are_forms_to_the_one_address)
{
    struct row {
        http::request r;
        const char* body;
    };
    for (const auto& [r, body] :
         {row{wire::services("k&1"), "key=k%261&action=services"}, row{wire::balance("k"), "key=k&action=balance"},
          row{wire::status("k", "7"), "key=k&action=status&order=7"},
          row{wire::statuses("k", {"1", "10", "100"}), "key=k&action=status&orders=1%2C10%2C100"}})
        BOOST_TEST_CONTEXT(body)
        {
            BOOST_TEST(name(r.verb) == "POST");
            BOOST_TEST(r.target == "");
            BOOST_TEST(r.body == body);
            BOOST_TEST((r.headers == http::header_list{{"Content-Type", "application/x-www-form-urlencoded"}}));
        }
}

BOOST_AUTO_TEST_CASE(an_order_has_its_fields_and_those_of_its_type)
{
    const std::string link = "https%3A%2F%2Fexample.com%2Fp%3Fa%3D1%26b%3D%C4%9F";
    BOOST_TEST(wire::add("k", order_of(100))->body == "key=k&action=add&service=1&link=" + link + "&quantity=100");
    auto drip = order_of(10);
    drip.runs = 3;
    drip.interval_minutes = 60;
    BOOST_TEST(wire::add("k", drip)->body ==
               "key=k&action=add&service=1&link=" + link + "&quantity=10&runs=3&interval=60");
    auto comments = order_of(0);
    comments.extra = {{"comments", "iyi\nçok iyi"}};
    BOOST_TEST(wire::add("k", comments)->body ==
               "key=k&action=add&service=1&link=" + link + "&comments=iyi%0A%C3%A7ok+iyi");
}

BOOST_AUTO_TEST_CASE(orders_that_would_speak_for_another_key_are_not_sent)
{
    for (const char* field : {"key", "action", "service", "link", "quantity", "runs", "interval"}) {
        auto o = order_of(1);
        o.extra = {{field, "x"}};
        BOOST_TEST(!wire::add("k", o), field);
    }
    BOOST_TEST(!wire::add("k", order_of(0)));
    BOOST_TEST(!wire::add("k", order_of(-5)));
}

BOOST_AUTO_TEST_CASE(the_documents_own_answers_are_read)
{
    const auto services = wire::read_services(saved("panel_services"), "USD");
    BOOST_REQUIRE(services);
    BOOST_TEST(services->front().price->text() == "0.90 USD");
    BOOST_TEST(*services->front().min_quantity == 50);
    BOOST_TEST(*services->back().max_quantity == 1500);
    BOOST_TEST(services->back().type == "Custom Comments");
    BOOST_TEST(wire::read_add(saved("panel_add"))->order_id == "23501");
    BOOST_TEST(wire::read_balance(saved("panel_balance"), "TRY")->text() == "100.84292 USD");
    const auto one = wire::read_status(saved("panel_status"), "7");
    BOOST_REQUIRE(one);
    const auto& s = one->at("7").value();
    BOOST_TEST((s.state == stage::partial));
    BOOST_TEST(s.charge->text() == "0.27819");
    BOOST_TEST(*s.remains == 157);
    BOOST_TEST(*s.start_count == 3572);
}

BOOST_AUTO_TEST_CASE(many_statuses_keep_their_own_errors_and_the_unmentioned_are_absent)
{
    const auto all = wire::read_statuses(saved("panel_statuses"), {"1", "10", "100", "1000"});
    BOOST_REQUIRE(all);
    BOOST_TEST(all->size() == 3u);
    BOOST_TEST((all->at("1").value().state == stage::partial));
    BOOST_TEST(name(all->at("10").error().code) == "not_found");
    BOOST_TEST((all->at("100").value().state == stage::working));
    BOOST_TEST(wire::read_statuses(saved("panel_statuses"), {"100"})->size() == 1u);
    BOOST_TEST(wire::read_statuses(answer("[]"), {"1"})->empty());
    BOOST_TEST(code_of(wire::read_statuses(answer(R"({"error":"Invalid API key"})"), {"1"})) == "auth");
    BOOST_TEST(code_of(wire::read_statuses(answer("[1]"), {"1"})) == "contract");
    const auto odd = wire::read_statuses(answer(R"({"1":{"charge":1},"2":"x","3":null})"), {"1", "2", "3"});
    BOOST_REQUIRE(odd);
    for (const auto& [id, status] : *odd)
        BOOST_TEST(code_of(status) == "contract", id);
}

BOOST_AUTO_TEST_CASE(an_order_is_placed_refused_or_doubtful)
{
    struct row {
        const char *body, *what;
    };
    for (const auto& [body, what] :
         {row{R"({"order":23501})", "ok"}, row{R"({"order":"23501"})", "ok"}, row{R"({"order":1,"error":""})", "ok"},
          row{R"({"error":"Not enough funds on balance"})", "balance"},
          row{R"({"error":"neworder.error.link"})", "validation"},
          row{R"({"error":"You have active order with this link. Please wait until order being completed."})",
              "duplicate"},
          row{R"({"error":"Invalid API key","order":null})", "auth"}, row{R"({"order":5,"error":"oops"})", "ambiguous"},
          row{R"({"order":0})", "contract"}, row{R"({"order":-1})", "contract"}, row{R"({"order":"x"})", "contract"},
          row{R"({"order":null})", "contract"}, row{R"({"error":true})", "contract"}, row{"{}", "contract"},
          row{"[]", "contract"}, row{"", "contract"}})
        BOOST_TEST_CONTEXT(body)
        {
            BOOST_TEST(code_of(wire::read_add(answer(body))) == what);
        }
    BOOST_TEST(wire::read_add(answer(R"({"error":"neworder.error.link"})")).error().provider_code ==
               "neworder.error.link");
    BOOST_TEST(code_of(wire::read_add(answer(R"({"order":5})", 201))) == "ok");
    BOOST_TEST(code_of(wire::read_add(tests::page())) == "contract");
}

BOOST_AUTO_TEST_CASE(one_status_may_be_refused_for_the_order_or_for_the_call)
{
    const auto wrong = wire::read_status(answer(R"({"error":"Incorrect order ID"})"), "7");
    BOOST_REQUIRE(wrong);
    BOOST_TEST(name(wrong->at("7").error().code) == "not_found");
    for (const char* words : {"Order not found.", "Sipariş bulunamadı.", "HATALI SİPARİŞ ID", "Invalid order id"}) {
        const auto unknown = wire::read_status(answer(R"({"error":")" + std::string(words) + "\"}"), "7");
        BOOST_REQUIRE(unknown);
        BOOST_TEST(name(unknown->at("7").error().code) == "not_found", words);
    }
    BOOST_TEST(code_of(wire::read_status(answer(R"({"error":"Invalid API key"})"), "7")) == "auth");
    BOOST_TEST(code_of(wire::read_status(answer("{}"), "7")) == "contract");
    BOOST_TEST(code_of(wire::read_status(tests::page(), "7")) == "contract");
}

BOOST_AUTO_TEST_CASE(j09_status_words_are_known_in_any_case_and_unknown_ones_are_never_final)
{
    struct row {
        const char* word;
        stage what;
    };
    for (const auto& [word, what] : {row{"Pending", stage::waiting},
                                     row{"Creating", stage::waiting},
                                     row{"Processing", stage::working},
                                     row{"In progress", stage::working},
                                     row{"IN PROGRESS ", stage::working},
                                     row{"Completed", stage::completed},
                                     row{"Partial", stage::partial},
                                     row{"Canceled", stage::canceled},
                                     row{"Cancelled", stage::canceled},
                                     row{"Refunded", stage::canceled},
                                     row{"Error", stage::failed},
                                     row{"Fail", stage::failed},
                                     row{"Rejected", stage::failed},
                                     row{"Inprogress", stage::working},
                                     row{"In_progress", stage::working},
                                     row{"Active", stage::working},
                                     row{"Canceling", stage::working},
                                     row{"Awaiting", stage::waiting},
                                     row{"Complete", stage::completed},
                                     row{"Tamamlandı", stage::completed},
                                     row{"TAMAMLANDI", stage::completed},
                                     row{"tamamlandi", stage::completed},
                                     row{"İptal", stage::canceled},
                                     row{"IPTAL", stage::canceled},
                                     row{"İptal Edildi", stage::canceled},
                                     row{"Kısmi", stage::partial},
                                     row{"KISMİ", stage::partial},
                                     row{"Kısmi  tamamlandı", stage::partial},
                                     row{"Partially Completed", stage::partial},
                                     row{"Partial completed", stage::partial},
                                     row{"İşleniyor", stage::working},
                                     row{"Beklemede", stage::waiting},
                                     row{"", stage::unknown},
                                     row{"Завершен", stage::unknown},
                                     row{"Expired", stage::unknown},
                                     row{"success", stage::unknown},
                                     row{"Completed?", stage::unknown}})
        BOOST_TEST((wire::state_of(word) == what), word);
    for (const auto s : {stage::completed, stage::partial, stage::canceled, stage::failed})
        BOOST_TEST(is_final(s));
    for (const auto s : {stage::waiting, stage::working, stage::unknown})
        BOOST_TEST(!is_final(s));
}

BOOST_AUTO_TEST_CASE(limits_are_read_as_the_family_means_them_or_not_at_all)
{
    struct row {
        const char* json;
        std::optional<std::optional<std::int64_t>> what;
    };
    using some = std::optional<std::int64_t>;
    for (const auto& [json, what] : {row{"10000", some(10'000)},
                                     row{"\"10000\"", some(10'000)},
                                     row{"\"10,000\"", some(10'000)},
                                     row{"\"1.000\"", some(1'000)},
                                     row{"\"100.000\"", some(100'000)},
                                     row{"\"1.000.000\"", some(1'000'000)},
                                     row{"\"1 000\"", some(1'000)},
                                     row{"10.0", some(10)},
                                     row{"\"10.0\"", some(10)},
                                     row{"null", some()},
                                     row{"\"\"", some()},
                                     row{"\"∞\"", some()},
                                     row{"\"Unlimited\"", some()},
                                     row{"\"SINIRSIZ\"", some()},
                                     row{"\"10.5\"", {}},
                                     row{"10.5", {}},
                                     row{"\"1.00\"", some(1)},
                                     row{"\"1,00\"", {}},
                                     row{"\"10k\"", {}},
                                     row{"\"1.0000\"", some(1)},
                                     row{"\"1000.000\"", some(1'000)},
                                     row{"true", {}},
                                     row{"[5]", {}}})
        BOOST_TEST_CONTEXT(json)
        {
            const auto offered = wire::read_services(
                answer(std::string(R"([{"service":1,"rate":"1","min":)") + json + R"(,"max":"5"}])"), "USD");
            BOOST_REQUIRE(offered);
            const bool read = offered->front().unreadable.empty();
            BOOST_TEST(read == what.has_value(), offered->front().unreadable);
            BOOST_TEST((offered->front().min_quantity == what.value_or(some())));
        }
    const auto bad = wire::read_services(answer(R"([{"service":1,"rate":"cheap","min":"10k","max":"5"}])"), "USD");
    BOOST_TEST(bad->front().unreadable == "min \"10k\", rate \"cheap\"");
}

BOOST_AUTO_TEST_CASE(j04_the_panel_says_its_currency_itself)
{
    BOOST_TEST(wire::read_balance(answer(R"({"balance":"5"})"), "USD")->unit == "USD");
    BOOST_TEST(wire::read_balance(answer(R"({"balance":5.5,"currency":"TRY"})"), "USD")->text() == "5.50 TRY");
    for (const char* said : {"try", "TRY ", "TL", "₺"})
        BOOST_TEST(
            wire::read_balance(answer(R"({"balance":5,"currency":")" + std::string(said) + "\"}"), "USD")->unit ==
                "TRY",
            said);
    BOOST_TEST(code_of(wire::read_balance(answer(R"({"error":"Invalid API key"})"), "USD")) == "auth");
}

BOOST_AUTO_TEST_SUITE_END()
