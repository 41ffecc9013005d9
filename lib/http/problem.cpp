#include "http/problem.hpp"

#include "http/http_grammar.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::http {
namespace {

struct status_row {
    int status;
    std::string_view phrase;
    std::string_view code; ///< the word in a problem's `code`; empty: not one that a server says on its own
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

bool add(std::string& out, std::string_view field, std::string_view value)
{
    if (!is_token(field) || !is_field_value(value))
        return false;
    out.append(field).append(": ").append(value).append("\r\n");
    return true;
}

bool has_content(int status)
{
    return status != 204 && status != 304 && status >= 200;
}

} // namespace

std::string_view reason_phrase(int status) noexcept
{
    const auto* row = find(status);
    return row == nullptr ? "Status" : row->phrase;
}

reply problem(int status, std::string_view detail)
{
    const auto* row = find(status);
    boost::json::object body;
    body["type"] = "about:blank";
    body["title"] = reason_phrase(status);
    body["status"] = status;
    body["detail"] = detail;
    body["code"] = row == nullptr || row->code.empty() ? std::string_view("unavailable") : row->code;
    return reply(status, boost::json::serialize(body), "application/problem+json");
}

result<std::string> write_head(const reply& r, framing how, std::size_t length, bool keep_alive)
{
    std::string out = "HTTP/1.1 " + std::to_string(r.status) + " ";
    out.append(reason_phrase(r.status)).append("\r\n");
    bool sound = r.status >= 200 && r.status < 600;
    if (has_content(r.status)) {
        if (!r.content_type.empty())
            sound = sound && add(out, "Content-Type", r.content_type);
        if (how == framing::chunked)
            out += "Transfer-Encoding: chunked\r\n";
        else if (how == framing::length)
            out += "Content-Length: " + std::to_string(length) + "\r\n";
    }
    for (const auto& [field, value] : r.headers)
        sound = sound && add(out, field, value);
    if (!keep_alive)
        out += "Connection: close\r\n";
    out += "\r\n";
    if (!sound)
        return error(errc::invalid_argument, "an answer with a status or a header that cannot be sent");
    return out;
}

} // namespace ulak::http
