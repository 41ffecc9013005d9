// Beast's parser with an answer's fields and content put straight where they are kept. Private to this room.
#pragma once

#include "http/message.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <string>
#include <string_view>

namespace ulak::http {

class response_parser final : public boost::beast::http::basic_parser<false> {
    using word = boost::beast::string_view;
    using code = boost::beast::error_code;

  public:
    response message{}; ///< grows as bytes are put
    int version = 0;  ///< 10 or 11

    /// Exactly one Transfer-Encoding, and that is "chunked" where it is defined; or none. Beast understands more
    /// codings than it decodes.
    bool has_valid_transfer_coding() const;

  private:
    void on_request_impl(boost::beast::http::verb, word, word, int, code&) override {}
    void on_response_impl(int status, word reason, int version_, code&) override;
    void on_field_impl(boost::beast::http::field, word name, word value, code&) override;
    void on_header_impl(code&) override { header_done_ = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, code&) override;
    std::size_t on_body_impl(word content, code&) override;
    void on_chunk_header_impl(std::uint64_t, word, code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, word content, code& failed) override;
    void on_finish_impl(code&) override {}

    bool header_done_ = false; ///< fields that follow are trailers, which nobody asked for
};

} // namespace ulak::http
