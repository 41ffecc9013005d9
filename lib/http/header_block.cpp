#include "http/header_block.hpp"

#include "http/http_grammar.hpp"

#include <cstring>

namespace ulak::http {

void header_block::emplace_back(std::string_view name, std::string_view value)
{
    const sizes both{static_cast<std::uint32_t>(name.size()), static_cast<std::uint32_t>(value.size())};
    char front[sizeof both];
    std::memcpy(front, &both, sizeof both);
    bytes_.append(front, sizeof front).append(name).append(value);
}

std::string_view header_block::find(std::string_view wanted) const noexcept
{
    for (std::string_view rest(bytes_); !rest.empty();) {
        auto one = pop_field(rest);
        if (one.name.size() == wanted.size() && equals_ignore_case(one.name, wanted)) // sizes first: most differ in that
            return one.value;
    }
    return {};
}

header_block::field header_block::pop_field(std::string_view& rest) noexcept
{
    sizes both;
    std::memcpy(&both, rest.data(), sizeof both);
    rest.remove_prefix(sizeof both);
    field one{rest.substr(0, both.name), rest.substr(both.name, both.value)};
    rest.remove_prefix(one.name.size() + one.value.size());
    return one;
}

} // namespace ulak::http
