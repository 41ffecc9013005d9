// Beast's parsers fed by hand, with the checks that Beast 1.81 leaves out. Included by the two readers only.
#pragma once

#include "http/http_grammar.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/fields.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ulak::http {

/// What a reader has after some bytes. `head` comes once, when the header block is complete.
enum class read_step { more, head, done, failed };

/// `pending` holds the bytes that Beast has not taken yet; they are bounded by `window`, and with them chunk extensions
/// and trailers, which Beast's own limits do not count.
template<class Parser>
class beast_feed {
  public:
    beast_feed(std::size_t header_limit, std::size_t body_limit, std::size_t window) : window_(window)
    {
        parser.emplace();
        parser->header_limit(static_cast<std::uint32_t>(header_limit));
        parser->body_limit(body_limit);
    }

    /// Out of `pending`.
    read_step advance()
    {
        std::string_view left(pending);
        auto now = advance(left);
        pending.erase(0, pending.size() - left.size());
        return now;
    }

    /// Takes what it can off the front of `bytes`: all that was not taken must come again, with more behind it.
    read_step advance(std::string_view& bytes)
    {
        if (!parser->is_header_done())
            return advance_head(bytes);
        if (is_incomplete_last_chunk(bytes))
            return read_step::more;
        body_started_ = body_started_ || !bytes.empty();
        while (!parser->is_done() && !bytes.empty()) {
            bytes.remove_prefix(parser->put(boost::asio::buffer(bytes), failed));
            if (failed == boost::beast::http::error::need_more) {
                failed.clear();
                break;
            }
            if (failed)
                return read_step::failed;
        }
        if (!parser->is_done() && bytes.size() > window_)
            return fail(boost::beast::http::error::header_limit);
        return parser->is_done() ? read_step::done : read_step::more;
    }

    /// Beast understands more codings than it decodes, so only the one word is let through, and only where it is
    /// defined.
    bool has_valid_transfer_coding() const
    {
        namespace bh = boost::beast::http;
        auto codings = parser->get().equal_range(bh::field::transfer_encoding);
        if (codings.first == codings.second)
            return true;
        auto word = codings.first->value();
        return std::next(codings.first) == codings.second && parser->get().version() == 11 &&
               equals_ignore_case(std::string_view(word.data(), word.size()), "chunked");
    }

    header_list headers() const
    {
        header_list out;
        for (const auto& field : parser->get().base())
            out.emplace_back(std::string(field.name_string()), std::string(field.value()));
        return out;
    }

    std::optional<Parser> parser;
    std::string pending;
    boost::system::error_code failed;

  private:
    read_step fail(boost::beast::http::error why)
    {
        failed = why;
        return read_step::failed;
    }

    // Where the last chunk is the first one, Beast 1.81 asserts that at its second look there are five bytes of it:
    // "0\r\n" and one more, from anybody, would be the end of the process.
    bool is_incomplete_last_chunk(std::string_view bytes) const
    {
        constexpr std::string_view shortest = "0\r\n\r\n";
        return !body_started_ && parser->chunked() && bytes.starts_with('0') && bytes.size() < shortest.size();
    }

    read_step advance_head(std::string_view& bytes)
    {
        auto end = bytes.find("\r\n\r\n");
        auto head = bytes.substr(0, end == bytes.npos ? end : end + 4);
        if (!is_valid_header_block(head))
            return fail(boost::beast::http::error::bad_field);
        if (head.size() > window_)
            return fail(boost::beast::http::error::header_limit);
        if (end == bytes.npos)
            return read_step::more;
        std::size_t taken = parser->put(boost::asio::buffer(head), failed);
        if (failed == boost::beast::http::error::need_more)
            return fail(boost::beast::http::error::bad_field);
        bytes.remove_prefix(taken);
        return failed ? read_step::failed : read_step::head;
    }

    std::size_t window_;
    bool body_started_ = false;
};

} // namespace ulak::http
