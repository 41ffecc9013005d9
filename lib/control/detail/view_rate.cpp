#include "control/detail/view_rate.hpp"

namespace ulak::control {
namespace {

constexpr double requests_per_second = 100, burst = 600;
constexpr double user_requests_per_second = 50, user_burst = 300;
constexpr std::size_t max_users = 1000; ///< whose rate is remembered; a machine has fewer who look at once

bool take_one(async::token_bucket& from, async::steady_point now)
{
    if (from.reserve(1, now) <= std::chrono::nanoseconds(0))
        return true;
    from.return_tokens(1);
    return false;
}

} // namespace

view_rate::view_rate() : all_(requests_per_second, burst) {}

bool view_rate::admit(const http::peer& from, async::steady_point now)
{
    if (by_user_.size() >= max_users && !by_user_.contains(from.uid))
        by_user_.clear();
    auto& own = by_user_.try_emplace(from.uid, user_requests_per_second, user_burst).first->second;
    return take_one(own, now) && take_one(all_, now);
}

} // namespace ulak::control
