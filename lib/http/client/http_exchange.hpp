// One request and its response on one connection that is up.
#pragma once

#include "http/client/client_context.hpp"
#include "http/client/dispatch_guard.hpp"
#include "http/client/response_reader.hpp"
#include "http/detail/deadline_queue.hpp"

#include <memory>
#include <optional>
#include <string>

namespace ulak::http {

struct connection;

/// Everything that is passed by reference must outlive this object, and so must the connection that it runs on.
class http_exchange {
  public:
    /// `trace` arrives with what is known of the call and its connection, and leaves with the rest. `now` was just read
    /// from the clock.
    http_exchange(client_context& context, connection& on, const request& r, const send_options& options,
                  exchange_trace& trace, async::steady_point now);

    /// Ends by the deadline, or by the caller's cancellation. A costly request that passed its gate runs to its
    /// response or its deadline whatever is cancelled.
    task<> run() { return options_.costly ? run_costly() : write_and_read(); }
    async::steady_point ended_at() const noexcept { return now_; } ///< after run()
    /// Once, after run().
    void move_result_to(std::optional<exchange>& out) { out.emplace(std::move(*answer_), trace_); }

  private:
    task<> run_costly();
    task<> write_and_read();
    bool may_start();
    std::optional<error_code> start_write();
    void prefetch_frames() const noexcept;
    error_code process_read(const transfer& got);
    task<> fail_interrupted(error_code ec);
    void complete();
    void fail(errc code, std::string message);
    std::chrono::microseconds elapsed();

    client_context& context_;
    connection& connection_;
    const request& request_;
    const send_options& options_;
    exchange_trace& trace_;
    async::steady_point now_; ///< the last reading of the clock
    deadline_callback deadline_;
    scoped_deadline armed_;
    /// Made when the first bytes come: made earlier, it would have left the processor's cache by then.
    std::unique_ptr<response_reader> reader_{};
    dispatch_guard guard_{};
    std::optional<result<response>> answer_{};
};

} // namespace ulak::http
