// Who of an account's calls may go now, who waits, and what their answers say about the account. Private to this room.
#pragma once

#include "providers/detail/retrying_client.hpp"

namespace ulak::providers {

/// Waits for the turn of one request; `ahead` of those who stand in line. errc::cancelled.
task<result<void>> wait_for_token(async::rate_limiter& line, bool ahead = false);

class circuit_breaker {
  public:
    /// Both outlive the door.
    circuit_breaker(async::clock& time, retry_policy& settings);

    /// A call that was let in. What became of it is noted, or, where it never began, forgotten with the pass.
    class admission {
      public:
        admission(circuit_breaker& of, bool probe) : breaker_(&of), probe_(probe) {}
        admission(admission&& other) noexcept : breaker_(std::exchange(other.breaker_, nullptr)), probe_(other.probe_) {}
        admission& operator=(admission&&) = delete;
        ~admission();
        /// `test`: that of its send_options.
        void record(const http::exchange& e, const http::response_check* test);

      private:
        circuit_breaker* breaker_;
        bool probe_;
    };

    using decision = std::optional<result<admission>>;

    /// Without waiting, as nearly all go: a pass, the error of `enter`, or nothing where one has to wait.
    decision try_admit(const http::send_options& options, async::steady_point patience_ends);

    /// errc::auth: suspended. errc::transient: failing, and no probe is due by `patience_ends`. errc::rate_limited: a
    /// read that the provider asked to come later than that. errc::cancelled. All with reach::not_sent.
    task<result<admission>> admit(const http::send_options& options, async::steady_point patience_ends);

  private:
    /// Nothing: look again at `wake`.
    decision evaluate(const http::send_options& options, async::steady_point patience_ends, async::steady_point& wake);
    decision evaluate_failing(async::steady_point now, async::steady_point patience_ends, async::steady_point& wake);
    task<result<admission>> admit_priority(async::steady_point patience_ends);
    error suspended_error() const;
    error failing_error() const;
    void record(const http::exchange& e, const http::response_check* test, bool probe);
    void publish_change(const account_health::state_change& c);
    error refusal(errc code, std::string text, async::steady_point again) const;

    async::clock& clock_;
    retry_policy& policy_;
    account_health& health_;
    async::rate_limiter priority_pace_;
    async::steady_point hold_until_{};
};

} // namespace ulak::providers
