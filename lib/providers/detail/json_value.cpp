#include "providers/detail/json_value.hpp"

#include <algorithm>
#include <charconv>

namespace ulak::providers {
namespace {

std::optional<std::size_t> index_of(std::string_view step)
{
    std::size_t index = 0;
    const auto [end, bad] = std::from_chars(step.data(), step.data() + step.size(), index);
    if (bad != std::errc() || end != step.data() + step.size())
        return std::nullopt;
    return index;
}

// RFC 6901: "~1" is a slash, "~0" a tilde.
std::string unescaped(std::string_view step)
{
    std::string out;
    for (std::size_t i = 0; i < step.size(); ++i) {
        const bool escape = step[i] == '~' && i + 1 < step.size();
        if (escape)
            ++i;
        out.push_back(!escape ? step[i] : step[i] == '1' ? '/' : '~');
    }
    return out;
}

const json_value* child(const json_value& parent, std::string_view step)
{
    if (parent.is_object())
        return parent.find(unescaped(step));
    const auto index = index_of(step);
    if (!parent.is_array() || !index || *index >= parent.items.size())
        return nullptr;
    return &parent.items[*index];
}

} // namespace

const json_value* json_value::find(std::string_view key) const noexcept
{
    for (const auto& [name, value] : members)
        if (name == key)
            return &value;
    return nullptr;
}

const json_value* json_value::at_pointer(std::string_view pointer) const
{
    const json_value* at = this;
    while (at && !pointer.empty()) {
        if (pointer.front() != '/')
            return nullptr;
        pointer.remove_prefix(1);
        const auto end = std::min(pointer.find('/'), pointer.size());
        at = child(*at, pointer.substr(0, end));
        pointer.remove_prefix(end);
    }
    return at;
}

} // namespace ulak::providers
