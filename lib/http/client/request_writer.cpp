#include "http/client/request_writer.hpp"

#include "http/detail/http_grammar.hpp"

#include <algorithm>

namespace ulak::http {
namespace {

// The client makes these itself; with a second one two readers could see two different requests.
constexpr std::string_view reserved[] = {
    "host",    "content-length", "transfer-encoding", "connection", "accept-encoding",
    "trailer", "expect",         "upgrade",           "te",         "keep-alive"};

bool is_reserved(std::string_view field)
{
    return std::ranges::any_of(reserved, [field](std::string_view word) { return equals_ignore_case(word, field); });
}

void add_field(std::string& out, std::string_view field, std::string_view value)
{
    out.append(field).append(": ").append(value).append("\r\n");
}

error cannot_send(std::string_view reason)
{
    return error(errc::invalid_argument, "the request cannot be sent: " + std::string(reason));
}

} // namespace

result<void> check_request(const request& r)
{
    bool below = r.target.empty() || r.target.front() == '/' || r.target.front() == '?';
    if (!below || !is_visible_ascii(r.target) || r.target.find('#') != r.target.npos)
        return cannot_send("its target is not well encoded");
    for (const auto& [field, value] : r.headers) {
        if (!is_token(field) || !is_field_value(value))
            return cannot_send("a header has letters that are not allowed there");
        if (is_reserved(field))
            return cannot_send("the header " + field + " is made by the client");
    }
    if (r.verb == method::get && !r.body.empty())
        return cannot_send("a GET has no body");
    return {};
}

void write_request(std::string& out, const request& r, std::string_view host, std::string_view base_path)
{
    bool rooted = !base_path.empty() || r.target.starts_with('/');
    out.append(name(r.verb)).append(rooted ? " " : " /").append(base_path).append(r.target).append(" HTTP/1.1\r\n");
    add_field(out, "Host", host);
    if (find_header(r.headers, "user-agent").empty())
        out.append("User-Agent: ulakd/" ULAK_VERSION "\r\n");
    if (find_header(r.headers, "accept").empty())
        out.append("Accept: application/json\r\n");
    out.append("Accept-Encoding: identity\r\n");
    for (const auto& [field, value] : r.headers)
        add_field(out, field, value);
    if (r.verb == method::post || !r.body.empty())
        add_field(out, "Content-Length", std::to_string(r.body.size()));
    out.append("\r\n").append(r.body);
}

std::string host_header(const origin& where)
{
    bool six = where.host.find(':') != where.host.npos;
    std::string out = six ? "[" + where.host + "]" : where.host;
    return where.port == "443" ? out : out + ":" + where.port;
}

} // namespace ulak::http
