// An answer's header fields in one piece of memory. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ulak::http {

/// In the order in which they came. Every answer brings a dozen, and is asked for two or three.
class header_block {
  public:
    void reserve(std::size_t bytes) { bytes_.reserve(bytes); }
    void emplace_back(std::string_view name, std::string_view value); ///< each below 4 GiB

    /// The first of that name, in any case; empty if there is none.
    std::string_view find(std::string_view wanted) const noexcept;

    template<class Each>
    void for_each(Each each) const
    {
        for (std::string_view rest(bytes_); !rest.empty();) {
            auto one = pop_field(rest);
            each(one.name, one.value);
        }
    }

  private:
    struct field {
        std::string_view name, value;
    };
    struct sizes {
        std::uint32_t name, value;
    };
    static field pop_field(std::string_view& rest) noexcept; ///< off its front

    std::string bytes_; ///< of each field its sizes, its name and its value
};

} // namespace ulak::http
