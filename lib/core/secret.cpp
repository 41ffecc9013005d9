#include "core/secret.hpp"

#include <string.h> // explicit_bzero is not in <cstring>

namespace ulak {

void wipe(std::string& text) noexcept
{
    // All of the buffer: a string that was moved from keeps its short text behind an empty size.
    text.resize(text.capacity());
    explicit_bzero(text.data(), text.size());
    text.clear();
}

secret::secret(secret&& other) noexcept : text_(std::move(other.text_))
{
    other.wipe();
}

secret& secret::operator=(secret&& other) noexcept
{
    if (this != &other) {
        wipe();
        text_ = std::move(other.text_);
        other.wipe();
    }
    return *this;
}

secret::~secret()
{
    wipe();
}

bool secret::same_as(std::string_view other) const noexcept
{
    if (text_.size() != other.size())
        return false;
    unsigned char difference = 0;
    for (std::size_t i = 0; i < other.size(); ++i)
        difference = static_cast<unsigned char>(difference | (text_[i] ^ other[i]));
    return difference == 0;
}

void secret::wipe() noexcept
{
    ulak::wipe(text_);
}

} // namespace ulak
