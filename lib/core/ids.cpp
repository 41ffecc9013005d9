#include "core/ids.hpp"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <mutex>
#include <system_error>

namespace ulak {
namespace {

constexpr std::string_view crockford_alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford: no I, L, O, U
constexpr std::size_t time_letters = 10, random_letters = 16;
constexpr std::uint64_t time_mask = (std::uint64_t{1} << 48) - 1;

// The random part as sixteen digits of base 32, so that "one more" is plain addition.
using random_part = std::array<unsigned char, random_letters>;

random_part new_random_part()
{
    random_part bytes;
    std::size_t have = 0;
    while (have < bytes.size()) {
        const auto got = ::getrandom(bytes.data() + have, bytes.size() - have, 0);
        if (got > 0)
            have += static_cast<std::size_t>(got);
        else if (errno != EINTR)
            throw std::system_error(errno, std::generic_category(), "getrandom");
    }
    for (auto& b : bytes)
        b &= 0x1F;
    return bytes;
}

// False when all digits were at their highest, so that it starts again at zero.
bool increment(random_part& part) noexcept
{
    for (std::size_t i = part.size(); i-- > 0;) {
        part[i] = (part[i] + 1u) & 0x1Fu;
        if (part[i] != 0)
            return true;
    }
    return false;
}

std::string encode(std::uint64_t time, const random_part& part)
{
    std::string out(time_letters + random_letters, '0');
    for (std::size_t i = time_letters; i-- > 0; time >>= 5)
        out[i] = crockford_alphabet[time & 0x1F];
    for (std::size_t i = 0; i < part.size(); ++i)
        out[time_letters + i] = crockford_alphabet[part[i]];
    return out;
}

} // namespace

std::string make_ulid(std::int64_t unix_milliseconds)
{
    static std::mutex mutex;
    static std::uint64_t asked = ~std::uint64_t{0}, time = 0; // `time` runs ahead when the random part overflowed
    static random_part part{};

    const auto now = static_cast<std::uint64_t>(std::max<std::int64_t>(unix_milliseconds, 0)) & time_mask;
    const std::lock_guard lock(mutex);
    if (now != asked && (now > time || now < asked)) {
        asked = time = now;
        part = new_random_part();
    } else if (!increment(part)) {
        time = (time + 1) & time_mask;
        part = new_random_part();
    }
    return encode(time, part);
}

bool is_ulid(std::string_view text) noexcept
{
    return text.size() == 26 && text.front() <= '7' &&
           text.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == std::string_view::npos;
}

} // namespace ulak
