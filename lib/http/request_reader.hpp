// Requests out of bytes, with a server's limits. Pure: it waits for nothing. Private to this room.
#pragma once

#include "http/server.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace ulak::http {

/// What is wrong with a request, as the answer to it.
struct rejection {
    rejection() = default;
    rejection(int status_, std::string detail_) : status(status_), detail(std::move(detail_)) {}

    int status = 0;
    std::string detail{};
};

class request_reader {
  public:
    enum class step { more, wants_continue, done, failed };

    explicit request_reader(const server_limits& limits);
    ~request_reader();

    /// Looks for the next request in what is left of the bytes before.
    void start_next();
    step feed(std::string_view bytes);
    bool started() const noexcept; ///< at least one byte of the request came

    incoming_request take();                   ///< after `done`
    bool keep_alive() const noexcept;  ///< after `done`: the peer may send another request
    bool is_http10() const noexcept; ///< HTTP/1.0: no chunks
    const rejection& reason() const noexcept { return reason_; }

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
