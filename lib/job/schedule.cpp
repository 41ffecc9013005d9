#include "job/schedule.hpp"

#include <cassert>

namespace ulak::job {
namespace {

constexpr std::uint64_t fnv_offset = 14695981039346656037ULL;
constexpr std::uint64_t fnv_prime = 1099511628211ULL;

std::uint64_t mix(std::uint64_t hash, std::string_view bytes) noexcept
{
    for (unsigned char byte : bytes)
        hash = (hash ^ byte) * fnv_prime;
    return hash;
}

/// FNV leaves neighbouring inputs near each other; two more rounds scatter them.
std::uint64_t scramble(std::uint64_t x) noexcept
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

} // namespace

std::string schedule::text() const
{
    if (by_cron)
        return "cron " + by_cron->text() + " " + zone.name();
    if (every)
        return "every " + duration_text(*every);
    assert(at);
    return "at " + rfc3339(*at);
}

std::optional<cron::firing> schedule::next(wall_point mark) const
{
    if (by_cron)
        return by_cron->next(mark, zone);
    if (every)
        return cron::firing{mark + *every, time_zone::civil_match::exact};
    assert(at);
    return *at > mark ? std::optional(cron::firing{*at, time_zone::civil_match::exact}) : std::nullopt;
}

std::chrono::milliseconds jitter_of(const schedule& s, std::string_view job, wall_point at)
{
    if (s.jitter <= std::chrono::milliseconds(0))
        return std::chrono::milliseconds(0);
    auto hash = mix(mix(mix(fnv_offset, job), "\n"), std::to_string(unix_ms(at)));
    auto choices = static_cast<std::uint64_t>(s.jitter.count()) + 1;
    return std::chrono::milliseconds(static_cast<std::int64_t>(scramble(hash) % choices));
}

} // namespace ulak::job
