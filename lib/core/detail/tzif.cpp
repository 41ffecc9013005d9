#include "core/detail/tzif.hpp"

namespace ulak {

std::string_view last_line(std::string_view tzif) noexcept
{
    if (!tzif.starts_with("TZif") || !tzif.ends_with('\n'))
        return {};
    tzif.remove_suffix(1);
    return tzif.substr(tzif.rfind('\n') + 1);
}

} // namespace ulak
