// Who of an account's calls may go now, who waits, and what their answers say about the account. Private to this room.
#pragma once

#include "providers/patience.hpp"

namespace ulak::providers {

/// Waits for the turn of one request; `ahead` of those who stand in line. errc::cancelled.
task<result<void>> turn_of(async::rate_limiter& line, bool ahead = false);

class door {
  public:
    /// Both outlive the door.
    door(async::clock& time, patience_settings& settings);

    /// A call that was let in. What became of it is noted, or, where it never began, forgotten with the pass.
    class pass {
      public:
        pass(door& of, bool probe) : door_(&of), probe_(probe) {}
        pass(pass&& other) noexcept : door_(std::exchange(other.door_, nullptr)), probe_(other.probe_) {}
        pass& operator=(pass&&) = delete;
        ~pass();
        /// `test`: that of its send_options.
        void note(const http::exchange& e, const http::response_check* test);

      private:
        door* door_;
        bool probe_;
    };

    using verdict = std::optional<result<pass>>;

    /// Without waiting, as nearly all go: a pass, the error of `enter`, or nothing where one has to wait.
    verdict at_once(const http::send_options& options, async::steady_point patience_ends);

    /// errc::auth: suspended. errc::transient: failing, and no probe is due by `patience_ends`. errc::rate_limited: a
    /// read that the provider asked to come later than that. errc::cancelled. All with reach::not_sent.
    task<result<pass>> enter(const http::send_options& options, async::steady_point patience_ends);

  private:
    /// Nothing: look again at `wake`.
    verdict look(const http::send_options& options, async::steady_point patience_ends, async::steady_point& wake);
    verdict look_while_failing(async::steady_point now, async::steady_point patience_ends, async::steady_point& wake);
    task<result<pass>> let_in_to_settle(async::steady_point patience_ends);
    error suspended() const;
    error failing() const;
    void note(const http::exchange& e, const http::response_check* test, bool probe);
    void tell(const health::change& c);
    error closed(errc code, std::string text, async::steady_point again) const;

    async::clock& clock_;
    patience_settings& settings_;
    health& state_;
    async::rate_limiter settling_;
    async::steady_point hold_until_{};
};

} // namespace ulak::providers
