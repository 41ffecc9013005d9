#include "events/outlet.hpp"

#include <chrono>
#include <system_error>

#include <poll.h>
#include <pthread.h>
#include <signal.h>

namespace ulak::events {
namespace {

constexpr std::size_t most_records = 4'096;
constexpr std::size_t most_bytes = 4u << 20;
constexpr auto poll_turn = std::chrono::milliseconds(100); ///< a stop or a reopened file is noticed within
constexpr auto grace = std::chrono::milliseconds(250);     ///< for the last lines of a stopping daemon

void wait_for_room(int fd, std::chrono::milliseconds patience)
{
    pollfd p = {fd, POLLOUT, 0};
    (void)::poll(&p, 1, static_cast<int>(patience.count()));
}

} // namespace

outlet::outlet(std::unique_ptr<target> t, std::function<std::string(std::uint64_t)> tell)
    : target_(std::move(t)), tell_(std::move(tell))
{}

outlet::~outlet()
{
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (pump_.joinable())
        pump_.join();
}

void outlet::put(std::string record)
{
    const std::scoped_lock lock(mutex_);
    if (!queue_.empty()) {
        enqueue(std::move(record));
        return start_pump();
    }
    switch (offer(record)) {
    case took::all:
        (void)flush();
        break;
    case took::broken:
        drop();
        break;
    default:
        enqueue(std::move(record));
        start_pump();
    }
}

void outlet::enqueue(std::string record)
{
    if (queue_.size() >= most_records || queued_bytes_ + record.size() > most_bytes)
        return drop();
    queued_bytes_ += record.size();
    queue_.push_back(std::move(record));
}

void outlet::drop() noexcept
{
    ++dropped_;
    ++untold_;
}

/// Cuts off what went.
took outlet::offer(std::string& record)
{
    std::size_t done = 0;
    const auto how = target_->write(record, done);
    if (how == took::some)
        record.erase(0, done);
    return how;
}

bool outlet::flush()
{
    while (!queue_.empty()) {
        const auto before = queue_.front().size();
        const auto how = offer(queue_.front());
        if (how == took::some || how == took::nothing) {
            queued_bytes_ -= before - queue_.front().size();
            return false;
        }
        if (how == took::broken)
            drop();
        queued_bytes_ -= before;
        queue_.pop_front();
    }
    if (untold_ == 0)
        return true;
    auto said = tell_(untold_);
    const auto how = offer(said);
    if (how == took::broken)
        return true;
    untold_ = 0;
    if (how != took::all)
        enqueue(std::move(said));
    return how == took::all;
}

void outlet::start_pump()
{
    if (pump_.joinable())
        return wake_.notify_all();
    try {
        pump_ = std::thread(&outlet::pump, this);
    } catch (const std::system_error&) {
        // The next event tries again; until then the queue holds.
    }
}

void outlet::pump()
{
    sigset_t every;
    sigfillset(&every);
    pthread_sigmask(SIG_BLOCK, &every, nullptr);
    pthread_setname_np(pthread_self(), "log");
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (stopping_)
            break;
        const int fd = target_->fd();
        lock.unlock();
        wait_for_room(fd, poll_turn);
        lock.lock();
        (void)flush();
    }
    const auto end = std::chrono::steady_clock::now() + grace;
    while (!flush() && std::chrono::steady_clock::now() < end)
        wait_for_room(target_->fd(), poll_turn / 10);
}

std::uint64_t outlet::dropped() const
{
    const std::scoped_lock lock(mutex_);
    return dropped_;
}

void outlet::reopen()
{
    const std::scoped_lock lock(mutex_);
    target_->reopen();
}

} // namespace ulak::events
