#include "http/message.hpp"

#include "core/secret.hpp"

namespace ulak::http {

request::~request()
{
    wipe(target);
    wipe(body);
    for (auto& field : headers)
        wipe(field.second);
}

std::string_view name(method m) noexcept
{
    switch (m) {
    case method::get: return "GET";
    case method::post: return "POST";
    case method::del: return "DELETE";
    }
    return "GET";
}

std::string_view name(phase p) noexcept
{
    constexpr std::string_view names[] = {"resolve", "connect", "tls",  "dispatch", "writing",
                                          "written", "header",  "body", "complete"};
    return names[static_cast<std::size_t>(p)];
}

std::string_view name(close_reason c) noexcept
{
    constexpr std::string_view names[] = {"none", "close_notify", "eof", "reset", "timeout", "cancelled"};
    return names[static_cast<std::size_t>(c)];
}

} // namespace ulak::http
