#include "sim/detail/request_log.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace ulak::sim {
namespace {

std::string format_entry(std::uint64_t seq, const log_entry& e)
{
    return json::object({
        {"seq", json::number(static_cast<std::int64_t>(seq))},
        {"at", json::text(rfc3339(e.at))},
        {"protocol", json::text(e.protocol)},
        {"operation", json::text(e.operation)},
        {"method", json::text(e.verb)},
        {"path", json::text(e.path)},
        {"accepted", json::truth(e.accepted)},
        {"effect", e.effect.empty() ? json::null : e.effect},
        {"mistakes", json::texts(e.mistakes)},
        {"faults", json::texts(e.faults)},
        {"status", json::number(e.status)},
    });
}

} // namespace

request_log::request_log(const options& o)
    : path_(o.log_file), sync_(o.log_sync), echo_(o.log_to_stderr), max_lines_(o.log_lines_kept)
{}

request_log::~request_log()
{
    if (fd_ >= 0)
        ::close(fd_);
}

result<void> request_log::open()
{
    if (path_.empty())
        return {};
    fd_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (fd_ < 0)
        return error(errc::unavailable, path_ + ": " + std::strerror(errno));
    return {};
}

void request_log::write(const std::string& line, bool sync)
{
    std::string_view rest = line;
    while (!rest.empty()) {
        auto n = ::write(fd_, rest.data(), rest.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break;
        rest.remove_prefix(static_cast<std::size_t>(n));
    }
    bool synced = !sync || ::fdatasync(fd_) == 0 || errno == EINVAL || errno == EROFS; // a pipe has nothing to sync
    if (rest.empty() && synced)
        return;
    std::fprintf(stderr, "ulak-sim: cannot write the ledger %s: %s\n", path_.c_str(), std::strerror(errno));
    std::_Exit(1);
}

std::uint64_t request_log::append(const log_entry& e)
{
    ++last_number_;
    mistake_count_ += e.mistakes.size();
    auto line = format_entry(last_number_, e);
    if (fd_ >= 0)
        write(line + '\n', sync_ && !e.effect.empty());
    if (echo_)
        std::fprintf(stderr, "%s\n", line.c_str());
    lines_.push_back(kept_line{e.protocol, std::move(line)});
    if (lines_.size() > max_lines_)
        lines_.pop_front();
    return last_number_;
}

std::vector<std::string_view> request_log::lines(std::uint64_t after, std::string_view only, std::size_t limit) const
{
    std::vector<std::string_view> out;
    auto first = last_number_ - lines_.size(); // the number before the oldest line kept
    for (auto i = after > first ? after - first : 0; i < lines_.size() && out.size() < limit; ++i)
        if (only.empty() || lines_[i].protocol == only)
            out.push_back(lines_[i].line);
    return out;
}

} // namespace ulak::sim
