#include "http/tls/receive_buffer.hpp"

#include <vector>

namespace ulak::http {
namespace {

constexpr std::size_t max_spare = 32;

thread_local std::vector<std::unique_ptr<char[]>> spare_buffers;

} // namespace

std::span<char> receive_buffer::prepare()
{
    if (overflowed_ && size_ == small_size) {
        storage_ = std::make_unique_for_overwrite<char[]>(large_size);
        size_ = large_size;
    } else if (!storage_ && !spare_buffers.empty()) {
        storage_ = std::move(spare_buffers.back());
        spare_buffers.pop_back();
    } else if (!storage_) {
        storage_ = std::make_unique_for_overwrite<char[]>(small_size);
    }
    return {storage_.get(), size_};
}

std::string_view receive_buffer::commit(std::size_t bytes)
{
    overflowed_ = bytes == size_;
    return {storage_.get(), bytes};
}

void receive_buffer::release() noexcept
{
    if (storage_ && size_ == small_size && spare_buffers.size() < max_spare)
        spare_buffers.push_back(std::move(storage_));
    storage_.reset();
    size_ = small_size;
    overflowed_ = false;
}

} // namespace ulak::http
