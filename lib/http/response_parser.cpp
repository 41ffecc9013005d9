#include "http/response_parser.hpp"

#include "http/http_grammar.hpp"

#include <algorithm>

namespace ulak::http {
namespace {

constexpr std::size_t typical_header_bytes = 512;
constexpr std::uint64_t max_reserved = 64 * 1024; ///< a Content-Length is only a word until the bytes are there

} // namespace

bool response_parser::has_valid_transfer_coding() const
{
    constexpr std::string_view field = "transfer-encoding";
    int codings = 0;
    bool chunked = true;
    message.headers.for_each([&](std::string_view name, std::string_view value) {
        if (name.size() != field.size() || !equals_ignore_case(name, field))
            return;
        ++codings;
        chunked = chunked && equals_ignore_case(value, "chunked");
    });
    return codings == 0 || (codings == 1 && version == 11 && chunked);
}

void response_parser::on_response_impl(int status, word, int version_, code&)
{
    message.status = status;
    version = version_;
    message.headers.reserve(typical_header_bytes);
}

void response_parser::on_field_impl(boost::beast::http::field, word name, word value, code&)
{
    if (!header_done_)
        message.headers.emplace_back(std::string_view(name.data(), name.size()),
                                   std::string_view(value.data(), value.size()));
}

void response_parser::on_body_init_impl(const boost::optional<std::uint64_t>& length, code&)
{
    if (length)
        message.body.reserve(static_cast<std::size_t>(std::min(*length, max_reserved)));
}

std::size_t response_parser::on_body_impl(word content, code&)
{
    message.body.append(content.data(), content.size());
    return content.size();
}

std::size_t response_parser::on_chunk_body_impl(std::uint64_t, word content, code& failed)
{
    return on_body_impl(content, failed);
}

} // namespace ulak::http
