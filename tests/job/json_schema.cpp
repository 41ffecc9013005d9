#include "job/json_schema.hpp"

#include "kinds.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

namespace ulak::job {

BOOST_AUTO_TEST_SUITE(json_schema_)

namespace {

namespace json = boost::json;

const json::value& get(const json::object& schema, const std::string& pointer)
{
    static json::value root;
    root = schema;
    return root.at_pointer(pointer);
}

/// Every record refuses unknown keys, and every schema with a type or branch is described where the table says
/// something.
void check_records(const json::value& v, std::size_t& records)
{
    if (auto list = v.if_array())
        for (const auto& item : *list)
            check_records(item, records);
    auto object = v.if_object();
    if (object == nullptr)
        return;
    if (object->contains("properties") && object->contains("type") && !object->contains("allOf")) {
        ++records;
        BOOST_TEST(object->contains("additionalProperties"));
    }
    for (const auto& member : *object)
        check_records(member.value(), records);
}

} // namespace

BOOST_AUTO_TEST_CASE(jobs_are_distinguished_by_their_kind)
{
    auto schema = job_schema(example_kinds());
    BOOST_TEST(schema.at("$schema").as_string() == "http://json-schema.org/draft-07/schema#");
    BOOST_TEST(json::serialize(get(schema, "/properties/kind/enum")) == R"(["sms.send","balance.watch"])");
    BOOST_TEST(get(schema, "/allOf").as_array().size() == 2u);
    BOOST_TEST(get(schema, "/allOf/1/if/properties/kind/const").as_string() == "balance.watch");
    BOOST_TEST(get(schema, "/allOf/1/then/additionalProperties").as_bool() == false);
    BOOST_TEST(get(schema, "/allOf/1/then/properties").as_object().contains("watch"));
    BOOST_TEST(!get(schema, "/allOf/1/then/properties").as_object().contains("account"));
    BOOST_TEST(!schema.contains("additionalProperties"));
}

BOOST_AUTO_TEST_CASE(required_keys_follow_the_kind)
{
    auto schema = job_schema(example_kinds());
    BOOST_TEST(json::serialize(get(schema, "/required")) == R"(["version","kind"])");
    BOOST_TEST(json::serialize(get(schema, "/allOf/0/then/required")) ==
               R"(["version","kind","budget","account","message"])");
    BOOST_TEST(json::serialize(get(schema, "/allOf/1/then/required")) == R"(["version","kind","watch"])");
}

BOOST_AUTO_TEST_CASE(moments_follow_the_kind)
{
    auto schema = job_schema(example_kinds());
    BOOST_TEST(json::serialize(get(schema, "/allOf/1/then/properties/notify/items/properties/when/items/enum")) ==
               R"(["started","done","failed","attention","missed","firing","cleared"])");
}

BOOST_AUTO_TEST_CASE(every_record_refuses_unknown_keys)
{
    std::size_t records = 0;
    check_records(job_schema(example_kinds()), records);
    BOOST_TEST(records > 15u);
}

BOOST_AUTO_TEST_CASE(defaults_and_examples_have_the_type_of_their_key)
{
    using namespace yaml;
    auto table =
        record("All.", {optional("on", boolean("a"), "true"), optional("n", integer("b", 1, 9), "5"),
                        optional("d", duration("c", "90s"), "5m"),
                        optional("l", list("d", integer("e", 0, 9), 1, 3), "[1, 2]"), required("t", text("f", "12"))});
    auto schema = json_schema_of(*table, "X");
    BOOST_TEST(schema.at("title").as_string() == "X");
    BOOST_TEST(json::serialize(get(schema, "/properties/on")) ==
               R"({"type":"boolean","description":"a","default":true})");
    BOOST_TEST(json::serialize(get(schema, "/properties/n")) ==
               R"({"type":"integer","minimum":1,"maximum":9,"description":"b","default":5})");
    BOOST_TEST(get(schema, "/properties/d/default").as_string() == "5m");
    BOOST_TEST(json::serialize(get(schema, "/properties/d/examples")) == R"(["90s"])");
    BOOST_TEST(json::serialize(get(schema, "/properties/l/default")) == "[1,2]");
    BOOST_TEST(get(schema, "/properties/l/minItems").as_int64() == 1);
    BOOST_TEST(json::serialize(get(schema, "/required")) == R"(["t"])");
}

BOOST_AUTO_TEST_CASE(a_secret_is_one_of_three_references)
{
    auto schema = json_schema_of(*yaml::secret("Which."), "S");
    BOOST_TEST(get(schema, "/oneOf").as_array().size() == 3u);
    BOOST_TEST(json::serialize(get(schema, "/oneOf/2/required")) == R"(["env"])");
    BOOST_TEST(get(schema, "/oneOf/0/additionalProperties").as_bool() == false);
}

BOOST_AUTO_TEST_CASE(a_short_form_is_the_other_branch)
{
    auto schema = job_schema(example_kinds());
    const auto& forms = get(schema, "/allOf/0/then/properties/message/oneOf").as_array();
    BOOST_REQUIRE(forms.size() == 2u);
    BOOST_TEST(forms[0].as_object().at("type").as_string() == "object");
    BOOST_TEST(forms[1].as_object().at("description").as_string() == "What is said.");
}

BOOST_AUTO_TEST_CASE(a_rate_and_an_amount_have_patterns)
{
    auto schema = job_schema(example_kinds());
    BOOST_TEST(get(schema, "/allOf/0/then/properties/pace").as_object().contains("pattern"));
    BOOST_TEST(get(schema, "/properties/budget/properties/run").as_object().contains("pattern"));
    BOOST_TEST(json::serialize(get(schema, "/properties/version/enum")) == "[1]");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::job
