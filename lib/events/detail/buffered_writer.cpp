#include "events/detail/buffered_writer.hpp"

#include <chrono>
#include <system_error>

#include <poll.h>
#include <pthread.h>
#include <signal.h>

namespace ulak::events {
namespace {

constexpr std::size_t max_records = 4'096;
constexpr std::size_t max_bytes = 4u << 20;
constexpr auto poll_interval = std::chrono::milliseconds(100);  ///< within which a stop or a reopened file is noticed
constexpr auto shutdown_grace = std::chrono::milliseconds(250); ///< for the last lines of a stopping daemon

void wait_for_space(int fd, std::chrono::milliseconds patience)
{
    pollfd p = {fd, POLLOUT, 0};
    (void)::poll(&p, 1, static_cast<int>(patience.count()));
}

} // namespace

buffered_writer::buffered_writer(std::unique_ptr<log_target> target,
                                 std::function<std::string(std::uint64_t)> dropped_record)
    : target_(std::move(target)), dropped_record_(std::move(dropped_record))
{}

buffered_writer::~buffered_writer()
{
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable())
        thread_.join();
}

void buffered_writer::write(std::string record)
{
    const std::scoped_lock lock(mutex_);
    if (!queue_.empty()) {
        enqueue(std::move(record));
        return start_thread();
    }
    switch (write_now(record)) {
    case write_result::all: (void)flush(); break;
    case write_result::broken: count_dropped(); break;
    default: enqueue(std::move(record)); start_thread();
    }
}

void buffered_writer::enqueue(std::string record)
{
    if (queue_.size() >= max_records || queued_bytes_ + record.size() > max_bytes)
        return count_dropped();
    queued_bytes_ += record.size();
    queue_.push_back(std::move(record));
}

void buffered_writer::count_dropped() noexcept
{
    ++dropped_;
    ++unreported_;
}

/// Cuts off the part that was taken.
write_result buffered_writer::write_now(std::string& record)
{
    std::size_t done = 0;
    const auto written = target_->write(record, done);
    if (written == write_result::partial)
        record.erase(0, done);
    return written;
}

bool buffered_writer::flush()
{
    while (!queue_.empty()) {
        const auto before = queue_.front().size();
        const auto written = write_now(queue_.front());
        if (written == write_result::partial || written == write_result::would_block) {
            queued_bytes_ -= before - queue_.front().size();
            return false;
        }
        if (written == write_result::broken)
            count_dropped();
        queued_bytes_ -= before;
        queue_.pop_front();
    }
    if (unreported_ == 0)
        return true;
    // The queue is empty: report the losses before anything new.
    auto report = dropped_record_(unreported_);
    const auto written = write_now(report);
    if (written == write_result::broken)
        return true;
    unreported_ = 0;
    if (written != write_result::all)
        enqueue(std::move(report));
    return written == write_result::all;
}

void buffered_writer::start_thread()
{
    if (thread_.joinable())
        return wake_.notify_all();
    try {
        thread_ = std::thread(&buffered_writer::drain, this);
    } catch (const std::system_error&) {
        // No thread can be made now. The next record tries again; until then the queue holds.
    }
}

void buffered_writer::drain()
{
    // Signals belong to the main thread.
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    pthread_setname_np(pthread_self(), "log");
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (stopping_)
            break;
        const int fd = target_->fd();
        lock.unlock();
        wait_for_space(fd, poll_interval);
        lock.lock();
        (void)flush();
    }
    // Stopping: a last chance for the reader.
    const auto end = std::chrono::steady_clock::now() + shutdown_grace;
    while (!flush() && std::chrono::steady_clock::now() < end)
        wait_for_space(target_->fd(), poll_interval / 10);
}

std::uint64_t buffered_writer::dropped() const
{
    const std::scoped_lock lock(mutex_);
    return dropped_;
}

void buffered_writer::reopen()
{
    const std::scoped_lock lock(mutex_);
    target_->reopen();
}

} // namespace ulak::events
