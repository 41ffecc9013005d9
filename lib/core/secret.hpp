// A secret text: no output operator, no copy by accident, one place in memory, wiped when it is no longer needed.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace ulak {

/// Overwrites the bytes in a way that the optimiser keeps, and leaves the text empty.
void wipe(std::string& text) noexcept;

/// A password or key. All secrets of the process with the same text share one copy in locked memory (see
/// `locked_memory`), which is overwritten when the last of them dies. Any thread may make and destroy them.
class secret {
  public:
    secret() = default;
    /// Wipes `text`.
    explicit secret(std::string text);
    /// A copy, where the owner of the text has to keep it.
    static secret copy_of(std::string_view text);
    secret(secret&& other) noexcept = default;
    secret& operator=(secret&& other) noexcept = default;
    secret(const secret&) = delete;
    secret& operator=(const secret&) = delete;
    ~secret() = default;

    /// A second holder of the same secret, asked for by name so that it shows in review.
    secret duplicate() const;

    /// The text itself, for the one place that writes it into a request. Never log what this returns.
    std::string_view reveal() const noexcept;
    bool empty() const noexcept { return !text_; }

    /// Constant time for equal lengths.
    bool same_as(std::string_view other) const noexcept;

  private:
    class locked_text;
    static std::shared_ptr<const locked_text> find_or_make(std::string_view text);

    std::shared_ptr<const locked_text> text_{}; ///< null for the empty text
};

} // namespace ulak
