#include "http/answer_parser.hpp"

#include "http/text_rules.hpp"

#include <algorithm>

namespace ulak::http {
namespace {

constexpr std::size_t usual_headers = 12;
constexpr std::uint64_t most_reserved = 64 * 1024; ///< a Content-Length is only a word until the bytes are there

} // namespace

bool answer_parser::has_sound_coding() const
{
    auto is_coding = [](const auto& field) { return same_word(field.first, "transfer-encoding"); };
    auto first = std::ranges::find_if(taken.headers, is_coding);
    if (first == taken.headers.end())
        return true;
    return std::find_if(first + 1, taken.headers.end(), is_coding) == taken.headers.end() && version == 11 &&
           same_word(first->second, "chunked");
}

void answer_parser::on_response_impl(int status, word, int version_, code&)
{
    taken.status = status;
    version = version_;
    taken.headers.reserve(usual_headers);
}

void answer_parser::on_field_impl(boost::beast::http::field, word name, word value, code&)
{
    if (!head_is_done_)
        taken.headers.emplace_back(std::piecewise_construct, std::forward_as_tuple(name.data(), name.size()),
                                   std::forward_as_tuple(value.data(), value.size()));
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
