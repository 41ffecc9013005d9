// A short hash for names of files and sockets. Private to the module.
#pragma once

#include <cstdint>
#include <string_view>

namespace ulak::ledger {

/// FNV-1a. It hides nothing from who guesses, and is the same on every machine.
constexpr std::uint64_t fnv1a(std::string_view text) noexcept
{
    std::uint64_t h = 14695981039346656037U;
    for (const char c : text)
        h = (h ^ static_cast<unsigned char>(c)) * 1099511628211U;
    return h;
}

} // namespace ulak::ledger
