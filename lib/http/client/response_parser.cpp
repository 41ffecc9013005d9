#include "http/client/response_parser.hpp"

#include "http/detail/http_grammar.hpp"

#include <algorithm>

namespace ulak::http {
namespace {

constexpr std::size_t typical_header_bytes = 512;
constexpr std::uint64_t max_reserved = 64 * 1024; ///< a Content-Length is only a claim until the bytes are there

} // namespace

bool response_parser::has_valid_transfer_coding() const
{
    return is_valid_transfer_coding(message.headers, version);
}

void response_parser::on_response_impl(int status, text, int version_, code&)
{
    message.status = status;
    version = version_;
    message.headers.reserve(typical_header_bytes);
}

void response_parser::on_field_impl(boost::beast::http::field, text name, text value, code&)
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

std::size_t response_parser::on_body_impl(text content, code&)
{
    message.body.append(content.data(), content.size());
    return content.size();
}

std::size_t response_parser::on_chunk_body_impl(std::uint64_t, text content, code& ec)
{
    return on_body_impl(content, ec);
}

} // namespace ulak::http
