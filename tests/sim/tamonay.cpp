#include "sim/fixture.hpp"

using namespace sim_test;

namespace {

const std::string api_root = "/tamonay/api/v1";

struct tamonay_fixture : sim_fixture {
    using sim_fixture::sim_fixture;

    http::header_list headers{{"Authorization", "Bearer sim-token"}, {"Accept", "application/json"}};

    http::reply get(const std::string& path) { return ask("GET", api_root + path, headers); }
    http::reply post(const std::string& path, const std::string& body = {})
    {
        auto h = headers;
        if (!body.empty())
            h.emplace_back("Content-Type", "application/json");
        return ask("POST", api_root + path, h, body);
    }
    std::string order() { return at(post("/orders", R"({"service_id":1,"operator":"turkcell"})"), "/data/id"); }
    std::string balance() { return at(get("/user"), "/data/balance"); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(tamonay_, tamonay_fixture)

BOOST_AUTO_TEST_CASE(the_reads_have_the_documents_shapes)
{
    BOOST_TEST(balance() == "\"150.00\"");
    BOOST_TEST(
        get("/categories")
            .body.find(R"("services":[{"id":1,"name":"WhatsApp","category_id":1,"amount":4.00,"quantity":100})") !=
        std::string::npos);
    BOOST_TEST(get("/services")
                   .body.find(R"("category":{"id":1,"name":"Sosyal Medya","slug":"sosyal-medya"},"amount":4.00)") !=
               std::string::npos);
    BOOST_TEST(at(get("/categories/2/services"), "/data/0/name") == "\"Google\"");
    BOOST_TEST(get("/categories/9/services").status == 404);
    BOOST_TEST(world().log.mistake_count() == 0u);
}

BOOST_AUTO_TEST_CASE(an_order_is_created_and_costs_its_price)
{
    auto r = post("/orders", R"({"service_id":1,"operator":"turkcell"})");
    BOOST_TEST(r.status == 201);
    BOOST_TEST(at(r, "/success") == "true");
    BOOST_TEST(at(r, "/data/status") == "\"active\"");
    BOOST_TEST(at(r, "/data/price") == "\"4.00\"");
    BOOST_TEST(at(r, "/data/created_at") == "\"2026-11-22T09:00:00.000000Z\"");
    BOOST_TEST(line().at("effect").at("operator").as_string() == "turkcell");
    BOOST_TEST(balance() == "\"146.00\"");
}

BOOST_AUTO_TEST_CASE(update_status_brings_the_code_and_detail_shows_what_was_stored)
{
    auto id = order();
    pass(3s);
    BOOST_TEST(at(get("/orders/" + id), "/data/status") == "\"active\"");
    auto r = post("/orders/" + id + "/update-status");
    BOOST_TEST(at(r, "/data/status") == "\"completed\"");
    BOOST_TEST(at(r, "/data/sms_code") == "\"012345\"");
    BOOST_TEST(at(get("/orders/" + id), "/data/sms_code") == "\"012345\"");
    BOOST_TEST(world().log.mistake_count() == 0u);
}

BOOST_AUTO_TEST_CASE(the_code_can_stand_in_another_field)
{
    fault("tamonay.update-status=code-field:messages/0/text");
    auto id = order();
    pass(3s);
    auto r = post("/orders/" + id + "/update-status");
    BOOST_TEST(at(r, "/data/messages/0/text") == "\"012345\"");
    BOOST_TEST(at(r, "/data/sms_code") == "(nothing)");
}

BOOST_AUTO_TEST_CASE(lists_come_in_three_shapes_newest_first)
{
    auto first = order();
    auto second = order();
    BOOST_TEST(at(get("/orders"), "/data/data/0/id") == second);
    BOOST_TEST(at(get("/orders?per_page=1&page=2"), "/data/data/0/id") == first);
    fault("tamonay.orders=list-shape:plain*1");
    BOOST_TEST(at(get("/orders"), "/data/1/id") == first);
    fault("tamonay.orders=list-shape:meta*1");
    BOOST_TEST(at(get("/orders"), "/meta/total") == "2");
    BOOST_TEST(world().log.mistake_count() == 0u);
}

BOOST_AUTO_TEST_CASE(an_expired_number_is_refunded_by_itself)
{
    fault("tamonay.order=sms-never");
    auto id = order();
    pass(20min);
    BOOST_TEST(at(get("/orders/" + id), "/data/status") == "\"expired\"");
    BOOST_TEST(balance() == "\"150.00\"");
    BOOST_TEST(at(get("/balance/history"), "/data/data/0/amount") == "\"4.00\"");
    fault("tamonay.order=refund-missing");
    id = order();
    pass(20min);
    BOOST_TEST(at(get("/orders/" + id), "/data/status") == "\"expired\"");
    BOOST_TEST(balance() == "\"146.00\"");
}

BOOST_AUTO_TEST_CASE(refusals_have_the_documents_statuses)
{
    BOOST_TEST(post("/orders", R"({"service_id":4})").status == 400);
    BOOST_TEST(post("/orders", R"({"service_id":99})").status == 404);
    BOOST_TEST(post("/orders", R"({"operator":"turkcell"})").status == 400);
    BOOST_TEST(get("/orders/1").status == 404);
    money("tamonay").set(decimal());
    BOOST_TEST(post("/orders", R"({"service_id":1})").status == 400);
    BOOST_TEST(line().at("effect").is_null());
}

BOOST_AUTO_TEST_CASE(who_does_not_ask_for_json_is_sent_to_the_login_page)
{
    headers = {{"Authorization", "Bearer other"}, {"Accept", "application/json"}};
    BOOST_TEST(get("/user").status == 401);
    BOOST_TEST(get("/user").body == R"({"message":"Unauthenticated."})");
    headers = {{"Authorization", "Bearer other"}, {"Accept", "text/html"}};
    BOOST_TEST(get("/user").status == 302);
    headers = {{"Authorization", "Bearer sim-token"}};
    BOOST_TEST(get("/user").status == 200);
    BOOST_TEST(mistakes().find("header Accept is missing") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(mistakes_of_an_order_are_written_down)
{
    struct {
        std::string body, sentence;
        int status;
    } table[] = {{R"({"service_id":"1"})", "service_id is not a JSON integer", 201},
                 {R"({"service_id":1,"forward":"true"})", "forward is not a JSON boolean", 201},
                 {R"({"service_id":1,"country":"tr"})", "no key \"country\"", 201},
                 {R"({"service_id":1,"operator":5})", "\"operator\" is a JSON int64", 201},
                 {"service_id=1", "not JSON", 400}};
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.body)
        {
            BOOST_TEST(post("/orders", t.body).status == t.status);
            BOOST_TEST(mistakes().find(t.sentence) != std::string::npos, mistakes());
        }
    BOOST_TEST(ask("DELETE", api_root + "/orders/1", headers).status == 405);
    BOOST_TEST(ask("POST", api_root + "/orders/1/cancel", headers).status == 404);
    BOOST_TEST(mistakes().find("no such address") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
