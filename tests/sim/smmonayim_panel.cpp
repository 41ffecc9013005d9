#include "sim/fixture.hpp"

using namespace sim_test;

namespace {

struct panel_fixture : sim_fixture {
    using sim_fixture::sim_fixture;

    http::reply call(http::header_list fields)
    {
        fields.emplace(fields.begin(), "key", "sim-smm-key");
        return ask("POST", "/panel/api/v2", {{"Content-Type", "application/x-www-form-urlencoded"}},
                   http::form_encode(fields));
    }
    http::reply add(const std::string& quantity = "1000", http::header_list more = {})
    {
        http::header_list fields{
            {"action", "add"}, {"service", "1"}, {"link", "https://example.com/a"}, {"quantity", quantity}};
        fields.insert(fields.end(), more.begin(), more.end());
        return call(std::move(fields));
    }
    http::reply status(const std::string& id) { return call({{"action", "status"}, {"order", id}}); }
    std::string balance() { return at(call({{"action", "balance"}}), "/balance"); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(smmonayim_panel_, panel_fixture)

BOOST_AUTO_TEST_CASE(services_and_balance_have_the_documents_shapes)
{
    BOOST_TEST(
        at(call({{"action", "services"}}), "/0") ==
        R"({"service":1,"name":"Followers","type":"Default","category":"First Category","rate":"0.90","min":"50","max":"10000"})");
    BOOST_TEST(call({{"action", "balance"}}).body == R"({"balance":"100.84292","currency":"USD"})");
    BOOST_TEST(mistakes() == "");
}

BOOST_AUTO_TEST_CASE(an_order_goes_from_pending_to_completed)
{
    auto id = at(add(), "/order");
    BOOST_TEST(line().at("effect").at("amount").as_string() == "0.90");
    BOOST_TEST(balance() == "\"99.94292\"");
    BOOST_TEST(at(status(id), "/status") == "\"Pending\"");
    pass(5s);
    BOOST_TEST(at(status(id), "/status") == "\"In progress\"");
    BOOST_TEST(at(status(id), "/remains") == "\"500\"");
    pass(3s);
    BOOST_TEST(at(status(id), "/status") == "\"Completed\"");
    BOOST_TEST(at(status(id), "/remains") == "\"0\"");
    BOOST_TEST(at(status(id), "/charge") == "\"0.9\"");
    BOOST_TEST(world().log.mistake_count() == 0u);
}

BOOST_AUTO_TEST_CASE(partial_and_canceled_orders_are_paid_back_in_part_or_whole)
{
    struct {
        std::string fault, status, remains, balance;
    } table[] = {{"panel.add=order-partial:500*1", "\"Partial\"", "\"500\"", "\"99.55\""},
                 {"panel.add=order-canceled*1", "\"Canceled\"", "\"1000\"", "\"100\""}};
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.fault)
        {
            money("panel").set(decimal::from_integer(100));
            fault(t.fault);
            auto id = at(add(), "/order");
            pass(8s);
            BOOST_TEST(at(status(id), "/status") == t.status);
            BOOST_TEST(at(status(id), "/remains") == t.remains);
            BOOST_TEST(balance() == t.balance);
        }
}

BOOST_AUTO_TEST_CASE(several_statuses_come_in_one_object)
{
    auto id = at(add(), "/order");
    auto r = call({{"action", "status"}, {"orders", id + ",1"}});
    BOOST_TEST(at(r, "/" + id + "/currency") == "\"USD\"");
    BOOST_TEST(at(r, "/1") == R"({"error":"Incorrect order ID"})");
    fault("panel.status=order-missing*1");
    BOOST_TEST(at(call({{"action", "status"}, {"orders", id + ",1"}}), "/" + id) == "(nothing)");
    std::string many = "1";
    for (int i = 0; i < 100; ++i)
        many += ",1";
    call({{"action", "status"}, {"orders", many}});
    BOOST_TEST(mistakes().find("panels take 100") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(drip_feed_costs_every_run)
{
    add("100", {{"runs", "3"}, {"interval", "60"}});
    BOOST_TEST(line().at("effect").at("amount").as_string() == "0.27");
    BOOST_TEST(at(add("100", {{"runs", "3"}}), "/error") == "\"neworder.error.runs\"");
}

BOOST_AUTO_TEST_CASE(refusals_are_status_200_with_an_error)
{
    struct {
        http::header_list fields;
        std::string error;
    } table[] = {
        {{{"action", "add"}, {"service", "9"}, {"link", "x"}, {"quantity", "100"}}, "error.incorrect_service_id"},
        {{{"action", "add"}, {"service", "1"}, {"link", "x"}, {"quantity", "49"}}, "neworder.error.min_quantity"},
        {{{"action", "add"}, {"service", "1"}, {"link", "x"}, {"quantity", "10001"}}, "neworder.error.max_quantity"},
        {{{"action", "add"}, {"service", "1"}, {"quantity", "100"}}, "neworder.error.link"},
        {{{"action", "add"}, {"service", "2"}, {"link", "x"}, {"quantity", "100"}}, "neworder.error.comments"},
        {{{"action", "add"}, {"service", "2"}, {"link", "x"}, {"comments", "a\nb"}}, "neworder.error.min_quantity"},
        {{{"action", "refill"}}, "Incorrect request"}};
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.error)
        {
            auto r = call(t.fields);
            BOOST_TEST(r.status == 200);
            BOOST_TEST(at(r, "/error") == '"' + t.error + '"');
            BOOST_TEST(line().at("effect").is_null());
        }
    money("panel").set(decimal());
    BOOST_TEST(at(add(), "/error") == "\"Not enough funds on balance\"");
}

BOOST_AUTO_TEST_CASE(mistakes_are_written_down)
{
    call({{"action", "balance"}, {"currency", "TRY"}});
    BOOST_TEST(mistakes().find("no parameter \"currency\"") != std::string::npos);
    ask("GET", "/panel/api/v2?key=sim-smm-key&action=balance");
    BOOST_TEST(mistakes().find("GET was used") != std::string::npos);
    BOOST_TEST(boost::json::serialize(line()).find("sim-smm-key") == std::string::npos);
    ask("POST", "/panel/api/v2", {{"Content-Type", "application/json"}}, R"({"key":"sim-smm-key"})");
    BOOST_TEST(mistakes().find("no form's") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
