#include "sim/options.hpp"

#include <array>

namespace ulak::sim {
namespace {

struct row {
    std::string_view name;
    std::string_view short_name;
    std::string_view path;
};

constexpr std::array<row, protocol_count> rows{{
    {"toplusms", "toplusms", "/toplusms/api/v1"},
    {"iletimerkezi", "iletimerkezi", "/iletimerkezi/v1"},
    {"tamonay", "tamonay", "/tamonay/api/v1"},
    {"smmonayim-numbers", "numbers", "/numbers/api/v1"},
    {"smmonayim-panel", "panel", "/panel/api/v2"},
}};

} // namespace

std::string_view name(protocol_id p) noexcept
{
    return rows[static_cast<std::size_t>(p)].name;
}

std::string_view base_path(protocol_id p) noexcept
{
    return rows[static_cast<std::size_t>(p)].path;
}

std::optional<protocol_id> find_protocol(std::string_view wanted) noexcept
{
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (wanted == rows[i].name || wanted == rows[i].short_name)
            return static_cast<protocol_id>(i);
    return std::nullopt;
}

} // namespace ulak::sim
