// Ids as texts with a type of their own, and ULIDs (26 letters that sort by time) for ids that are made here.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>

namespace ulak {

/// A text id. Ids of different tags do not convert into one another or from plain text.
template<class Tag>
class id {
  public:
    id() = default;
    explicit id(std::string text) : text_(std::move(text)) {}

    const std::string& text() const noexcept { return text_; }
    bool empty() const noexcept { return text_.empty(); }

    friend auto operator<=>(const id&, const id&) = default;
    friend std::ostream& operator<<(std::ostream& out, const id& i) { return out << i.text_; }

  private:
    std::string text_;
};

using run_id = id<struct run_tag>;
using effect_id = id<struct effect_tag>;
using notice_id = id<struct notice_tag>;

/// A fresh ULID: 48 bits of wall time in milliseconds, then 80 random bits from the kernel. Two calls in the same
/// millisecond still give increasing texts within one process. Callable from several threads; throws
/// std::system_error when the kernel gives no random bytes.
std::string make_ulid(std::int64_t unix_milliseconds);

/// Whether a text has the form of one: 26 letters and digits, without I, L, O and U.
bool is_ulid(std::string_view text) noexcept;

} // namespace ulak

template<class Tag>
struct std::hash<ulak::id<Tag>> {
    std::size_t operator()(const ulak::id<Tag>& i) const noexcept { return std::hash<std::string>()(i.text()); }
};
