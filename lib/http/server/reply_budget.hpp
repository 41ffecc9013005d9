// How many bytes of replies a listener may hold for readers that are slow to take them.
#pragma once

#include <cstddef>
#include <utility>

namespace ulak::http {

class reply_budget {
  public:
    explicit reply_budget(std::size_t most) noexcept : most_(most) {}

    /// Held until it dies; empty where there is no room.
    class share {
      public:
        share() = default;
        share(reply_budget& of, std::size_t bytes) noexcept : of_(&of), bytes_(bytes) { of.held_ += bytes; }
        share(share&& other) noexcept : of_(std::exchange(other.of_, nullptr)), bytes_(other.bytes_) {}
        share& operator=(share&&) = delete;
        ~share()
        {
            if (of_)
                of_->held_ -= bytes_;
        }
        explicit operator bool() const noexcept { return of_ != nullptr; }

      private:
        reply_budget* of_ = nullptr;
        std::size_t bytes_ = 0;
    };

    /// Small replies always have room: their number is bound by that of the connections.
    share take(std::size_t bytes) noexcept
    {
        const bool fits = bytes <= small_reply || (bytes <= most_ && held_ <= most_ - bytes);
        return fits ? share(*this, bytes) : share();
    }
    std::size_t held() const noexcept { return held_; }

  private:
    static constexpr std::size_t small_reply = 16 * 1024;

    std::size_t most_;
    std::size_t held_ = 0;
};

} // namespace ulak::http
