// A stream without TLS.
#pragma once

#include "http/detail/stream.hpp"

namespace ulak::http {

class plain_stream final : public stream {
  public:
    using stream::stream;
    task<error_code> handshake() override; ///< there is none: succeeds at once
    task<transfer> read_some(std::span<char> into) override;
    task<error_code> write(std::string_view bytes) override;
    bool is_usable() override;
    void shutdown() noexcept override;
};

} // namespace ulak::http
