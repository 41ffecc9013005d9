#include "core/detail/tzif.hpp"

namespace ulak {

bool has_dst_rule(std::string_view tzif) noexcept
{
    if (!tzif.starts_with("TZif") || !tzif.ends_with('\n'))
        return false;
    tzif.remove_suffix(1);
    const auto line = tzif.substr(tzif.rfind('\n') + 1);
    return line.find(',') != std::string_view::npos;
}

} // namespace ulak
