#include "yaml/node.hpp"

#include <algorithm>

namespace ulak::yaml {

const node* node::find(std::string_view key) const noexcept
{
    auto it = std::ranges::find_if(members, [&](const auto& member) { return member.first.text == key; });
    return it == members.end() ? nullptr : &it->second;
}

} // namespace ulak::yaml
