#include "sim/fixture.hpp"

#include <algorithm>

#include <boost/json/serialize.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

#include <unistd.h>

using namespace sim_test;

namespace {

struct admin_fixture : sim_fixture {
    using sim_fixture::sim_fixture;

    http::reply get(const std::string& path) { return ask("GET", "/_sim/" + path); }
    http::reply post(const std::string& path, const std::string& body)
    {
        return ask("POST", "/_sim/" + path, {}, body);
    }
    std::string order() { return at(ask("GET", "/numbers/api/v1/sim-smm-key/getNumber/1"), "/number_id"); }
    std::string message(const std::string& id)
    {
        return ask("GET", "/numbers/api/v1/sim-smm-key/getMessage/" + id).body;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(admin_, admin_fixture)

BOOST_AUTO_TEST_CASE(it_explains_itself)
{
    auto text = get("").body;
    for (auto word : {"/panel/api/v2", "POST /_sim/sms", "sms-at-cancel", "drop-after"})
        BOOST_TEST(text.find(word) != std::string::npos, word);
    BOOST_TEST(get("nothing").status == 404);
    BOOST_TEST(ask("PUT", "/_sim/faults").status == 405);
    BOOST_TEST(ask("GET", "/elsewhere").status == 404);
    BOOST_TEST(world().log.last_number() == 0u);
}

BOOST_AUTO_TEST_CASE(the_ledger_is_read_from_a_place_on_and_for_one_protocol)
{
    order();
    ask("GET", "/tamonay/api/v1/user");
    order();
    auto count = [&](const std::string& query) { return parsed(get("ledger?format=json" + query)).as_array().size(); };
    BOOST_TEST(count("") == 3u);
    BOOST_TEST(count("&after=2") == 1u);
    BOOST_TEST(count("&after=9") == 0u);
    BOOST_TEST(count("&protocol=tamonay") == 1u);
    BOOST_TEST(count("&limit=2") == 2u);
    BOOST_TEST(get("ledger?protocol=other").status == 400);
    auto lines = get("ledger").body;
    BOOST_TEST(std::count(lines.begin(), lines.end(), '\n') == 3);
}

BOOST_AUTO_TEST_CASE(an_sms_is_delivered_by_hand)
{
    fault("numbers.getNumber=sms-never");
    auto id = order();
    BOOST_TEST(post("sms", "{\"number_id\":" + id + ",\"code\":\"778899\"}").status == 200);
    BOOST_TEST(message(id).find("\"code\":778899") != std::string::npos);
    BOOST_TEST(post("sms", "{\"number_id\":" + id + ",\"code\":\"1\"}").status == 409);
    BOOST_TEST(post("sms", R"({"number_id":1,"code":"1"})").status == 404);
    BOOST_TEST(post("sms", "{}").status == 400);
}

BOOST_AUTO_TEST_CASE(time_moves_without_waiting)
{
    fault("numbers.getNumber=sms-never");
    auto id = order();
    BOOST_TEST(post("time", R"({"advance":"20m"})").status == 200);
    BOOST_TEST(message(id).find("\"status\":-1") != std::string::npos);
    BOOST_TEST(post("time", R"({"advance":"soon"})").status == 400);
}

BOOST_AUTO_TEST_CASE(balance_and_stock_are_set)
{
    BOOST_TEST(post("balance", R"({"protocol":"numbers","amount":"3.5"})").status == 200);
    BOOST_TEST(post("balance", R"({"tamonay":7,"panel":"1.25"})").status == 200);
    BOOST_TEST(at(get("state"), "/balances/smmonayim-numbers/amount") == "\"3.5\"");
    BOOST_TEST(at(get("state"), "/balances/smmonayim-panel/amount") == "\"1.25\"");
    BOOST_TEST(post("balance", R"({"other":1})").status == 400);
    BOOST_TEST(post("stock", R"({"protocol":"numbers","service":4,"stock":2,"price":"1.5"})").status == 200);
    auto details = ask("GET", "/numbers/api/v1/getServiceDetails/4").body;
    BOOST_TEST(details.find(R"({"id":4,"price":"1.5","stock":2})") != std::string::npos, details);
}

BOOST_AUTO_TEST_CASE(faults_come_and_go)
{
    BOOST_TEST(post("faults", R"([{"protocol":"numbers","what":"500","times":1}, "panel.add=drop-after"])").status ==
               200);
    BOOST_TEST(at(get("state"), "/faults/1/operation") == "\"add\"");
    BOOST_TEST(ask("GET", "/numbers/api/v1/getCategories").status == 500);
    BOOST_TEST(post("faults", R"([{"what":"nonsense"}])").status == 400);
    BOOST_TEST(ask("DELETE", "/_sim/faults").status == 200);
    BOOST_TEST(at(get("state"), "/faults") == "[]");
}

BOOST_AUTO_TEST_CASE(the_state_shows_numbers_sends_and_orders)
{
    auto id = order();
    auto r = get("state");
    BOOST_TEST(at(r, "/numbers/smmonayim-numbers/0/id") == '"' + id + '"');
    BOOST_TEST(at(r, "/numbers/smmonayim-numbers/0/state") == "\"waiting\"");
    BOOST_TEST(at(r, "/numbers_waiting/smmonayim-numbers") == "1");
    BOOST_TEST(at(r, "/ledger/mistakes") == "0");
}

BOOST_AUTO_TEST_CASE(the_ledger_file_holds_every_line)
{
    auto file = std::filesystem::temp_directory_path() / ("ulak-sim-ledger-" + std::to_string(::getpid()));
    auto o = quiet_options();
    o.log_file = file.string();
    {
        admin_fixture kept(o);
        BOOST_REQUIRE(kept.simulator.open().has_value());
        kept.order();
        kept.message("1");
    }
    std::ifstream in(file);
    std::string first, second, third;
    std::getline(in, first);
    std::getline(in, second);
    BOOST_TEST(boost::json::parse(first).at("effect").at("kind").as_string() == "number");
    BOOST_TEST(boost::json::parse(second).at("operation").as_string() == "getMessage");
    BOOST_TEST(!std::getline(in, third));
    std::filesystem::remove(file);
    o.log_file = "/nonexistent/ledger";
    BOOST_TEST(admin_fixture(o).simulator.open().has_error());
}

BOOST_AUTO_TEST_SUITE_END()
