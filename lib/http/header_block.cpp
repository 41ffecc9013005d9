#include "http/header_block.hpp"

#include "http/detail/http_grammar.hpp"

#include <cstring>

namespace ulak::http {
namespace {

struct field_sizes {
    std::uint32_t name, value;
};

field_sizes sizes_at(std::string_view packed) noexcept
{
    field_sizes sizes;
    std::memcpy(&sizes, packed.data(), sizeof sizes); // bytes of a text are not aligned
    return sizes;
}

} // namespace

void header_block::emplace_back(std::string_view name, std::string_view value)
{
    const field_sizes sizes{static_cast<std::uint32_t>(name.size()), static_cast<std::uint32_t>(value.size())};
    char packed[sizeof sizes];
    std::memcpy(packed, &sizes, sizeof sizes);
    bytes_.append(packed, sizeof packed).append(name).append(value);
}

std::string_view header_block::find(std::string_view wanted) const noexcept
{
    return find_header(*this, wanted);
}

header_block::field header_block::iterator::operator*() const noexcept
{
    const auto sizes = sizes_at(rest_);
    const auto text = rest_.substr(sizeof sizes);
    return {text.substr(0, sizes.name), text.substr(sizes.name, sizes.value)};
}

header_block::iterator& header_block::iterator::operator++() noexcept
{
    const auto sizes = sizes_at(rest_);
    rest_.remove_prefix(sizeof sizes + sizes.name + sizes.value);
    return *this;
}

} // namespace ulak::http
