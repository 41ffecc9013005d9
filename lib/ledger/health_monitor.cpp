#include "ledger/health_monitor.hpp"

#include <boost/asio/post.hpp>

namespace ulak::ledger {

store_health health_monitor::current() const
{
    const std::scoped_lock lock(mutex_);
    return health_;
}

void health_monitor::set_held(std::string why)
{
    const std::scoped_lock lock(mutex_);
    if (health_.held == why)
        return;
    health_.held = std::move(why);
    notify(health_);
}

void health_monitor::set_first()
{
    const std::scoped_lock lock(mutex_);
    health_.first = true;
}

void health_monitor::set_blocked(std::string why)
{
    const std::scoped_lock lock(mutex_);
    const bool same = health_.blocked.empty() == why.empty();
    health_.blocked = std::move(why);
    if (!same)
        notify(health_);
}

void health_monitor::notify(const store_health& h)
{
    if (changed_)
        boost::asio::post(loop_, [call = changed_, h] { call(h); });
}

} // namespace ulak::ledger
