// One request to a server on a Unix socket, on a connection of its own.
#pragma once

#include "http/client/response_reader.hpp"
#include "http/detail/plain_stream.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace ulak::http {

/// `r` must outlive the call. Cancellation must arrive as a value, not as an exception.
class local_call {
  public:
    local_call(executor ex, std::string path, const request& r);

    /// Once. Errors:
    /// - errc::invalid_argument: the path or the request cannot be used
    /// - errc::connect_failed: nobody listens at the path
    /// - errc::timed_out (after expire()), errc::cancelled, errc::connection_lost
    /// - errc::malformed, errc::too_large: see response_reader
    task<result<response>> run();
    /// Ends run() with errc::timed_out.
    void expire() noexcept;
    /// See response_reader::stream_to; before run().
    void stream_to(std::function<bool(std::string_view)> sink) { reader_.stream_to(std::move(sink)); }
    const exchange_trace& trace() const noexcept { return trace_; }

  private:
    task<std::optional<error>> connect();
    task<error> io_error(std::string_view doing, reach how_far);
    void close_socket() noexcept;

    std::string path_;
    const request& request_;
    stream_socket socket_;
    std::unique_ptr<plain_stream> stream_{};
    response_reader reader_;
    exchange_trace trace_{};
    bool timed_out_ = false;
};

} // namespace ulak::http
