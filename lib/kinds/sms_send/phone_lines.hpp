// The line on which each number stood first, in eight bytes a number.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>

#include <cstdint>
#include <optional>

namespace ulak::kinds::sms {

/// Of Turkish mobile numbers, which all begin with 5: nine digits are 30 bits, and leave 34 for the line.
class phone_lines {
  public:
    /// The line on which the number (`phone_key`) stood before; nothing if it is new, and then this line is kept.
    std::optional<std::uint64_t> first_line(std::uint64_t number, std::uint64_t line)
    {
        const auto [at, fresh] = all_.insert(number % nine_digits << line_bits | (line & line_mask));
        return fresh ? std::nullopt : std::optional(*at & line_mask);
    }
    std::optional<std::uint64_t> find(std::uint64_t number) const
    {
        const auto at = all_.find(number % nine_digits << line_bits);
        return at == all_.end() ? std::nullopt : std::optional(*at & line_mask);
    }

  private:
    static constexpr std::uint64_t nine_digits = 1'000'000'000;
    static constexpr unsigned line_bits = 34;
    static constexpr std::uint64_t line_mask = (std::uint64_t(1) << line_bits) - 1;

    struct number_hash {
        std::size_t operator()(std::uint64_t entry) const noexcept
        {
            return boost::hash<std::uint64_t>()(entry >> line_bits);
        }
    };
    struct same_number {
        bool operator()(std::uint64_t a, std::uint64_t b) const noexcept { return a >> line_bits == b >> line_bits; }
    };
    boost::unordered_flat_set<std::uint64_t, number_hash, same_number> all_{};
};

} // namespace ulak::kinds::sms
