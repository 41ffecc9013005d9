#include "kinds/sms_send/list_binding.hpp"

#include "async/yield.hpp"
#include "core/text.hpp"
#include "http/auth.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace ulak::kinds::sms {
namespace {

/// Bytes of a file that are read and hashed in one turn of the loop.
constexpr std::size_t hashed_at_once = 1024UL * 1024;

struct named_file {
    std::string path{};
    file_fence fence{};
};

/// The files of the job, in their order.
std::vector<named_file> files_of(const recipient_settings& r)
{
    std::vector<named_file> all;
    if (!r.csv.empty())
        all.push_back({r.csv, r.fence});
    return all;
}

std::int64_t nanoseconds(const timespec& t)
{
    return std::int64_t(t.tv_sec) * 1'000'000'000 + t.tv_nsec;
}

/// Everything but the digest.
bound_list metadata_of(const struct stat& s)
{
    bound_list b;
    b.size = s.st_size;
    b.device = static_cast<std::int64_t>(s.st_dev);
    b.inode = static_cast<std::int64_t>(s.st_ino);
    b.modified = nanoseconds(s.st_mtim);
    b.changed = nanoseconds(s.st_ctim);
    return b;
}

result<file_descriptor> open_list(const named_file& file)
{
    auto fd = open_fenced(file.path, file.fence);
    if (!fd)
        return error(errno == ENOENT ? errc::not_found : errc::validation,
                     "recipients: " + printable(file.path) + " cannot be read: " + std::strerror(errno));
    return fd;
}

result<bound_list> look_at(const file_descriptor& fd, const named_file& file)
{
    struct stat about{};
    if (::fstat(fd.get(), &about) != 0 || !S_ISREG(about.st_mode))
        return error(errc::validation, "recipients: " + printable(file.path) + " is no file");
    return metadata_of(about);
}

/// Fills the text behind what it holds; less than asked for only at the end of the file.
result<void> read_block(const file_descriptor& fd, const named_file& file, std::string& text)
{
    const std::size_t held = text.size();
    text.resize(held + hashed_at_once);
    std::size_t filled = held;
    while (filled < text.size()) {
        const auto got = ::read(fd.get(), text.data() + filled, text.size() - filled);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error(errc::validation,
                         "recipients: " + printable(file.path) + " cannot be read: " + std::strerror(errno));
        if (got == 0)
            break;
        filled += static_cast<std::size_t>(got);
    }
    text.resize(filled);
    return {};
}

/// A digest of digests: the file is never in memory as a whole.
task<result<std::string>> digest_of(run_context& c, const file_descriptor& fd, const named_file& file)
{
    std::string digest, block;
    while (true) {
        block = digest;
        if (auto read = read_block(fd, file, block); !read)
            co_return read.error();
        if (block.size() == digest.size())
            co_return digest;
        digest = http::sha256_hex(block);
        co_await async::yield();
        if (c.stopping() || c.cancel_requested())
            co_return error(errc::cancelled, "the run was asked to end");
    }
}

task<result<bound_list>> bind(run_context& c, const named_file& file)
{
    auto fd = open_list(file);
    if (!fd)
        co_return fd.error();
    auto bound = look_at(*fd, file);
    if (!bound)
        co_return bound.error();
    auto digest = co_await digest_of(c, *fd, file);
    if (!digest)
        co_return digest.error();
    bound->digest = std::move(*digest);
    co_return bound;
}

error changed(const named_file& file, const std::string& how)
{
    return error(errc::validation, "the list " + printable(file.path) +
                                       " has changed since the run began to read it (" + how +
                                       "): nobody was messaged; a new run reads the file as it is now");
}

task<result<void>> require_same(run_context& c, const named_file& file, bound_list& bound, bool thorough)
{
    auto fd = open_list(file);
    if (!fd)
        co_return changed(file, fd.error().message);
    auto now = look_at(*fd, file);
    if (!now)
        co_return changed(file, now.error().message);
    now->digest = bound.digest;
    if (*now == bound && !thorough)
        co_return result<void>();
    if (now->size != bound.size)
        co_return changed(file, std::to_string(bound.size) + " bytes then, " + std::to_string(now->size) + " now");
    auto digest = co_await digest_of(c, *fd, file);
    if (!digest)
        co_return digest.error();
    if (*digest != bound.digest)
        co_return changed(file, "other content of the same size");
    bound = std::move(*now);
    co_return result<void>();
}

} // namespace

task<result<std::vector<bound_list>>> bind_lists(run_context& c, const recipient_settings& r)
{
    const auto files = files_of(r);
    std::vector<bound_list> all;
    for (const named_file& file : files) {
        auto bound = co_await bind(c, file);
        if (!bound)
            co_return bound.error();
        all.push_back(std::move(*bound));
    }
    co_return all;
}

task<result<void>> require_same_lists(run_context& c, const recipient_settings& r, std::vector<bound_list>& bound,
                                      bool thorough)
{
    const auto files = files_of(r);
    for (std::size_t i = 0; i < files.size() && i < bound.size(); ++i) {
        auto same = co_await require_same(c, files[i], bound[i], thorough);
        if (!same)
            co_return same.error();
    }
    co_return result<void>();
}

} // namespace ulak::kinds::sms
