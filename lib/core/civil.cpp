#include "core/civil.hpp"

#include <fmt/format.h>

#include <cassert>

namespace ulak {
namespace {

std::string two_digits(int value)
{
    return fmt::format("{:02}", value);
}

} // namespace

std::string format_civil(const civil& local, std::string_view pattern)
{
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '%' || i + 1 == pattern.size()) {
            out.push_back(pattern[i]);
            continue;
        }
        switch (pattern[++i]) {
        case 'Y': out += fmt::format("{:04}", local.year); break;
        case 'm': out += two_digits(local.month); break;
        case 'd': out += two_digits(local.day); break;
        case 'H': out += two_digits(local.hour); break;
        case 'M': out += two_digits(local.minute); break;
        case 'S': out += two_digits(local.second); break;
        default: assert(!"only %Y %m %d %H %M %S are known");
        }
    }
    return out;
}

} // namespace ulak
