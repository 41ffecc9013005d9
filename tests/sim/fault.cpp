#include "sim/fixture.hpp"

#include <boost/json/serialize.hpp>

using namespace sim_test;

BOOST_FIXTURE_TEST_SUITE(fault_, sim_fixture)

BOOST_AUTO_TEST_CASE(a_text_says_where_what_how_often_and_after_how_many)
{
    auto f = sim::parse_fault("numbers.getNumber=429:30*2@5").value();
    BOOST_TEST(f.protocol == "smmonayim-numbers");
    BOOST_TEST(f.operation == "getNumber");
    BOOST_TEST(f.kind == "429");
    BOOST_TEST(f.parameter == "30");
    BOOST_TEST(f.times == 2u);
    BOOST_TEST(f.after == 5u);
    auto any = sim::parse_fault("*=302:https://example.com:8443/login").value();
    BOOST_TEST(any.protocol == "*");
    BOOST_TEST(any.operation == "*");
    BOOST_TEST(any.parameter == "https://example.com:8443/login");
}

BOOST_AUTO_TEST_CASE(slips_are_refused_with_the_nearest_word)
{
    BOOST_TEST(sim::parse_fault("tamonay.order").has_error());
    BOOST_TEST(sim::parse_fault("tamony.order=reset").has_error());
    BOOST_TEST(sim::parse_fault("tamonay.order=999").has_error());
    auto near = sim::parse_fault("tamonay.order=drop-afer");
    BOOST_REQUIRE(near.has_error());
    BOOST_TEST(near.error().message.find("drop-after") != std::string::npos, near.error().message);
}

BOOST_AUTO_TEST_CASE(a_call_that_no_document_names_is_refused)
{
    for (auto bad : {"tamonay.oder=reset", "*.getnumber=reset", "panel.getNumber=reset", "toplusms.send-sms=reset"}) {
        auto read = sim::parse_fault(bad);
        BOOST_TEST_REQUIRE(read.has_error(), bad);
    }
    auto near = sim::parse_fault("numbers.getNumbr=reset").error().message;
    BOOST_TEST(near == "no call of smmonayim-numbers is called \"getNumbr\"; did you mean \"getNumber\"?", near);
    for (auto good : {"*.getNumber=reset", "panel.add=reset", "toplusms.send-url=reset", "tamonay.order-detail=reset",
                      "iletimerkezi.get-report=reset"})
        BOOST_TEST(sim::parse_fault(good).has_value(), good);
}

BOOST_AUTO_TEST_CASE(json_is_one_fault_a_list_or_a_file)
{
    auto one =
        sim::faults_from_json(boost::json::parse(R"({"protocol":"panel","what":"delay","parameter":250,"times":3})"))
            .value();
    BOOST_REQUIRE_EQUAL(one.size(), 1u);
    BOOST_TEST(one[0].parameter == "250");
    BOOST_TEST(one[0].times == 3u);
    BOOST_TEST(sim::faults_from_json(boost::json::parse(R"({"faults":["*=bom","*=empty"]})")).value().size() == 2u);
    for (auto bad :
         {R"({"what":"bom","time":1})", R"({"what":"bom","times":"x"})", R"([1])", R"({"operation":"send"})"})
        BOOST_TEST(sim::faults_from_json(boost::json::parse(bad)).has_error(), bad);
}

BOOST_AUTO_TEST_CASE(a_fault_lets_chances_pass_and_is_used_up)
{
    fault("numbers.getBalance=500*2@1");
    std::string seen;
    for (int i = 0; i < 5; ++i)
        seen += std::to_string(ask("GET", "/numbers/api/v1/sim-smm-key/getBalance").status) + ' ';
    BOOST_TEST(seen == "200 500 500 200 200 ");
    fault("numbers.getNumber=500");
    BOOST_TEST(ask("GET", "/numbers/api/v1/sim-smm-key/getBalance").status == 200);
}

namespace {

std::string order_at(sim_fixture& f)
{
    f.ask("GET", "/numbers/api/v1/sim-smm-key/getNumber/1");
    auto effect = f.line().at("effect");
    return effect.is_null() ? "nothing done" : "done";
}

} // namespace

BOOST_AUTO_TEST_CASE(before_and_after_decide_whether_it_is_done)
{
    struct {
        std::string what, done;
        int status;
    } table[] = {{"drop-before", "nothing done", 0}, {"drop-after", "done", 0},
                 {"reset", "nothing done", 0},       {"reset-after", "done", 0},
                 {"500", "nothing done", 500},       {"503-after", "done", 503},
                 {"html", "nothing done", 200},      {"html-after", "done", 200},
                 {"302", "nothing done", 302},       {"empty", "done", 200},
                 {"truncate", "done", 200},          {"garbage-after", "done", 200},
                 {"delay:5s", "done", 200},          {"delay-before:1s", "done", 200}};
    money("numbers").set(decimal::from_integer(1'000));
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.what)
        {
            fault("numbers.getNumber=" + t.what + "*1");
            BOOST_TEST(order_at(*this) == t.done);
            BOOST_TEST(line().at("status").as_int64() == t.status);
            BOOST_TEST(boost::json::serialize(line().at("faults")) == "[\"" + t.what + "\"]");
        }
}

BOOST_AUTO_TEST_CASE(the_wire_is_told_what_to_do)
{
    auto get = [&](const std::string& what) {
        fault("numbers.getBalance=" + what + "*1");
        return ask("GET", "/numbers/api/v1/sim-smm-key/getBalance");
    };
    BOOST_TEST((get("drop-after").fault == http::wire_fault::close_unanswered));
    BOOST_TEST((get("reset").fault == http::wire_fault::reset_unanswered));
    BOOST_TEST((get("garbage-after").fault == http::wire_fault::garbage_after));
    auto cut = get("truncate:4");
    BOOST_TEST((cut.fault == http::wire_fault::truncate));
    BOOST_TEST(cut.truncate_at == 4u);
    BOOST_TEST(get("bom").body == "\xEF\xBB\xBF{\"balance\":100}");
    BOOST_TEST(get("empty").body == "");
    BOOST_TEST(get("warning-around").body.find("Warning") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(too_many_requests_come_with_and_without_retry_after)
{
    fault("*=429:30*1");
    auto with = ask("GET", "/numbers/api/v1/getCategories");
    BOOST_TEST(with.headers.at(0).first == "Retry-After");
    BOOST_TEST(with.headers.at(0).second == "30");
    fault("*=429*1");
    BOOST_TEST(ask("GET", "/numbers/api/v1/getCategories").headers.empty());
}

BOOST_AUTO_TEST_SUITE_END()
