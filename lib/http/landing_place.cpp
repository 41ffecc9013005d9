#include "http/landing_place.hpp"

#include <vector>

namespace ulak::http {
namespace {

constexpr std::size_t most_spare = 32;

thread_local std::vector<std::unique_ptr<char[]>> spare;

} // namespace

std::span<char> landing_place::room()
{
    if (overflowed_ && size_ == small) {
        place_ = std::make_unique_for_overwrite<char[]>(large);
        size_ = large;
    } else if (!place_ && !spare.empty()) {
        place_ = std::move(spare.back());
        spare.pop_back();
    } else if (!place_) {
        place_ = std::make_unique_for_overwrite<char[]>(small);
    }
    return {place_.get(), size_};
}

std::string_view landing_place::landed(std::size_t bytes)
{
    overflowed_ = bytes == size_;
    return {place_.get(), bytes};
}

void landing_place::rest() noexcept
{
    if (place_ && size_ == small && spare.size() < most_spare)
        spare.push_back(std::move(place_));
    place_.reset();
    size_ = small;
    overflowed_ = false;
}

} // namespace ulak::http
