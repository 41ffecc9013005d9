// Memory that is needed soon, asked for while there is other work. Private to this room.
#pragma once

#include <cstddef>

namespace ulak::http {

inline constexpr std::size_t cache_line = 64; ///< bytes; where it is more, some are asked for twice

/// Where hundreds of connections wait, what belongs to one of them is out of the cache when its answer comes; fetched
/// one line after the other it costs as much as the decryption. Touches nothing, so any address will do.
inline void prefetch(const std::byte* from, std::size_t bytes) noexcept
{
    constexpr int to_write = 1;
    for (std::size_t at = 0; at < bytes; at += cache_line)
        __builtin_prefetch(from + at, to_write);
}

template<class T>
void prefetch(const T& what) noexcept
{
    prefetch(reinterpret_cast<const std::byte*>(&what), sizeof what);
}

/// `lent` lies in the frame of the coroutine that waits, and so does what that will touch first.
template<class T>
void prefetch_frame(const T& lent) noexcept
{
    constexpr std::size_t before = 512, bytes = 768; // nearly the whole of a poll's frames, which have 600 to 850
    prefetch(reinterpret_cast<const std::byte*>(&lent) - before, bytes);
}

} // namespace ulak::http
