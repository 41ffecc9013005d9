#include "sim/ledger.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace ulak::sim {
namespace {

std::string line_of(std::uint64_t seq, const entry& e)
{
    return json::object({
        {"seq", json::number(static_cast<std::int64_t>(seq))},
        {"at", json::text(rfc3339(e.at))},
        {"protocol", json::text(name(e.protocol))},
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

ledger::ledger(const options& o)
    : file_(o.ledger_file), sync_(o.ledger_sync), echo_(o.echo), lines_kept_(o.ledger_lines)
{}

ledger::~ledger()
{
    if (fd_ >= 0)
        ::close(fd_);
}

result<void> ledger::open()
{
    if (file_.empty())
        return {};
    fd_ = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (fd_ < 0)
        return error(errc::unavailable, file_ + ": " + std::strerror(errno));
    return {};
}

void ledger::write(const std::string& line, bool sync)
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
    std::fprintf(stderr, "ulak-sim: cannot write the ledger %s: %s\n", file_.c_str(), std::strerror(errno));
    std::_Exit(1);
}

std::uint64_t ledger::append(const entry& e)
{
    ++last_;
    mistakes_ += e.mistakes.size();
    auto line = line_of(last_, e);
    if (fd_ >= 0)
        write(line + '\n', sync_ && !e.effect.empty());
    if (echo_)
        std::fprintf(stderr, "%s\n", line.c_str());
    kept_.push_back(kept{e.protocol, std::move(line)});
    if (kept_.size() > lines_kept_)
        kept_.pop_front();
    return last_;
}

std::vector<std::string_view> ledger::lines(std::uint64_t after, std::optional<protocol_id> only,
                                            std::size_t limit) const
{
    std::vector<std::string_view> out;
    auto first = last_ - kept_.size(); // the number before the oldest line kept
    for (auto i = after > first ? after - first : 0; i < kept_.size() && out.size() < limit; ++i)
        if (!only || kept_[i].protocol == *only)
            out.push_back(kept_[i].line);
    return out;
}

} // namespace ulak::sim
