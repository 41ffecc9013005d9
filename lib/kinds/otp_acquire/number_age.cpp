#include "kinds/otp_acquire/number_age.hpp"

#include "kinds/otp_acquire/number_machine.hpp"

#include <algorithm>
#include <chrono>

namespace ulak::kinds::otp {
namespace {

age since_boot(async::steady_point t)
{
    return std::chrono::duration_cast<age>(t.time_since_epoch());
}

} // namespace

boot_moment boot_moment::now(const async::clock& clock)
{
    return boot_moment{clock.boot_id(), otp::since_boot(clock.now())};
}

number_age number_age::since(const order_times& order, const async::clock& clock)
{
    const boot_moment now = boot_moment::now(clock);
    number_age a;
    a.held_since_ = clock.now();
    a.ordered_at_ = std::min(order.ordered_at, order.told_at.value_or(order.ordered_at));
    const bool known = !order.boot.boot_id.empty() && !now.boot_id.empty();
    if (known && order.boot.boot_id == now.boot_id && order.boot.since_boot <= now.since_boot)
        a.ordered_ = async::steady_point(order.boot.since_boot);
    else if (known && order.boot.boot_id != now.boot_id)
        a.least_when_held_ = order.known_age + now.since_boot;
    else
        a.least_when_held_ = order.known_age;
    return a;
}

age_range number_age::at(const async::clock& clock) const
{
    const async::steady_point now = clock.now();
    if (ordered_)
        return std::chrono::duration_cast<age>(now - *ordered_);
    age_range r = least_when_held_ + std::chrono::duration_cast<age>(now - held_since_);
    const bool doubted = !clock.wall_doubt().empty();
    r.most = std::max(r.least, doubted ? number_lifetime : age(clock.wall_now() - ordered_at_));
    return r;
}

} // namespace ulak::kinds::otp
