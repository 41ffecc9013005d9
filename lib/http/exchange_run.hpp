// One request and its answer on one connection that is up. Private to this room.
#pragma once

#include "http/answer_reader.hpp"
#include "http/dial.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace ulak::http {

struct connection;

/// Everything it is given lives longer.
class exchange_run {
  public:
    /// `how` arrives with what is known of the call and its connection, and leaves with the rest; `now` has just been
    /// read from the clock.
    exchange_run(client_parts& parts, connection& on, const request& r, const send_options& options, trace& how,
                 async::steady_point now);

    /// Ends by the deadline, or by the caller's cancellation as far as the options let it act.
    task<> run() { return options_.costly ? run_costly() : write_and_read(); }
    async::steady_point last_look() const noexcept { return now_; } ///< at the clock; after run(): when it ended
    void give(std::optional<exchange>& out) { out.emplace(std::move(*answer_), how_); } ///< once, after run()

  private:
    task<> run_costly();
    task<std::optional<error>> pass_gate();
    bool may_begin();
    task<> write_and_read();
    std::optional<error_code> begin();
    void fetch_what_follows() const noexcept;
    error_code take(const transfer& came);
    task<> end_early(error_code failed);
    void finish();
    void fail(errc code, std::string message, reach how_far);
    std::chrono::microseconds elapsed();

    client_parts& parts_;
    connection& on_;
    const request& request_;
    const send_options& options_;
    trace& how_;
    async::steady_point now_;
    alarm late_;
    watch_guard guard_;
    /// Made for the first bytes: what lay about while they were awaited would be out of the processor's cache.
    std::unique_ptr<answer_reader> reader_{};
    std::optional<async::steady_point> gate_passed_{};
    std::optional<result<response>> answer_{};
};

/// A connection of a client, in use or kept.
struct connection {
    explicit connection(dialled stream_) : stream(std::move(stream_)) {}

    dialled stream;
    std::uint64_t id = 0;   ///< within its pool
    std::string outgoing{}; ///< one buffer for every request; wiped after each
    bool reusable = false;  ///< after an exchange: it ended cleanly, at the end of the message
    async::steady_point kept_since{};
    std::optional<alarm> old_age{};        ///< armed while kept
    std::optional<exchange_run> running{}; ///< here rather than in a coroutine's frame, which Asio reuses only if small
};

} // namespace ulak::http
