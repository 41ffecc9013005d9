// Where the bytes of a socket land while a connection waits for them. Private to this room.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace ulak::http {

/// Small until a read fills it: most answers fit, and a thousand may be awaited at once. Small ones go round between
/// the connections of a thread, for a connection that rests has none.
class receive_buffer {
  public:
    std::span<char> prepare();
    std::string_view commit(std::size_t bytes); ///< valid until the next room() or rest()
    void release() noexcept;

  private:
    static constexpr std::size_t small_size = 4 * 1024;
    static constexpr std::size_t large_size = 16 * 1024 + 512; ///< the largest TLS record and its frame: one read takes it

    std::unique_ptr<char[]> storage_{};
    std::size_t size_ = small_size;
    bool overflowed_ = false; ///< the last read filled it, so more is coming
};

} // namespace ulak::http
