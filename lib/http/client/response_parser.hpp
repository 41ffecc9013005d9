// Beast's parser with a response's fields and body put straight where they are kept.
#pragma once

#include "http/message.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <string>
#include <string_view>

namespace ulak::http {

/// Saves the copies of Beast's own message: fields go into the packed header_block, content into the body.
class response_parser final : public boost::beast::http::basic_parser<false> {
    using text = boost::beast::string_view;
    using code = boost::beast::error_code;

  public:
    response message{}; ///< grows as bytes are put
    int version = 0;    ///< 10 or 11

    bool has_valid_transfer_coding() const; ///< see is_valid_transfer_coding; after the header

  private:
    void on_request_impl(boost::beast::http::verb, text, text, int, code&) override {}
    void on_response_impl(int status, text reason, int version_, code&) override;
    void on_field_impl(boost::beast::http::field, text name, text value, code&) override;
    void on_header_impl(code&) override { header_done_ = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, code&) override;
    std::size_t on_body_impl(text content, code&) override;
    void on_chunk_header_impl(std::uint64_t, text, code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, text content, code& ec) override;
    void on_finish_impl(code&) override {}

    bool header_done_ = false; ///< fields after it are trailers, which are dropped
};

} // namespace ulak::http
