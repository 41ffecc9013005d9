#include "sim/protocols/tamonay/page.hpp"

#include "sim/protocols/tamonay/replies.hpp"

#include <algorithm>

namespace ulak::sim::tamonay {

page read_page(call& c, std::size_t total)
{
    constexpr std::size_t most_rows = 100;
    const auto& query = c.query;
    query.allow_only(c, {"per_page", "page"});
    page p;
    p.total = total;
    for (auto [key, field] : {std::pair("per_page", &p.size), std::pair("page", &p.number)}) {
        auto text = query.find(key);
        auto n = text ? parse_id(*text) : std::nullopt;
        if (text && (!n || *n == 0))
            c.add_mistake(std::string(key) + " is no whole number from 1");
        if (n && *n > 0)
            *field = static_cast<std::size_t>(*n);
    }
    p.size = std::min(p.size, most_rows);
    return p;
}

http::reply page_reply(call& c, const page& p, const std::vector<json::value>& rows)
{
    auto shape = c.fault("list-shape").value_or("inside");
    auto count = [](std::size_t n) { return json::number(static_cast<std::int64_t>(n)); };
    std::vector<json::member> where{{"current_page", count(p.number)},
                                    {"last_page", count(p.last_number())},
                                    {"per_page", count(p.size)},
                                    {"total", count(p.total)}};
    c.accept();
    auto list = json::array(rows);
    if (shape == "plain")
        return success_reply(list);
    if (shape == "inside") {
        where.insert(where.begin(), {"data", list});
        return success_reply(json::object(where));
    }
    auto links = json::object({{"first", json::text("?page=1")}, {"next", json::null}});
    return json_reply(json::object(
        {{"success", json::truth(true)}, {"data", list}, {"links", links}, {"meta", json::object(where)}}));
}

} // namespace ulak::sim::tamonay
