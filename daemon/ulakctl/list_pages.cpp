#include "ulakctl/list_pages.hpp"

#include "ulakctl/query.hpp"

#include <iterator>
#include <string>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

std::string page_behind(const std::string& target, const json::string& next)
{
    query q;
    q.add("after", next);
    std::string more = q.text();
    if (target.find('?') != std::string::npos)
        more.front() = '&';
    return target + more;
}

} // namespace

result<json::array> all_rows(cli_context& s, const std::string& target, std::string_view name)
{
    json::array all;
    for (std::string page = target;;) {
        auto got = s.daemon.get(page);
        if (!got)
            return got.error();
        json::object* o = got->if_object();
        json::value* list = o ? o->if_contains(name) : nullptr;
        if (!list || !list->is_array())
            return error(errc::contract, "the daemon's answer has no list of " + std::string(name) +
                                             "; ulakctl and ulakd are of different versions");
        json::array& rows = list->get_array();
        all.insert(all.end(), std::move_iterator(rows.begin()), std::move_iterator(rows.end()));
        const json::value* next = o->if_contains("next");
        if (!next || !next->is_string() || rows.empty())
            return all;
        page = page_behind(target, next->get_string());
    }
}

} // namespace ulak::ctl
