#include "sim/fixture.hpp"

#include "sim/detail/dispatcher.hpp"
#include "sim/registry.hpp"

using namespace sim_test;

namespace {

struct dispatcher_fixture : sim_fixture {
    /// The operation that a request finds; "unknown" for none.
    std::string found(std::string_view protocol, std::string verb, const std::string& below)
    {
        const auto& p = *sim::find_protocol(protocol);
        http::incoming_request in;
        in.verb = std::move(verb);
        in.raw_target = std::string(p.base_path) + below;
        in.path = in.raw_target;
        sim::call c(world(), world().account(p), in);
        sim::find_operation(c);
        return std::string(c.operation_name());
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(dispatcher_, dispatcher_fixture)

BOOST_AUTO_TEST_CASE(a_pattern_fits_segment_by_segment)
{
    const struct {
        const char* pattern;
        std::vector<std::string> path;
        bool fits;
    } table[] = {
        {"", {}, true},
        {"", {"a"}, false},
        {"orders", {"orders"}, true},
        {"orders", {"order"}, false},
        {"orders", {}, false},
        {"orders/*", {"orders", "17"}, true},
        {"orders/*", {"orders"}, false},
        {"orders/*", {"orders", "17", "x"}, false},
        {"orders/*/update-status", {"orders", "17", "update-status"}, true},
        {"orders/*/update-status", {"orders", "17", "status"}, false},
        {"*/getNumber/*", {"key", "getNumber", "3"}, true},
        {"*/getNumber/*", {"key", "getnumber", "3"}, false},
    };
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.pattern << " and " << t.path.size() << " segments")
    BOOST_TEST(sim::matches_pattern(t.pattern, t.path) == t.fits);
}

BOOST_AUTO_TEST_CASE(each_protocol_finds_its_operations_by_address)
{
    const struct {
        const char *protocol, *verb, *below, *operation;
    } table[] = {
        {"toplusms", "POST", "/sms/send/normal", "send"},
        {"toplusms", "PUT", "/sms/send/normal", "send"},
        {"toplusms", "GET", "/sms/send?apikey=x", "send-url"},
        {"toplusms", "GET", "/sms/reports/17", "report"},
        {"toplusms", "GET", "/user/profileDetails", "profile"},
        {"toplusms", "GET", "/user", "unknown"},
        {"iletimerkezi", "POST", "/send-sms/json", "send-sms"},
        {"iletimerkezi", "GET", "/get-report/json", "get-report"},
        {"iletimerkezi", "POST", "/send-sms/xml", "unknown"},
        {"iletimerkezi", "POST", "/send-sms", "unknown"},
        {"tamonay", "GET", "/user", "user"},
        {"tamonay", "POST", "/user", "unknown"},
        {"tamonay", "GET", "/orders", "orders"},
        {"tamonay", "POST", "/orders", "order"},
        {"tamonay", "GET", "/orders/7", "order-detail"},
        {"tamonay", "POST", "/orders/7/update-status", "update-status"},
        {"tamonay", "GET", "/categories/1/services", "category-services"},
        {"tamonay", "GET", "/balance/history", "history"},
        {"numbers", "GET", "/getCategories", "getCategories"},
        {"numbers", "GET", "/key/getNumber/1", "getNumber"},
        {"numbers", "PUT", "/key/getBalance", "getBalance"},
        {"numbers", "GET", "/getNumber/1", "unknown"},
        {"panel", "GET", "", "unknown"},
        {"panel", "POST", "/services", "unknown"},
    };
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.protocol << ' ' << t.verb << ' ' << t.below)
    BOOST_TEST(found(t.protocol, t.verb, t.below) == t.operation);
}

BOOST_AUTO_TEST_CASE(the_panel_finds_its_operation_in_the_form)
{
    for (std::string action : {"services", "add", "status", "balance"}) {
        ask("POST", "/panel/api/v2", {{"Content-Type", "application/x-www-form-urlencoded"}}, "action=" + action);
        BOOST_TEST(line().at("operation").as_string() == action);
    }
    ask("POST", "/panel/api/v2", {{"Content-Type", "application/x-www-form-urlencoded"}}, "action=refill");
    BOOST_TEST(line().at("operation").as_string() == "unknown");
}

BOOST_AUTO_TEST_CASE(every_protocol_refuses_an_address_that_its_document_does_not_have)
{
    for (const auto* p : sim::protocols())
        BOOST_TEST_CONTEXT(p->name)
        {
            for (auto verb : {"GET", "POST", "DELETE"}) {
                const auto r = ask(verb, std::string(p->base_path) + "/no/such/address/at/all");
                BOOST_TEST(!r.body.empty());
                BOOST_TEST(line().at("operation").as_string() == "unknown");
                BOOST_TEST(!line().at("accepted").as_bool());
                BOOST_TEST(!line().at("mistakes").as_array().empty());
            }
        }
}

BOOST_AUTO_TEST_CASE(no_operation_of_any_protocol_is_admitted_without_credentials)
{
    for (const auto* p : sim::protocols())
        for (const auto& o : p->operations)
            BOOST_TEST_CONTEXT(p->name << ' ' << o.name)
            {
                std::string path(o.path);
                for (auto star = path.find('*'); star != std::string::npos; star = path.find('*'))
                    path.replace(star, 1, "17");
                ask(o.verb.empty() ? "POST" : std::string(o.verb), std::string(p->base_path) + '/' + path,
                    {{"Content-Type", "application/json"}}, "{}");
                BOOST_TEST(line().at("effect").is_null());
            }
}

BOOST_AUTO_TEST_CASE(a_target_that_must_be_percent_encoded_is_a_mistake_everywhere)
{
    for (const auto* p : sim::protocols()) {
        ask("GET", std::string(p->base_path) + "/a\"b");
        BOOST_TEST(mistakes().find("the byte 0x22") != std::string::npos, p->name);
    }
}

BOOST_AUTO_TEST_CASE(only_a_path_with_a_key_is_hidden_from_the_log)
{
    ask("GET", "/tamonay/api/v1/orders/7");
    BOOST_TEST(line().at("path").as_string() == "/tamonay/api/v1/orders/7");
    ask("GET", "/numbers/api/v1/secret/getNumber/7");
    BOOST_TEST(line().at("path").as_string() == "/numbers/api/v1/***/getNumber/7");
    ask("GET", "/numbers/api/v1/getServices/7");
    BOOST_TEST(line().at("path").as_string() == "/numbers/api/v1/getServices/7");
    ask("GET", "/numbers/api/v1/secret/other");
    BOOST_TEST(line().at("path").as_string() == "/numbers/api/v1/***");
    ask("GET", "/numbers/api/v1");
    BOOST_TEST(line().at("path").as_string() == "/numbers/api/v1");
}

BOOST_AUTO_TEST_SUITE_END()
