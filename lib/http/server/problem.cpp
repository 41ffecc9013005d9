#include "http/server/problem.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::http {
namespace {

struct status_row {
    int status;
    std::string_view phrase;
    std::string_view code; ///< a problem's `code`; empty: a server sends no problem of that status
};

constexpr status_row rows[] = {
    {200, "OK", {}},
    {201, "Created", {}},
    {202, "Accepted", {}},
    {204, "No Content", {}},
    {301, "Moved Permanently", {}},
    {302, "Found", {}},
    {303, "See Other", {}},
    {304, "Not Modified", {}},
    {307, "Temporary Redirect", {}},
    {308, "Permanent Redirect", {}},
    {400, "Bad Request", "invalid_argument"},
    {401, "Unauthorized", "auth"},
    {403, "Forbidden", "forbidden"},
    {404, "Not Found", "not_found"},
    {405, "Method Not Allowed", "unsupported"},
    {408, "Request Timeout", "timed_out"},
    {409, "Conflict", "conflict"},
    {413, "Content Too Large", "too_large"},
    {415, "Unsupported Media Type", "unsupported"},
    {417, "Expectation Failed", "unsupported"},
    {421, "Misdirected Request", {}},
    {422, "Unprocessable Content", "validation"},
    {429, "Too Many Requests", "rate_limited"},
    {431, "Request Header Fields Too Large", "too_large"},
    {500, "Internal Server Error", "unavailable"},
    {501, "Not Implemented", "unsupported"},
    {502, "Bad Gateway", {}},
    {503, "Service Unavailable", "unavailable"},
    {504, "Gateway Timeout", {}},
};

const status_row* find(int status) noexcept
{
    auto row = std::ranges::find(rows, status, &status_row::status);
    return row == std::end(rows) ? nullptr : row;
}

} // namespace

std::string_view reason_phrase(int status) noexcept
{
    const auto* row = find(status);
    return row == nullptr ? "Status" : row->phrase;
}

namespace {

constexpr char retry_after[] = "1"; ///< seconds: requests are short, so a place is free soon

reply make_problem(int status, std::string_view detail, std::string_view code)
{
    boost::json::object body;
    body["type"] = "about:blank";
    body["title"] = reason_phrase(status);
    body["status"] = status;
    body["detail"] = detail;
    body["code"] = code;
    return reply(status, boost::json::serialize(body), "application/problem+json");
}

} // namespace

reply problem(int status, std::string_view detail)
{
    const auto* row = find(status);
    return make_problem(status, detail, row == nullptr || row->code.empty() ? "unavailable" : row->code);
}

reply busy_problem()
{
    auto out = make_problem(503, "too many connections; try again in a second", "busy");
    out.headers.emplace_back("Retry-After", retry_after);
    return out;
}

} // namespace ulak::http
