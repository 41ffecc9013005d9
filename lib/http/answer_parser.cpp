#include "http/answer_parser.hpp"

#include "http/text_rules.hpp"

#include <algorithm>

namespace ulak::http {
namespace {

constexpr std::size_t usual_head = 512;
constexpr std::uint64_t most_reserved = 64 * 1024; ///< a Content-Length is only a word until the bytes are there

} // namespace

bool answer_parser::has_sound_coding() const
{
    constexpr std::string_view field = "transfer-encoding";
    int codings = 0;
    bool chunked = true;
    taken.headers.for_each([&](std::string_view name, std::string_view value) {
        if (name.size() != field.size() || !same_word(name, field))
            return;
        ++codings;
        chunked = chunked && same_word(value, "chunked");
    });
    return codings == 0 || (codings == 1 && version == 11 && chunked);
}

void answer_parser::on_response_impl(int status, word, int version_, code&)
{
    taken.status = status;
    version = version_;
    taken.headers.reserve(usual_head);
}

void answer_parser::on_field_impl(boost::beast::http::field, word name, word value, code&)
{
    if (!head_is_done_)
        taken.headers.emplace_back(std::string_view(name.data(), name.size()),
                                   std::string_view(value.data(), value.size()));
}

void answer_parser::on_body_init_impl(const boost::optional<std::uint64_t>& length, code&)
{
    if (length)
        taken.body.reserve(static_cast<std::size_t>(std::min(*length, most_reserved)));
}

std::size_t answer_parser::on_body_impl(word content, code&)
{
    taken.body.append(content.data(), content.size());
    return content.size();
}

std::size_t answer_parser::on_chunk_body_impl(std::uint64_t, word content, code& failed)
{
    return on_body_impl(content, failed);
}

} // namespace ulak::http
