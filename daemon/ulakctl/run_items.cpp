#include "ulakctl/run_items.hpp"

#include "ulakctl/cells.hpp"
#include "ulakctl/query.hpp"

namespace ulak::ctl {

namespace json = boost::json;

namespace {

/// The daemon gives no more at once.
constexpr std::size_t page = 10'000;

} // namespace

std::int64_t integer_of(const json::object& o, const char* key)
{
    const json::value* v = o.if_contains(key);
    return v && v->is_int64() ? v->get_int64() : 0;
}

result<json::array> all_items(cli_context& s, const std::string& run, const std::string& states)
{
    json::array all;
    for (;;) {
        query q;
        q.add("limit", std::to_string(page));
        if (!states.empty())
            q.add("state", states);
        if (!all.empty())
            q.add("after", std::to_string(integer_of(all.back().get_object(), "position")));
        auto got = s.daemon.get("/v1/runs/" + path_segment(run) + "/items" + q.text());
        if (!got)
            return got.error();
        json::array& more = got->at("items").get_array();
        const std::size_t received = more.size();
        for (json::value& v : more)
            all.push_back(std::move(v));
        const json::value* next = got->get_object().if_contains("next");
        if (received == 0 || (next ? next->is_null() : received < page))
            return all;
    }
}

} // namespace ulak::ctl
