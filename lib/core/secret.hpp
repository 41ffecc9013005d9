// A secret text: no output operator, no copy by accident, wiped when it dies.
#pragma once

#include <string>
#include <string_view>

namespace ulak {

/// Overwrites the bytes in a way that the optimiser keeps, and leaves the text empty.
void wipe(std::string& text) noexcept;

/// A password or key in memory. Moving leaves nothing behind, not even in the buffer of a short text.
class secret {
  public:
    secret() = default;
    explicit secret(std::string text) noexcept : text_(std::move(text)) { ulak::wipe(text); }
    secret(secret&& other) noexcept;
    secret& operator=(secret&& other) noexcept;
    secret(const secret&) = delete;
    secret& operator=(const secret&) = delete;
    ~secret();

    /// A second holder of the same secret, asked for by name so that it shows in review.
    secret duplicate() const { return secret(text_); }

    /// The text itself, for the one place that writes it into a request. Never log what this returns.
    std::string_view reveal() const noexcept { return text_; }
    bool empty() const noexcept { return text_.empty(); }

    /// Constant time for equal lengths.
    bool same_as(std::string_view other) const noexcept;

  private:
    void wipe() noexcept;
    std::string text_;
};

} // namespace ulak
