// Requests out of bytes, within a server's limits. Pure: it waits for nothing.
#pragma once

#include "http/server.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace ulak::http {

/// What is wrong with a request, as the status and detail of the reply to it.
struct rejection {
    int status = 0;
    std::string detail{};
};

/// Reads one request after the other from a connection. Accepts only what has exactly one meaning: one Host header, no
/// transfer coding but chunked, a target that is a well encoded path.
class request_reader {
  public:
    enum class step { more, wants_continue, done, failed };

    explicit request_reader(const server_limits& limits);
    ~request_reader();

    /// Goes on with the next request, beginning with bytes that came behind the last one.
    void start_next();
    step feed(std::string_view bytes);
    bool started() const noexcept; ///< at least one byte of the request came

    incoming_request take();                                     ///< after `done`
    bool keep_alive() const noexcept;                            ///< after `done`: the peer may send another request
    bool is_http10() const noexcept;                             ///< no chunks
    const rejection& reason() const noexcept { return reason_; } ///< after `failed`

  private:
    struct feed_state;
    step reject(int status, std::string detail);
    step parse_failed();
    step check_head();

    server_limits limits_;
    std::unique_ptr<feed_state> state_;
    incoming_request request_;
    rejection reason_;
};

} // namespace ulak::http
