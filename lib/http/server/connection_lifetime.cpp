#include "http/server/connection_lifetime.hpp"

#include <utility>

namespace ulak::http {
namespace {

constexpr std::chrono::milliseconds last_write_time(1000); ///< for what fits into the reserved buffer; needs no reader
constexpr std::chrono::milliseconds stall_time(1000);      ///< a peer that takes nothing for so long gives up its place

} // namespace

connection_lifetime::connection_lifetime(stream& on, async::clock& clock, deadline_queue& deadlines,
                                         const server_limits& limits)
    : stream_(on), clock_(clock), deadlines_(deadlines), limits_(limits)
{
    stream_.on_progress = [this] {
        if (stage_ != stage::writing)
            return;
        progress_at_ = clock_.now();
        set_deadline(limits_.write_timeout);
    };
    stream_.on_hangup = [this] { on_hangup(); };
}

connection_lifetime::~connection_lifetime()
{
    stream_.on_progress = nullptr;
    stream_.on_hangup = nullptr;
    deadlines_.disarm(*this);
}

void connection_lifetime::set_deadline(std::chrono::milliseconds span)
{
    deadlines_.arm(*this, clock_.now() + span);
}

void connection_lifetime::enter(stage next, std::chrono::milliseconds span)
{
    stage_ = next;
    if (next == stage::writing)
        progress_at_ = clock_.now();
    set_deadline(span);
}

void connection_lifetime::enter_handling() noexcept
{
    stage_ = stage::handling;
    deadlines_.disarm(*this);
}

void connection_lifetime::enter_writing()
{
    enter(stage::writing, leaving_ ? last_write_time : limits_.write_timeout);
}

void connection_lifetime::finish() noexcept
{
    deadlines_.disarm(*this);
}

void connection_lifetime::begin_streaming() noexcept
{
    streaming_ = true;
    stream_.reserve_send_buffer();
    stream_.watch_hangup();
}

void connection_lifetime::begin_wait() noexcept
{
    waits_ = true;
    stream_.watch_hangup();
}

bool connection_lifetime::is_idle() const noexcept
{
    const bool stalled = stage_ == stage::writing && !streaming_ && clock_.now() - progress_at_ >= stall_time;
    return stage_ == stage::waiting || stage_ == stage::reading || stage_ == stage::lingering || stalled;
}

// What must be finished is: only a wait or a stream ends with its client.
void connection_lifetime::on_hangup() noexcept
{
    if (stage_ != stage::handling || (!waits_ && !streaming_))
        return;
    stopping_ = true;
    cancel_signal_.emit(boost::asio::cancellation_type::terminal);
}

// False: there is no room for a last piece, or its moment is over.
bool connection_lifetime::begin_leaving() noexcept
{
    return streaming_ && !std::exchange(leaving_, true) && stream_.release_send_reserve();
}

void connection_lifetime::on_deadline() noexcept
{
    timed_out_ = true;
    if (stage_ == stage::reading)
        stream_.cancel();
    else if (stage_ == stage::writing && begin_leaving())
        set_deadline(last_write_time);
    else
        stream_.close();
}

void connection_lifetime::close_when_idle() noexcept
{
    stopping_ = true;
    if (stage_ == stage::waiting)
        stream_.close();
}

void connection_lifetime::abort() noexcept
{
    stopping_ = true;
    stream_.close();
    cancel_signal_.emit(boost::asio::cancellation_type::terminal);
}

void connection_lifetime::evict() noexcept
{
    stopping_ = timed_out_ = true;
    if (is_waiting_long() && !std::exchange(leaving_, true)) // its answer says how things stand now
        return cancel_signal_.emit(boost::asio::cancellation_type::terminal);
    if (!begin_leaving())
        return abort();
    set_deadline(last_write_time);
    if (stage_ == stage::handling) // a piece that is being written is not broken off
        cancel_signal_.emit(boost::asio::cancellation_type::terminal);
}

} // namespace ulak::http
