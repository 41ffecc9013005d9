// One request and its answer on one connection that is up. Private to this room.
#pragma once

#include "http/response_reader.hpp"
#include "http/dial.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace ulak::http {

struct connection;

/// Everything it is given lives longer.
class http_exchange {
  public:
    /// `how` arrives with what is known of the call and its connection, and leaves with the rest; `now` has just been
    /// read from the clock.
    http_exchange(client_context& parts, connection& on, const request& r, const send_options& options, exchange_trace& how,
                 async::steady_point now);

    /// Ends by the deadline, or by the caller's cancellation as far as the options let it act.
    task<> run() { return options_.costly ? run_costly() : write_and_read(); }
    async::steady_point ended_at() const noexcept { return now_; } ///< at the clock; after run(): when it ended
    void move_result_to(std::optional<exchange>& out) { out.emplace(std::move(*answer_), trace_); } ///< once, after run()

  private:
    task<> run_costly();
    task<std::optional<error>> pass_gate();
    bool may_start();
    task<> write_and_read();
    std::optional<error_code> start_write();
    void prefetch_frames() const noexcept;
    error_code process_read(const transfer& came);
    task<> fail_interrupted(error_code failed);
    void complete();
    void fail(errc code, std::string message, reach how_far);
    std::chrono::microseconds elapsed();

    client_context& context_;
    connection& connection_;
    const request& request_;
    const send_options& options_;
    exchange_trace& trace_;
    async::steady_point now_;
    deadline_callback deadline_;
    scoped_deadline armed_;
    /// Made for the first bytes: what lay about while they were awaited would be out of the processor's cache.
    std::unique_ptr<response_reader> reader_{};
    std::optional<async::steady_point> gate_passed_at_{};
    std::optional<result<response>> answer_{};
};

/// A connection of a client, in use or kept.
struct connection {
    explicit connection(tls_stream_ptr stream_) : stream(std::move(stream_)) {}

    tls_stream_ptr stream;
    std::uint64_t id = 0;   ///< within its pool
    std::string outgoing{}; ///< one buffer for every request; wiped after each
    bool reusable = false;  ///< after an exchange: it ended cleanly, at the end of the message
    async::steady_point idle_since{};
    std::optional<deadline_callback> idle_deadline{};        ///< armed while kept
    std::optional<http_exchange> active{}; ///< here rather than in a coroutine's frame, which Asio reuses only if small
};

} // namespace ulak::http
