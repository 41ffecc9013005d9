#include "control/detail/list_page.hpp"

#include "control/control_world.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(list_page_)

namespace {

struct page_world : control_world {
    page_world()
    {
        boot();
        open();
    }

    /// Every row's `key`, page by page, and how many pages there were.
    std::string walk(const std::string& path, const char* name, const char* key, http::header_list query)
    {
        std::string all;
        for (pages = 1; pages < 50; ++pages) {
            const auto o = object_in(read(path, query));
            for (const auto& v : o.at(name).as_array())
                all += text_at(v.as_object(), key) + " ";
            if (o.at("next").is_null())
                return all;
            std::erase_if(query, [](const auto& q) { return q.first == "after" || q.first == "before"; });
            query.emplace_back(path == "/v1/runs" ? "before" : "after", std::string(o.at("next").as_string()));
        }
        return all;
    }
    int pages = 0;
};

} // namespace

BOOST_AUTO_TEST_CASE(suppressions_come_in_pages_that_add_up)
{
    page_world w;
    w.post("/v1/suppressions",
           R"({"phones":["5551112231","5551112232","5551112233","5551112234","5551112235"],"reason":"asked"})");
    BOOST_TEST(w.walk("/v1/suppressions", "suppressions", "phone", {{"limit", "2"}}) ==
               "5551112231 5551112232 5551112233 5551112234 5551112235 ");
    BOOST_TEST(w.pages == 3);
    w.walk("/v1/suppressions", "suppressions", "phone", {{"limit", "5"}});
    BOOST_TEST(w.pages == 1);
    BOOST_TEST(code_in(w.read("/v1/suppressions", {{"after", "abc"}})) == "invalid_argument");
    BOOST_TEST(code_in(w.read("/v1/suppressions", {{"limit", "20001"}})) == "invalid_argument");
}

BOOST_AUTO_TEST_CASE(a_page_without_a_limit_is_bounded_too)
{
    page_world w;
    ledger::batch many;
    for (int n = 0; n < 20'500; ++n) {
        ledger::suppress s;
        s.entry.phone = std::to_string(5550000000LL + n);
        many.push_back(std::move(s));
    }
    BOOST_REQUIRE(w.get(w.disk->commit(std::move(many))));
    const auto o = object_in(w.read("/v1/suppressions"));
    BOOST_TEST(o.at("suppressions").as_array().size() == 20'000u);
    BOOST_TEST(o.at("next").as_string() == "5550019999");
}

BOOST_AUTO_TEST_CASE(who_only_looks_gets_less_and_no_number_as_a_cursor)
{
    page_world w;
    w.post("/v1/suppressions", R"({"phones":["5551112231","5551112232"]})");
    w.listener = control::view_listener;
    BOOST_TEST(w.read("/v1/suppressions", {{"limit", "1001"}}).status == 200); // fewer come
    const auto reply = w.read("/v1/suppressions", {{"limit", "1"}});
    BOOST_TEST(reply.status == 200);
    BOOST_TEST(reply.body.find("555111223") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(attention_comes_in_pages_in_the_order_of_its_rising)
{
    page_world w;
    ledger::batch entries;
    for (const char* id : {"a3", "a1", "a2"}) {
        ledger::raise_attention r;
        r.entry.id = id;
        r.entry.kind = "ambiguous";
        r.entry.at = w.time.wall_now();
        entries.push_back(std::move(r));
    }
    BOOST_REQUIRE(w.get(w.disk->commit(std::move(entries))));
    BOOST_TEST(w.walk("/v1/attention", "attention", "id", {{"limit", "1"}}) == "a1 a2 a3 ");
    BOOST_TEST(w.pages == 3);
    BOOST_TEST(object_in(w.read("/v1/status")).at("attention").to_number<int>() == 3);
}

BOOST_AUTO_TEST_CASE(a_page_ends_where_its_bytes_do_and_always_holds_a_row)
{
    page_world w;
    const auto in = w.request("GET", "/v1/jobs");
    control::server_state state{[&] {
        control::dependencies d{
            w.io.get_executor(), w.time, w.engine(), w.now().record, *w.bus, {}, {}, w.zone, "", 991, [] {
                return std::uint64_t(0);
            }};
        return d;
    }()};
    control::request_context c(state, in, control::access_level::operate);
    control::list_page page(c, "rows", 100);
    const json::object large{{"text", std::string(control::max_page_bytes, 'x')}};
    const json::object small{{"text", "x"}};
    BOOST_TEST(page.add(large, "1"));
    BOOST_TEST(!page.add(small, "2"));
    BOOST_TEST(!page.add(small, "3"));
    const auto reply = std::move(page).reply();
    BOOST_TEST(reply.body.ends_with("],\"next\":\"1\"}\n"));
}

BOOST_AUTO_TEST_CASE(who_only_looks_may_not_ask_without_a_pause)
{
    page_world w;
    w.listener = control::view_listener;
    int served = 0;
    http::reply last;
    for (int i = 0; i < 1000; ++i) {
        last = w.read("/v1/jobs");
        served += last.status == 200;
    }
    BOOST_TEST(served == 300);
    BOOST_TEST(code_in(last) == "busy");
    BOOST_TEST(last.status == 503);
    BOOST_TEST(last.headers.at(0).first == "Retry-After");
    w.listener = control::operate_listener;
    BOOST_TEST(w.read("/v1/jobs").status == 200); // who operates is not bound by it
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
