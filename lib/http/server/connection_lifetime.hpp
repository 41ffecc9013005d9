// How long a connection of a server may stay in what it does, and how it is brought to its end.
#pragma once

#include "http/detail/deadline_queue.hpp"
#include "http/detail/stream.hpp"
#include "http/server.hpp"

#include <boost/asio/cancellation_signal.hpp>

#include <memory>

namespace ulak::http {

/// One deadline for the stage that the connection is in. What happens when it passes:
///
///   stage               deadline                     then
///   waiting             request or idle timeout      close
///   reading             request timeout              end the read: a 408 is still sent
///   handling            none; a wait or a stream is
///                       cancelled when the peer leaves
///   writing             write timeout, moved with    close; a stream first gets a moment for a last piece
///                       every byte the peer takes
///   lingering           linger time                  close
class connection_lifetime final : public deadline {
  public:
    enum class stage { waiting, reading, handling, writing, lingering };

    /// `on` and `deadlines` must outlive this object. Watches the progress of `on`.
    connection_lifetime(stream& on, async::clock& clock, deadline_queue& deadlines, const server_limits& limits);
    ~connection_lifetime() override;

    void enter(stage next, std::chrono::milliseconds span);
    void enter_handling() noexcept; ///< without a deadline
    /// The write timeout, or a short moment once the connection is leaving.
    void enter_writing();
    void finish() noexcept; ///< no deadline from here on

    /// Between these a response without an end goes out. A part of the socket's buffer is kept back for a last piece.
    void begin_streaming() noexcept;
    void end_streaming() noexcept { streaming_ = false; }

    /// Between these the handler waits for what its client asked for.
    void begin_wait() noexcept;
    void end_wait() noexcept { waits_ = false; }

    void close_when_idle() noexcept; ///< after the request under way; at once if there is none
    void abort() noexcept;
    /// To make room for another connection: a wait or a stream is cancelled, and what is still written within a moment
    /// goes out. Any other connection is aborted.
    void evict() noexcept;

    bool in(stage s) const noexcept { return stage_ == s; }
    /// Nothing is lost with it: no request is under way, or the peer takes no byte of its answer.
    bool is_idle() const noexcept;
    bool is_waiting_long() const noexcept { return waits_ && stage_ == stage::handling; }
    bool is_streaming() const noexcept { return streaming_; }
    bool is_leaving() const noexcept { return leaving_; }
    bool is_stopping() const noexcept { return stopping_; } ///< no further request is taken
    bool timed_out() const noexcept { return timed_out_; }
    void forget_timeout() noexcept { timed_out_ = false; }

    /// Of the coroutine that runs the connection; abort() and evict() cancel it.
    boost::asio::cancellation_slot cancel_slot() noexcept { return cancel_signal_.slot(); }

  private:
    void on_deadline() noexcept override;
    void on_hangup() noexcept;
    void set_deadline(std::chrono::milliseconds span);
    bool begin_leaving() noexcept;

    stream& stream_;
    async::clock& clock_;
    deadline_queue& deadlines_;
    const server_limits& limits_;
    boost::asio::cancellation_signal cancel_signal_{};
    stage stage_ = stage::waiting;
    async::steady_point progress_at_{}; ///< when the peer last took a byte, in the stage `writing`
    bool waits_ = false;
    bool streaming_ = false;
    bool leaving_ = false; ///< a stream whose reader stopped, or that was evicted; a last piece may still go out
    bool stopping_ = false;
    bool timed_out_ = false;
};

} // namespace ulak::http
