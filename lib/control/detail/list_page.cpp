#include "control/detail/list_page.hpp"

#include "control/detail/request_parsing.hpp"
#include "control/detail/view_filter.hpp"
#include "core/phone.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

#include <algorithm>

namespace ulak::control {

namespace json = boost::json;

result<std::size_t> parse_page_limit(const request_context& c, std::size_t usual, std::size_t most)
{
    auto limit = parse_limit(c.request, usual, most);
    if (limit && c.masked())
        limit = std::min(*limit, max_view_rows);
    return limit;
}

std::string public_cursor(const std::string& name)
{
    return mask_long_numbers(name) == name ? name : std::string();
}

list_page::list_page(request_context& c, std::string_view name, std::size_t limit)
    : context_(c),
      text_("{\"" + std::string(name) + "\":["),
      limit_(limit),
      max_bytes_(c.masked() ? max_view_page_bytes : max_page_bytes)
{
    const auto found = std::ranges::find(c.shown, name, &shown_field::key);
    if (found != c.shown.end() && found->how == visibility::fields)
        shown_ = &*found;
}

bool list_page::add(json::object row, std::string cursor)
{
    if (more_)
        return false;
    if (context_.masked())
        hide_all_but(row, shown_ ? shown_->inner : shown_fields());
    auto one = json::serialize(row);
    // A single row that is larger than a page is a page of its own.
    more_ = rows_ == limit_ || (rows_ > 0 && text_.size() + one.size() > max_bytes_);
    if (more_)
        return false;
    if (rows_++ > 0)
        text_ += ',';
    text_ += one;
    last_ = std::move(cursor);
    return true;
}

http::reply list_page::reply() &&
{
    context_.filtered = true;
    text_ += "],\"next\":";
    text_ += more_ && !last_.empty() ? json::serialize(json::string(last_)) : "null";
    text_ += "}\n";
    return http::reply(200, std::move(text_));
}

} // namespace ulak::control
