#include "sim/detail/fields.hpp"

#include "core/text.hpp"
#include "sim/detail/call.hpp"

#include <algorithm>
#include <set>

namespace ulak::sim::strict {

std::optional<std::string_view> fields::find(std::string_view wanted) const
{
    auto at = std::find_if(pairs_.rbegin(), pairs_.rend(), [&](const auto& p) { return p.first == wanted; });
    if (at == pairs_.rend())
        return std::nullopt;
    return std::string_view(at->second);
}

void fields::allow_only(call& c, std::initializer_list<std::string_view> known) const
{
    std::set<std::string_view> seen;
    for (const auto& pair : pairs_) {
        if (std::find(known.begin(), known.end(), pair.first) == known.end())
            c.add_mistake("the document has no parameter \"" + printable(pair.first, 40) + "\"");
        else if (!seen.insert(pair.first).second)
            c.add_mistake("the parameter \"" + pair.first + "\" stands twice");
    }
}

} // namespace ulak::sim::strict
