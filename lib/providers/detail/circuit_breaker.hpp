// Decides which of an account's calls may go now, which wait and which are refused, by what earlier answers said.
#pragma once

#include "http/client.hpp"
#include "providers/detail/retry_policy.hpp"

#include <optional>
#include <string>
#include <utility>

namespace ulak::providers {

/// Waits around the pure account_health:
///
/// | account     | reads and costly calls                      | priority calls                      |
/// | ready       | go; held while a Retry-After lasts           | go                                  |
/// | failing     | one at a time as a probe, others wait for it | go, each doubles as a probe         |
/// | suspended   | refused                                      | go, at most one in five seconds     |
class circuit_breaker {
  public:
    /// `clock` and `policy` outlive the breaker; `policy.health` is set.
    circuit_breaker(async::clock& clock, retry_policy& policy);

    /// A call that may go. Its result is recorded, or, if it never began, a probe is given back by the destructor.
    class admission {
      public:
        admission(circuit_breaker& breaker, bool probe) : breaker_(&breaker), probe_(probe) {}
        admission(admission&& other) noexcept : breaker_(std::exchange(other.breaker_, nullptr)), probe_(other.probe_)
        {}
        admission& operator=(admission&&) = delete;
        ~admission();
        /// Once. `check` is the one of the call's send_options.
        void record(const http::exchange& e, const http::response_check* check);

      private:
        circuit_breaker* breaker_;
        bool probe_;
    };

    using decision = std::optional<result<admission>>;

    /// Without waiting, as nearly all calls go. Empty: the call has to wait, see `admit`.
    decision try_admit(const http::send_options& options, async::steady_point wait_until);

    /// Waits until the call may go, at most until `wait_until`. Errors, all with reach::not_sent:
    /// errc::auth: suspended.
    /// errc::transient: failing, and no probe is due in time.
    /// errc::rate_limited: a read that the provider asked to come later than that.
    /// errc::cancelled: the caller was stopped.
    task<result<admission>> admit(const http::send_options& options, async::steady_point wait_until);

  private:
    /// Empty: evaluate again at `wake`.
    decision evaluate(const http::send_options& options, async::steady_point wait_until, async::steady_point& wake);
    decision evaluate_failing(async::steady_point now, async::steady_point wait_until, async::steady_point& wake);
    task<result<admission>> admit_suspended_priority(async::steady_point wait_until);
    error suspended_error() const;
    error failing_error() const;
    error refusal(errc code, std::string text, async::steady_point again) const;
    void record(const http::exchange& e, const http::response_check* check, bool probe);

    async::clock& clock_;
    retry_policy& policy_;
    account_health& health_;
    async::rate_limiter priority_pace_;
    async::steady_point hold_until_{}; ///< the latest Retry-After
};

} // namespace ulak::providers
