#include "sim/fixture.hpp"

#include <algorithm>

using namespace sim_test;

namespace {

const std::string base = "/numbers/api/v1";
const std::string keyed = base + "/sim-smm-key";

struct numbers_fixture : sim_fixture {
    using sim_fixture::sim_fixture;

    http::reply get(const std::string& path) { return ask("GET", keyed + path); }
    std::string order() { return at(get("/getNumber/1"), "/number_id"); }
    std::string status(const std::string& id) { return at(get("/getMessage/" + id), "/status"); }
    std::string cancel(const std::string& id) { return at(get("/cancelNumber/" + id), "/success"); }
    std::string balance() { return get("/getBalance").body; }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(smmonayim_numbers_, numbers_fixture)

BOOST_AUTO_TEST_CASE(the_catalogue_needs_no_key)
{
    BOOST_TEST(at(ask("GET", base + "/getCategories"), "/0/id") == "1");
    BOOST_TEST(at(ask("POST", base + "/getServices/1"), "/1/name") == "\"Whatsapp Endonezya\"");
    BOOST_TEST(mistakes() == "");
}

BOOST_AUTO_TEST_CASE(details_are_an_array_of_two_with_the_asked_one_second)
{
    auto r = ask("GET", base + "/getServiceDetails/1");
    BOOST_TEST(at(r, "/0/id") == "2");
    BOOST_TEST(at(r, "/1") == R"({"id":1,"price":"8","stock":190})");
    fault("numbers.getServiceDetails=details-object*1");
    BOOST_TEST(at(ask("GET", base + "/getServiceDetails/1"), "/price") == "\"8\"");
    fault("numbers.getServiceDetails=details-alone*1");
    BOOST_TEST(at(ask("GET", base + "/getServiceDetails/1"), "/0/id") == "1");
}

BOOST_AUTO_TEST_CASE(an_order_waits_then_shows_its_code_without_the_leading_zero)
{
    auto id = order();
    BOOST_TEST(balance() == R"({"balance":92})");
    BOOST_TEST(get("/getMessage/" + id).body == R"({"code":null,"id":)" + id + R"(,"status":0})");
    pass(3s);
    BOOST_TEST(get("/getMessage/" + id).body == R"({"code":12345,"id":)" + id + R"(,"status":1})");
    BOOST_TEST(cancel(id) == "false");
    BOOST_TEST(balance() == R"({"balance":92})");
}

BOOST_AUTO_TEST_CASE(the_code_can_come_in_every_shape)
{
    struct {
        std::string what, body;
    } table[] = {{"code-string", R"("012345")"}, {"code-null", "null"},
                 {"code-missing", "null"},       {"code-empty", R"("")"},
                 {"code-raw-zero", "012345"},    {"code-text-message", R"("Whatsapp Fransa kodunuz: 012345")"}};
    auto id = order();
    pass(3s);
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.what)
        {
            fault("numbers.getMessage=" + t.what + "*1");
            BOOST_TEST(get("/getMessage/" + id).body == "{\"code\":" + t.body + ",\"id\":" + id + ",\"status\":1}");
        }
}

BOOST_AUTO_TEST_CASE(a_cancel_gives_the_money_back_once)
{
    auto id = order();
    BOOST_TEST(cancel(id) == "true");
    BOOST_TEST(line().at("effect").at("amount").as_string() == "-8.00");
    BOOST_TEST(cancel(id) == "false");
    BOOST_TEST(status(id) == "-1");
    BOOST_TEST(balance() == R"({"balance":100})");
}

BOOST_AUTO_TEST_CASE(a_cancel_can_be_refused_by_count_by_age_or_always)
{
    fault("numbers.cancelNumber=cancel-refused:2");
    auto id = order();
    BOOST_TEST(cancel(id) == "false");
    BOOST_TEST(cancel(id) == "false");
    BOOST_TEST(status(id) == "0");
    BOOST_TEST(cancel(id) == "true");

    world().faults.clear();
    fault("numbers.getNumber=sms-never");
    fault("numbers.cancelNumber=cancel-refused:90s");
    id = order();
    BOOST_TEST(cancel(id) == "false");
    pass(90s);
    BOOST_TEST(cancel(id) == "true");

    fault("numbers.cancelNumber=cancel-refused");
    id = order();
    pass(95s);
    BOOST_TEST(cancel(id) == "true"); // the older fault is asked first and no longer refuses
    world().faults.clear();
    fault("numbers.cancelNumber=cancel-refused");
    id = order();
    BOOST_TEST(cancel(id) == "false");
}

BOOST_AUTO_TEST_CASE(the_sms_can_win_against_the_cancel)
{
    fault("numbers.getNumber=sms-at-cancel*1");
    auto id = order();
    pass(1min);
    BOOST_TEST(status(id) == "0");
    BOOST_TEST(cancel(id) == "false");
    BOOST_TEST(status(id) == "1");

    fault("numbers.getNumber=sms-at-cancel:true*1");
    id = order();
    BOOST_TEST(cancel(id) == "true");
    BOOST_TEST(line().at("effect").is_null());
    BOOST_TEST(status(id) == "1");
    BOOST_TEST(balance() == R"({"balance":84})");
}

BOOST_AUTO_TEST_CASE(the_sms_can_be_late_or_never)
{
    fault("numbers.getNumber=sms-late:5m*1");
    auto late = order();
    fault("numbers.getNumber=sms-never*1");
    auto never = order();
    pass(299s);
    BOOST_TEST(status(late) == "0");
    pass(1s);
    BOOST_TEST(status(late) == "1");
    BOOST_TEST(status(never) == "0");
}

BOOST_AUTO_TEST_CASE(after_the_refund_window_cancel_is_refused_and_expiry_refunds)
{
    fault("numbers.getNumber=sms-never");
    auto id = order();
    pass(10min + 1ms);
    BOOST_TEST(cancel(id) == "false");
    pass(10min);
    BOOST_TEST(status(id) == "-1");
    BOOST_TEST(balance() == R"({"balance":100})");
    auto lines = world().log.lines(0, {}, 100);
    bool noted = std::any_of(lines.begin(), lines.end(),
                             [](std::string_view l) { return l.find("_expired") != std::string_view::npos; });
    BOOST_TEST(noted);
}

BOOST_AUTO_TEST_CASE(a_refund_can_be_missing)
{
    fault("numbers.cancelNumber=refund-missing");
    auto id = order();
    BOOST_TEST(cancel(id) == "true");
    BOOST_TEST(balance() == R"({"balance":92})");
}

BOOST_AUTO_TEST_CASE(the_provider_can_take_a_number_back)
{
    fault("numbers.getNumber=number-dies:1s");
    auto id = order();
    pass(1s);
    BOOST_TEST(status(id) == "-1");
    BOOST_TEST(balance() == R"({"balance":100})");
}

BOOST_AUTO_TEST_CASE(an_order_is_refused_for_stock_money_and_unknown_services)
{
    BOOST_TEST(at(get("/getNumber/4"), "/success") == "false");
    BOOST_TEST(at(get("/getNumber/99"), "/success") == "false");
    fault("numbers.getNumber=no-stock*1");
    BOOST_TEST(at(get("/getNumber/1"), "/success") == "false");
    money("numbers").set(decimal::parse("7.99").value());
    BOOST_TEST(at(get("/getNumber/1"), "/success") == "false");
    BOOST_TEST(line().at("effect").is_null());
    BOOST_TEST(balance() == R"({"balance":7.99})");
}

BOOST_AUTO_TEST_CASE(the_price_can_differ_from_the_list_and_be_charged_twice)
{
    fault("numbers.getNumber=price:9.5*1");
    order();
    BOOST_TEST(line().at("effect").at("amount").as_string() == "9.50");
    fault("numbers.getNumber=charged-twice*1");
    order();
    BOOST_TEST(line().at("effect").at("amount").as_string() == "16.00");
}

BOOST_AUTO_TEST_CASE(mistakes_are_answered_and_written_down_without_the_key)
{
    struct {
        std::string verb, target, body, sentence;
    } table[] = {{"GET", base + "/other-key/getBalance", "", "key in the path is wrong"},
                 {"PUT", keyed + "/getBalance", "", "PUT was used"},
                 {"GET", keyed + "/getBalance?x=1", "", "a query was sent"},
                 {"POST", keyed + "/getBalance", "x", "a body was sent"},
                 {"GET", keyed + "/getNumber/one", "", "not a number"},
                 {"GET", keyed + "/getNumbers/1", "", "no such address"}};
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.verb << ' ' << t.target)
        {
            ask(t.verb, t.target, {}, t.body);
            BOOST_TEST(mistakes().find(t.sentence) != std::string::npos, mistakes());
            auto whole = boost::json::serialize(line());
            BOOST_TEST(whole.find("sim-smm-key") == std::string::npos, whole);
            BOOST_TEST(whole.find("other-key") == std::string::npos, whole);
        }
}

BOOST_AUTO_TEST_SUITE_END()
