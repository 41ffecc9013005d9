#include "sim/fixture.hpp"

#include "sim/detail/form_reader.hpp"
#include "sim/detail/strict.hpp"
#include "sim/registry.hpp"

using namespace sim_test;

namespace {

/// A call of no operation, made of one request.
struct strict_fixture : sim_fixture {
    sim::call& call(std::string target, http::header_list headers = {}, std::string body = {})
    {
        in = http::incoming_request();
        in.verb = "POST";
        in.raw_target = "/tamonay/api/v1" + std::move(target);
        in.path = in.raw_target;
        in.headers = std::move(headers);
        in.body = std::move(body);
        made.emplace(world(), world().account(*sim::find_protocol("tamonay")), in);
        return *made;
    }
    std::string mistakes_of(const sim::call& c)
    {
        std::string out;
        for (const auto& m : c.entry.mistakes)
            out += m + '\n';
        return out;
    }

    http::incoming_request in;
    std::optional<sim::call> made;
};

boost::json::object object(const char* text)
{
    return boost::json::parse(text).as_object();
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(strict_, strict_fixture)

BOOST_AUTO_TEST_CASE(of_two_fields_with_one_name_the_last_counts)
{
    const sim::strict::fields fields({{"a", "1"}, {"b", ""}, {"a", "2"}});
    BOOST_TEST(fields.find("a").value() == "2");
    BOOST_TEST(fields.find("b").value() == "");
    BOOST_TEST(!fields.find("c").has_value());
    BOOST_TEST(fields.get("c") == "");
    BOOST_TEST(!fields.empty());
    BOOST_TEST(sim::strict::fields().empty());
}

BOOST_AUTO_TEST_CASE(unknown_and_doubled_fields_are_mistakes)
{
    auto& c = call("");
    sim::strict::fields({{"a", "1"}, {"b", "2"}}).allow_only(c, {"a", "b", "c"});
    BOOST_TEST(mistakes_of(c) == "");
    sim::strict::fields({{"a", "1"}, {"x\n", "2"}, {"a", "3"}}).allow_only(c, {"a"});
    BOOST_TEST(c.entry.mistakes.size() == 2u);
    BOOST_TEST(mistakes_of(c).find("the parameter \"a\" stands twice") != std::string::npos);
    BOOST_TEST(mistakes_of(c).find("no parameter") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_first_byte_that_must_be_percent_encoded_is_named)
{
    const struct {
        const char *target, *byte;
    } table[] = {{"/a%20b", nullptr}, {"/a b", "0x20"},   {"/\xC3\xA7", "0xc3"},
                 {"/a|b", "0x7c"},    {"/a\x7f", "0x7f"}, {"/a?b=~-_.!*'()", nullptr},
                 {"/{x}", "0x7b"}};
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.target)
        {
            auto& c = call(t.target);
            sim::strict::check_target(c);
            BOOST_TEST(c.entry.mistakes.size() == (t.byte ? 1u : 0u));
            if (t.byte)
                BOOST_TEST(mistakes_of(c).find(t.byte) != std::string::npos, mistakes_of(c));
        }
}

BOOST_AUTO_TEST_CASE(bodies_and_queries_are_mistakes_where_there_are_none)
{
    auto& quiet = call("/user");
    sim::strict::check_no_body(quiet);
    sim::strict::check_no_query(quiet);
    BOOST_TEST(mistakes_of(quiet) == "");
    auto& loud = call("/user?a=1", {}, "x");
    sim::strict::check_no_body(loud);
    sim::strict::check_no_query(loud);
    BOOST_TEST(loud.entry.mistakes.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_header_is_compared_without_case_and_parameters)
{
    const struct {
        const char* value;
        bool holds;
    } table[] = {{"application/json", true},
                 {"Application/JSON; charset=utf-8", true},
                 {"text/html", false},
                 {"", false},
                 {"application/jsonp", false}};
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.value)
        {
            auto& c = call("", {{"Content-Type", t.value}});
            BOOST_TEST(sim::strict::check_header(c, "Content-Type", "application/json") == t.holds);
            BOOST_TEST(c.entry.mistakes.size() == (t.holds ? 0u : 1u));
        }
    BOOST_TEST(!sim::strict::check_header(call(""), "Accept", "application/json"));
}

BOOST_AUTO_TEST_CASE(a_json_body_is_an_object_with_its_content_type)
{
    const http::header_list json{{"Content-Type", "application/json"}};
    const struct {
        http::header_list headers;
        const char *body, *mistake;
        bool object;
    } table[] = {
        {json, R"({"a":1})", "", true},
        {{}, R"({"a":1})", "the header Content-Type is missing", true},
        {json, "[1]", "JSON but no object", false},
        {json, "{", "the body is not JSON", false},
        {json, "", "the body is not JSON", false},
        {json, "{\"a\":\"\xFF\"}", "not valid UTF-8", false},
    };
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.body)
        {
            auto& c = call("", t.headers, t.body);
            BOOST_TEST(sim::strict::read_json(c).has_value() == t.object);
            BOOST_TEST(mistakes_of(c).find(t.mistake) != std::string::npos, mistakes_of(c));
            BOOST_TEST(c.entry.mistakes.empty() == std::string_view(t.mistake).empty());
        }
}

BOOST_AUTO_TEST_CASE(keys_that_the_document_does_not_name_are_mistakes)
{
    auto& c = call("");
    sim::strict::allow_only_keys(c, object(R"({"a":1,"b":2})"), "the body", {"a", "b"});
    BOOST_TEST(mistakes_of(c) == "");
    sim::strict::allow_only_keys(c, object(R"({"a":1,"z":2})"), "the body", {"a", "b"});
    BOOST_TEST(mistakes_of(c) == "the document has no key \"z\" in the body\n");
}

BOOST_AUTO_TEST_CASE(a_text_may_come_as_another_kind_with_a_mistake)
{
    const auto o = object(R"({"text":"x","number":7,"truth":true,"none":null})");
    auto& c = call("");
    BOOST_TEST(sim::strict::text_of(c, o, "text").value() == "x");
    BOOST_TEST(!sim::strict::text_of(c, o, "none").has_value());
    BOOST_TEST(!sim::strict::text_of(c, o, "absent").has_value());
    BOOST_TEST(mistakes_of(c) == "");
    BOOST_TEST(sim::strict::text_of(c, o, "number").value() == "7");
    BOOST_TEST(sim::strict::text_of(c, o, "truth").value() == "true");
    BOOST_TEST(c.entry.mistakes.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_form_is_urlencoded_or_multipart)
{
    auto& urlencoded =
        call("", {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}}, "a=1+2&b=%C3%A7&a=3");
    const auto form = sim::strict::read_form(urlencoded);
    BOOST_TEST(form.get("a") == "3");
    BOOST_TEST(form.get("b") == "ç");
    BOOST_TEST(mistakes_of(urlencoded) == "");
    auto& multipart = call("", {{"Content-Type", "multipart/form-data; boundary=\"xyz\""}},
                           "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n"
                           "--xyz\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n\r\n--xyz--\r\n");
    const auto parts = sim::strict::read_form(multipart);
    BOOST_TEST(parts.get("a") == "one");
    BOOST_TEST(parts.find("b").value() == "");
    BOOST_TEST(mistakes_of(multipart) == "");
}

BOOST_AUTO_TEST_CASE(broken_forms_are_mistakes_and_leave_no_fields)
{
    const std::string urlencoded = "application/x-www-form-urlencoded", multipart = "multipart/form-data; boundary=xyz";
    const std::string head = "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";
    const struct {
        std::string type, body, mistake;
    } table[] = {
        {"", "a=1", "the Content-Type is missing"},
        {"application/json", "{}", "is no form's"},
        {urlencoded, "a=%zz", "broken percent escape"},
        {multipart, "a=1", "does not begin with its boundary"},
        {multipart, head + "one", "a part does not end"},
        {multipart, head + "one\r\n--xyz", "the last boundary is missing"},
        {multipart, "--xyz\r\nContent-Type: text/plain\r\n\r\none\r\n--xyz--", "a part has no name"},
    };
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.type << ": " << t.body)
        {
            auto& c =
                call("", t.type.empty() ? http::header_list() : http::header_list{{"Content-Type", t.type}}, t.body);
            const auto form = sim::strict::read_form(c);
            BOOST_TEST(mistakes_of(c).find(t.mistake) != std::string::npos, mistakes_of(c));
        }
}

BOOST_AUTO_TEST_CASE(bytes_that_no_form_may_hold_are_mistakes)
{
    const http::header_list type{{"Content-Type", "application/x-www-form-urlencoded"}};
    auto& raw = call("", type, "a=\xC3\xA7");
    sim::strict::read_form(raw);
    BOOST_TEST(mistakes_of(raw).find("must be percent-encoded") != std::string::npos);
    auto& broken = call("", type, "a=%FF");
    sim::strict::read_form(broken);
    BOOST_TEST(mistakes_of(broken).find("not valid UTF-8") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
