#include "http/server/reply_writer.hpp"

#include "http/detail/http_grammar.hpp"
#include "http/server/problem.hpp"

namespace ulak::http {
namespace {

bool append_checked(std::string& out, std::string_view field, std::string_view value)
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

result<std::string> write_head(const reply& r, framing how, std::size_t length, bool keep_alive)
{
    std::string out = "HTTP/1.1 " + std::to_string(r.status) + " ";
    out.append(reason_phrase(r.status)).append("\r\n");
    bool sound = r.status >= 200 && r.status < 600;
    if (has_content(r.status)) {
        if (!r.content_type.empty())
            sound = sound && append_checked(out, "Content-Type", r.content_type);
        if (how == framing::chunked)
            out += "Transfer-Encoding: chunked\r\n";
        else if (how == framing::length)
            out += "Content-Length: " + std::to_string(length) + "\r\n";
    }
    for (const auto& [field, value] : r.headers)
        sound = sound && append_checked(out, field, value);
    if (!keep_alive)
        out += "Connection: close\r\n";
    out += "\r\n";
    if (!sound)
        return error(errc::invalid_argument, "an answer with a status or a header that cannot be sent");
    return out;
}

} // namespace ulak::http
