#include "csv/encoding.hpp"

namespace ulak::csv {
namespace {

constexpr encoding all[] = {encoding::automatic, encoding::utf8, encoding::utf16, encoding::windows1254};

} // namespace

std::string_view name(encoding e) noexcept
{
    switch (e) {
    case encoding::automatic: return "auto";
    case encoding::utf8: return "utf-8";
    case encoding::utf16: return "utf-16";
    case encoding::windows1254: break;
    }
    return "windows-1254";
}

std::optional<encoding> parse_encoding(std::string_view text) noexcept
{
    for (const encoding e : all)
        if (name(e) == text)
            return e;
    return std::nullopt;
}

} // namespace ulak::csv
