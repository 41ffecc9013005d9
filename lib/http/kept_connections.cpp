#include "http/kept_connections.hpp"

#include <algorithm>

namespace ulak::http {
namespace {

// A connection that rested for so long gives its buffers back: most are used again at once, or not for a long time.
constexpr std::chrono::seconds shrinks_after(1);

} // namespace

std::unique_ptr<connection> kept_connections::take(const request& r, bool fresh, async::steady_point now)
{
    for (;;) {
        auto choice = policy_.take(now, fresh);
        for (auto old : choice.close)
            drop(old);
        if (!choice.use)
            return nullptr;
        auto one = pick(*choice.use);
        bool look = choice.rested || r.verb != method::get;
        if (!look || one->stream->quiet())
            return one;
    }
}

std::unique_ptr<connection> kept_connections::pick(pool_policy::connection_id id)
{
    auto is_it = [id](const auto& one) { return one->id == id; };
    auto found = std::find_if(all_.rbegin(), all_.rend(), is_it);
    if (found == all_.rend())
        return nullptr;
    auto one = std::move(*found);
    all_.erase(std::next(found).base());
    parts_.deadlines->disarm(*one->old_age);
    return one;
}

void kept_connections::keep(std::unique_ptr<connection> one, async::steady_point now)
{
    if (closed_)
        return;
    one->reusable = false;
    one->stream->rest();
    one->kept_since = now;
    if (!one->old_age)
        one->old_age.emplace([this, it = one.get()] { grow_old(*it); });
    auto first = std::min<async::steady_point::duration>(shrinks_after, parts_.settings.idle_time);
    parts_.deadlines->arm(*one->old_age, one->kept_since + first);
    policy_.keep(one->id, one->kept_since);
    all_.push_back(std::move(one));
}

void kept_connections::grow_old(connection& one)
{
    auto end = one.kept_since + parts_.settings.idle_time;
    if (end > parts_.clock.now()) {
        one.stream->shrink();
        parts_.deadlines->arm(*one.old_age, end);
        return;
    }
    policy_.forget(one.id);
    drop(one.id);
}

void kept_connections::drop(pool_policy::connection_id id)
{
    auto one = pick(id);
    if (one)
        one->stream->finish();
}

void kept_connections::close() noexcept
{
    closed_ = true;
    while (!all_.empty())
        drop(all_.back()->id);
}

} // namespace ulak::http
