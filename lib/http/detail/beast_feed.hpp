// Beast's parsers fed by hand, with the checks that Beast 1.81 leaves out. Included by the two readers only.
#pragma once

#include "http/detail/http_grammar.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ulak::http {

/// What a reader has after some bytes. `head` comes once, when the header is complete.
enum class read_step { more, head, done, failed };

/// `window` bounds the bytes that Beast has not taken yet, and with them chunk extensions and trailers, which Beast's
/// own limits do not count. After `failed` the reason stands in `failed`.
template<class Parser>
class beast_feed {
  public:
    beast_feed(std::size_t header_limit, std::size_t body_limit, std::size_t window) : window_(window)
    {
        parser.emplace();
        parser->header_limit(static_cast<std::uint32_t>(header_limit));
        parser->body_limit(body_limit);
    }

    /// Reads from `pending` and removes what it took.
    read_step advance()
    {
        std::string_view left(pending);
        auto now = advance(left);
        pending.erase(0, pending.size() - left.size());
        return now;
    }

    /// Removes what it can parse from the front of `bytes`. The rest must come again, with more behind it.
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

    std::optional<Parser> parser;
    std::string pending; ///< of a reader that collects the bytes here
    boost::system::error_code failed;

  private:
    read_step fail(boost::beast::http::error reason)
    {
        failed = reason;
        return read_step::failed;
    }

    // Where the last chunk is the first one, Beast 1.81 asserts at its second look that five bytes of it are there. A
    // peer that sends "0\r\n" and one byte more would end the process.
    bool is_incomplete_last_chunk(std::string_view bytes) const
    {
        constexpr std::string_view shortest = "0\r\n\r\n";
        return !body_started_ && parser->chunked() && bytes.starts_with('0') && bytes.size() < shortest.size();
    }

    // Beast gets the header in one piece, and only after the checks of the grammar.
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
