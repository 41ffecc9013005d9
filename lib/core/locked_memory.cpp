#include "core/locked_memory.hpp"

#include <atomic>
#include <cstddef>
#include <new>

#include <sys/mman.h>
#include <unistd.h>

namespace ulak {
namespace {

std::atomic<bool> all_locked{true};

std::size_t whole_pages(std::size_t bytes)
{
    static const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    return (bytes + page - 1) / page * page;
}

/// Whole pages from the kernel, so that nothing else lies on them.
class locked_pages final : public std::pmr::memory_resource {
    void* do_allocate(std::size_t bytes, std::size_t) override
    {
        const auto size = whole_pages(bytes);
        void* const at = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (at == MAP_FAILED)
            throw std::bad_alloc();
        if (::mlock(at, size) != 0)
            all_locked = false;
        // Each is as good as the kernel has it.
        ::madvise(at, size, MADV_DONTDUMP);
        ::madvise(at, size, MADV_WIPEONFORK);
        return at;
    }
    void do_deallocate(void* at, std::size_t bytes, std::size_t) override { ::munmap(at, whole_pages(bytes)); }
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

} // namespace

std::pmr::memory_resource& locked_memory()
{
    // Never destroyed: secrets in static objects are wiped late. The pool puts many short ones on a page.
    static auto* const pages = new locked_pages;
    static auto* const pool = new std::pmr::unsynchronized_pool_resource(pages);
    return *pool;
}

bool all_memory_was_locked() noexcept
{
    return all_locked;
}

} // namespace ulak
