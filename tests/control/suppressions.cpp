#include "control/control_world.hpp"
#include "events/event_names.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(suppressions_)

namespace {

struct list_world : control_world {
    list_world()
    {
        boot();
        open();
    }
    std::size_t size() { return object_in(read("/v1/suppressions")).at("suppressions").as_array().size(); }
    std::int64_t removed(const http::reply& r) { return object_in(r).at("removed").to_number<std::int64_t>(); }
};

} // namespace

BOOST_AUTO_TEST_CASE(numbers_are_added_once_however_they_are_written)
{
    list_world w;
    const auto reply = w.post("/v1/suppressions",
                              R"({"phone":"5551112233","phones":["0555 111 22 33","5554445566"],"reason":"asked"})");
    BOOST_TEST(reply.status == 201);
    BOOST_TEST(object_in(reply).at("added").to_number<int>() == 2);
    BOOST_TEST(w.size() == 2u);
    const auto all = object_in(w.read("/v1/suppressions")).at("suppressions").as_array();
    BOOST_TEST(text_at(all[0].as_object(), "reason") == "asked");
}

BOOST_AUTO_TEST_CASE(one_bad_number_refuses_the_whole_request)
{
    list_world w;
    for (const char* body : {"", "{}", R"({"phones":[]})", R"({"phone":"12"})", R"({"phone":5551112233})",
                             R"({"phones":["5551112233","x"]})", R"({"numbers":["5551112233"]})"})
        BOOST_TEST(code_in(w.post("/v1/suppressions", body)) == "invalid_argument", body);
    BOOST_TEST(w.size() == 0u);
}

BOOST_AUTO_TEST_CASE(more_than_ten_thousand_at_once_are_refused)
{
    list_world w;
    std::string body = R"({"phones":[)";
    for (int n = 0; n <= 10'000; ++n)
        body += (n > 0 ? ",\"" : "\"") + std::to_string(5550000000LL + n) + "\"";
    BOOST_TEST(code_in(w.post("/v1/suppressions", body + "]}")) == "invalid_argument");
}

BOOST_AUTO_TEST_CASE(numbers_are_removed_by_path_query_and_body)
{
    list_world w;
    w.post("/v1/suppressions", R"({"phones":["5551112233","5554445566","5557778899"]})");
    BOOST_TEST(w.removed(w.ask("DELETE", "/v1/suppressions/05551112233")) == 1);
    BOOST_TEST(w.removed(w.ask("DELETE", "/v1/suppressions", {{"phone", "5554445566"}})) == 1);
    BOOST_TEST(w.removed(w.ask("DELETE", "/v1/suppressions", {}, R"({"phones":["5557778899","5550000000"]})")) == 1);
    BOOST_TEST(w.size() == 0u);
    BOOST_TEST(code_in(w.ask("DELETE", "/v1/suppressions")) == "invalid_argument");
    BOOST_TEST(code_in(w.ask("DELETE", "/v1/suppressions/abc")) == "invalid_argument");
}

BOOST_AUTO_TEST_CASE(who_may_only_look_sees_no_numbers)
{
    list_world w;
    w.post("/v1/suppressions", R"({"phone":"5551112233","reason":"call 5554445566"})");
    w.listener = control::view_listener;
    const auto body = w.read("/v1/suppressions").body;
    BOOST_TEST(body.find("5551112233") == std::string::npos);
    BOOST_TEST(body.find("5554445566") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_removal_is_recorded_without_the_number_however_it_was_written)
{
    list_world w;
    for (const char* written : {"5551112233", "0555 111 22 33", "+90 (555) 111-22-33", "５５５１１１２２３３"})
        BOOST_TEST(w.ask("DELETE", std::string("/v1/suppressions/") + written).status == 200, written);
    BOOST_TEST(w.published.count(events::control_command) == 4u);
    for (const events::event& e : w.published.all)
        for (const char* middle : {"111", "１１１"})
            BOOST_TEST(e.message.find(middle) == std::string::npos, e.message);
}

/// Whoever may ask what comes behind a number learns in ten questions the digits that are masked.
BOOST_AUTO_TEST_CASE(who_may_only_look_cannot_search_for_a_number)
{
    list_world w;
    w.post("/v1/suppressions", R"({"phones":["5551112233","5554445566"]})");
    BOOST_TEST(w.read("/v1/suppressions", {{"after", "5551112232"}}).status == 200);
    w.listener = control::view_listener;
    for (const char* after : {"5551112232", "5551112233", "0555 111 22 33", "x"})
        BOOST_TEST(code_in(w.read("/v1/suppressions", {{"after", after}})) == "forbidden", after);
    BOOST_TEST(object_in(w.read("/v1/suppressions", {{"limit", "1"}})).at("next").is_null());
}

BOOST_AUTO_TEST_CASE(a_disk_that_refuses_is_told)
{
    list_world w;
    w.now().store.refuses = true;
    BOOST_TEST(code_in(w.post("/v1/suppressions", R"({"phone":"5551112233"})")) == "unavailable");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
