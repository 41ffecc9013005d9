#include "engine/detail/clock_reading.hpp"

#include "core/text.hpp"

#include <charconv>
#include <cstdint>
#include <system_error>

namespace ulak::engine {
namespace {

std::optional<std::int64_t> number_from(std::string_view text)
{
    std::int64_t n = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), n);
    return failed == std::errc() && end == text.data() + text.size() ? std::optional(n) : std::nullopt;
}

} // namespace

clock_reading read_clocks(const async::clock& time)
{
    clock_reading r;
    r.wall = time.read_wall();
    r.since_boot = std::chrono::floor<std::chrono::milliseconds>(time.now().time_since_epoch());
    r.boot_id = time.boot_id();
    return r;
}

std::string text_of(const clock_reading& r)
{
    return std::to_string(unix_ms(r.wall)) + " " + std::to_string(r.since_boot.count()) + " " + r.boot_id;
}

std::optional<clock_reading> clock_reading_from(std::string_view text)
{
    const auto parts = split(text, ' ');
    if (parts.size() != 3)
        return std::nullopt;
    const auto wall = number_from(parts[0]);
    const auto since_boot = number_from(parts[1]);
    if (!wall || !since_boot)
        return std::nullopt;
    return clock_reading{from_unix_ms(*wall), std::chrono::milliseconds(*since_boot), std::string(parts[2])};
}

bool same_boot(const clock_reading& a, const clock_reading& b)
{
    return !a.boot_id.empty() && a.boot_id == b.boot_id && a.since_boot <= b.since_boot;
}

std::chrono::milliseconds wall_drift(const clock_reading& before, const clock_reading& now)
{
    const auto passed = same_boot(before, now) ? now.since_boot - before.since_boot : now.since_boot;
    return (now.wall - before.wall) - passed;
}

} // namespace ulak::engine
