// Memory for the bytes of a socket while a connection waits for them.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace ulak::http {

/// 4 KiB until a read fills it, then 16 KiB: most responses fit, and a thousand may be awaited at once. Small buffers
/// are passed on between the connections of a thread, because an idle connection holds none.
class receive_buffer {
  public:
    /// Space for the next read. What was committed before is no longer valid.
    std::span<char> prepare();
    /// The first `bytes` of the space; valid until the next prepare() or release().
    std::string_view commit(std::size_t bytes);
    void release() noexcept;

  private:
    static constexpr std::size_t small_size = 4 * 1024;
    static constexpr std::size_t large_size = 16 * 1024 + 512; ///< the largest TLS record with its frame

    std::unique_ptr<char[]> storage_{};
    std::size_t size_ = small_size;
    bool overflowed_ = false; ///< the last read filled the space, so more is coming
};

} // namespace ulak::http
