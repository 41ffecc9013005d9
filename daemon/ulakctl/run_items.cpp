#include "ulakctl/run_items.hpp"

#include "ulakctl/cells.hpp"
#include "ulakctl/csv_output.hpp"
#include "ulakctl/exit_codes.hpp"
#include "ulakctl/query.hpp"

#include <boost/json/serialize.hpp>

#include <utility>
#include <vector>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

/// The daemon gives no more at once.
constexpr std::size_t page = 10'000;

/// As it came, whatever a table would make of it; empty where there is nothing.
std::string plain_cell(const json::object& o, const std::string& key)
{
    const json::value* v = o.if_contains(key);
    if (!v || v->is_null())
        return {};
    return v->is_string() ? std::string(v->get_string()) : json::serialize(*v);
}

} // namespace

std::int64_t integer_of(const json::object& o, const char* key)
{
    const json::value* v = o.if_contains(key);
    return v && v->is_int64() ? v->get_int64() : 0;
}

namespace {

/// Calls `take` with page after page.
template<class Take>
result<void> each_page(cli_context& s, const std::string& run, const std::string& states, Take take)
{
    for (std::int64_t last = -1;;) {
        query q;
        q.add("limit", std::to_string(page));
        if (!states.empty())
            q.add("state", states);
        if (last >= 0)
            q.add("after", std::to_string(last));
        auto got = s.daemon.get("/v1/runs/" + path_segment(run) + "/items" + q.text());
        if (!got)
            return got.error();
        json::array& more = got->at("items").get_array();
        const std::size_t received = more.size();
        if (received > 0)
            last = integer_of(more.back().get_object(), "position");
        const json::value* next = got->get_object().if_contains("next");
        const bool ends = received == 0 || (next ? next->is_null() : received < page);
        take(more);
        if (ends)
            return {};
    }
}

} // namespace

result<json::array> all_items(cli_context& s, const std::string& run, const std::string& states)
{
    json::array all;
    auto read = each_page(s, run, states, [&all](json::array& more) {
        for (json::value& v : more)
            all.push_back(std::move(v));
    });
    if (!read)
        return read.error();
    return all;
}

int print_items_csv(cli_context& s, const std::string& run, const std::string& states)
{
    const std::vector<std::string> keys{"position", "line",   "column", "phone",    "state",
                                        "reason",   "detail", "queue",  "segments", "text"};
    bool begun = false;
    const auto begin = [&] {
        if (!std::exchange(begun, true))
            s.print(csv_line(keys));
    };
    auto read = each_page(s, run, states, [&](json::array& more) {
        begin();
        for (const json::value& v : more) {
            std::vector<std::string> cells;
            for (const std::string& key : keys)
                cells.push_back(plain_cell(v.get_object(), key));
            s.print(csv_line(cells));
        }
    });
    return read ? int(exit_ok) : s.fail(read.error());
}

} // namespace ulak::ctl
