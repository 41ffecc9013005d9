#include "control/control_world.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(attention_)

namespace {

struct attention_world : control_world {
    attention_world()
    {
        ledger::raise_attention r;
        r.entry.id = "A1";
        r.entry.job = "job";
        r.entry.account = "acc";
        r.entry.kind = "stalled";
        r.entry.amount = money(decimal::from_integer(8), "TRY");
        r.entry.at = wall();
        r.entry.evidence = "nobody answered for 5551112233";
        commit({r});
        boot();
        open();
    }
    json::array entries(http::header_list query = {})
    {
        return object_in(read("/v1/attention", std::move(query))).at("attention").as_array();
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(open_entries_are_listed_and_resolved_ones_on_request)
{
    attention_world w;
    BOOST_TEST_REQUIRE(w.entries().size() == 1u);
    BOOST_TEST(w.entries()[0].as_object().at("outcome").is_null());
    const auto resolved = object_in(w.post("/v1/attention/A1/resolve", R"({"outcome":"done"})"));
    BOOST_TEST(text_at(resolved, "outcome") == "done");
    BOOST_TEST(resolved.at("resolved_by").to_number<int>() == 1000);
    BOOST_TEST(w.entries().empty());
    BOOST_TEST(w.entries({{"all", "1"}}).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_decision_that_cannot_be_carried_out_says_why)
{
    attention_world w;
    struct bad {
        const char *id, *body, *code;
    };
    const bad table[] = {{"A1", "", "invalid_argument"},
                         {"A1", R"({"outcome":1})", "invalid_argument"},
                         {"A1", R"({"outcome":"maybe"})", "invalid_argument"},
                         {"A1", R"({"result":"done"})", "invalid_argument"},
                         {"none", R"({"outcome":"done"})", "not_found"}};
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.body)
    BOOST_TEST(code_in(w.post(std::string("/v1/attention/") + row.id + "/resolve", row.body)) == row.code);
    w.post("/v1/attention/A1/resolve", R"({"outcome":"write-off"})");
    BOOST_TEST(code_in(w.post("/v1/attention/A1/resolve", R"({"outcome":"done"})")) == "conflict");
}

BOOST_AUTO_TEST_CASE(who_may_only_look_sees_no_numbers_in_the_evidence)
{
    attention_world w;
    w.listener = control::view_listener;
    BOOST_TEST(w.read("/v1/attention").body.find("5551112233") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
