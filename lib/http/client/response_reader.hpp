// Responses out of bytes. Pure: it waits for nothing.
#pragma once

#include "http/message.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ulak::http {

/// Accepts a response only if its end is known beyond doubt: by Content-Length, by exactly "chunked", or (with
/// `framing_ok` false) by the peer's own end of the TLS stream. Skips up to five 1xx responses.
class response_reader {
  public:
    enum class step { more, done, failed };

    explicit response_reader(std::size_t max_body);
    ~response_reader();

    step feed(std::string_view bytes);
    /// The peer ended the stream. `orderly`: it said so inside TLS, so nobody on the way can have cut it off.
    step end_of_stream(bool orderly);

    phase reached() const noexcept { return reached_; } ///< written: no byte yet; header, body, complete
    bool framing_ok() const noexcept { return framing_ok_; }
    bool keep_alive() const noexcept { return keep_alive_; }
    std::size_t leftover() const noexcept { return leftover_; }
    /// After `failed`. maybe_sent, except for a response that came whole and cannot be used (answered):
    /// - errc::malformed: not HTTP/1.1, or its end is not certain
    /// - errc::too_large
    /// - errc::connection_lost
    const error& failure() const noexcept { return *failure_; }
    response take(); ///< after `done`

    /// Passes the content of a 200 to `sink` as it comes, instead of keeping it; without a limit of size. False from
    /// the sink ends the response as if it were complete.
    void stream_to(std::function<bool(std::string_view)> sink);
    int status() const noexcept { return status_; } ///< of the final response; 0 before its header came

  private:
    struct feed_state;
    step fail(errc code, std::string message, reach how_far = reach::maybe_sent);
    step parse_failed();
    step check_head();
    step complete(std::size_t leftover);
    step pass_to_sink();
    step consume(std::string_view& bytes);

    std::size_t max_body_;
    std::size_t budget_; ///< bytes that may still come, with all framing
    std::unique_ptr<feed_state> state_;
    std::function<bool(std::string_view)> sink_;
    std::string pending_; ///< came, but too little to be parsed
    std::optional<error> failure_;
    phase reached_ = phase::written;
    std::size_t leftover_ = 0;
    int informational_ = 0;
    int status_ = 0;
    bool framing_ok_ = false;
    bool keep_alive_ = false;
};

} // namespace ulak::http
