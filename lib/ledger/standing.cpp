#include "ledger/standing.hpp"

#include <boost/asio/post.hpp>

namespace ulak::ledger {

standing standing_board::now() const
{
    const std::scoped_lock lock(mutex_);
    return standing_;
}

void standing_board::hold(std::string why)
{
    const std::scoped_lock lock(mutex_);
    if (standing_.held == why)
        return;
    standing_.held = std::move(why);
    tell(standing_);
}

void standing_board::block(std::string why)
{
    const std::scoped_lock lock(mutex_);
    const bool same = standing_.blocked.empty() == why.empty();
    standing_.blocked = std::move(why);
    if (!same)
        tell(standing_);
}

void standing_board::tell(const standing& s)
{
    if (changed_)
        boost::asio::post(ex_, [call = changed_, s] { call(s); });
}

} // namespace ulak::ledger
