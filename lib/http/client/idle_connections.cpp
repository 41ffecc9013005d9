#include "http/client/idle_connections.hpp"

#include <algorithm>

namespace ulak::http {
namespace {

// A connection that was idle for so long gives its buffers back: most are used again at once, or not for a long time.
// The queue sleeps no longer than that, so connections that come and go never wake it.
constexpr auto shrink_after = deadline_queue::longest_sleep;

} // namespace

std::unique_ptr<connection> idle_connections::take(const request& r, bool fresh, async::steady_point now)
{
    for (;;) {
        auto choice = policy_.choose(now, fresh);
        for (auto id : choice.close)
            drop(id);
        if (!choice.reuse)
            return nullptr;
        auto one = extract(*choice.reuse);
        if (!context_.trusted->is_current(one->stream->native())) {
            one->stream->shutdown();
            continue;
        }
        bool probe = choice.needs_probe || r.verb != method::get;
        if (!probe || one->stream->is_usable())
            return one;
    }
}

std::unique_ptr<connection> idle_connections::extract(pool_policy::connection_id id)
{
    auto has_id = [id](const auto& one) { return one->id == id; };
    auto found = std::find_if(connections_.rbegin(), connections_.rend(), has_id);
    if (found == connections_.rend())
        return nullptr;
    auto one = std::move(*found);
    connections_.erase(std::next(found).base());
    context_.deadlines->disarm(*one->idle_deadline);
    return one;
}

void idle_connections::put(std::unique_ptr<connection> one, async::steady_point now)
{
    if (closed_)
        return;
    one->reusable = false;
    one->stream->release_receive_buffer();
    one->idle_since = now;
    if (!one->idle_deadline)
        one->idle_deadline.emplace([this, it = one.get()] { on_idle_deadline(*it); });
    auto first = std::min<async::steady_point::duration>(shrink_after, context_.settings.idle_timeout);
    context_.deadlines->arm(*one->idle_deadline, one->idle_since + first);
    policy_.add_idle(one->id, one->idle_since);
    connections_.push_back(std::move(one));
}

// First after shrink_after, to free buffers; then at the idle timeout, to close.
void idle_connections::on_idle_deadline(connection& one)
{
    auto end = one.idle_since + context_.settings.idle_timeout;
    if (end > context_.clock.now()) {
        one.stream->free_tls_buffers();
        context_.deadlines->arm(*one.idle_deadline, end);
        return;
    }
    policy_.remove_idle(one.id);
    drop(one.id);
}

void idle_connections::drop(pool_policy::connection_id id)
{
    auto one = extract(id);
    if (one)
        one->stream->shutdown();
}

void idle_connections::close() noexcept
{
    closed_ = true;
    while (!connections_.empty())
        drop(connections_.back()->id);
}

} // namespace ulak::http
