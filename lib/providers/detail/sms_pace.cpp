#include "providers/detail/sms_pace.hpp"

#include "core/sms_text.hpp"

#include <algorithm>

namespace ulak::providers {

sms_pace::sms_pace(async::clock& clock, const std::optional<yaml::rate_value>& rate) : clock_(clock)
{
    if (!rate || rate->per_second <= 0 || (rate->unit != "segments" && rate->unit != "recipients"))
        return;
    by_segments_ = rate->unit == "segments";
    const double one_second = std::max(1.0, rate->per_second);
    limiter_.emplace(clock, async::token_bucket(rate->per_second, one_second));
}

double sms_pace::tokens_of(const sms_order& order) const
{
    const auto recipients = static_cast<double>(order.numbers.size());
    if (!by_segments_)
        return recipients;
    const auto shape = measure_sms(order.text);
    return shape ? recipients * static_cast<double>(shape->segments) : recipients;
}

task<result<void>> sms_pace::wait_for_turn(const sms_order& order, purchase_gate& how)
{
    result<void> go;
    if (!limiter_)
        co_return go;
    const auto began = clock_.now();
    const auto stopped = co_await limiter_->acquire(tokens_of(order));
    if (stopped)
        co_return error(errc::cancelled, "cancelled before its turn to send came");
    how.deadline += clock_.now() - began;
    co_return go;
}

} // namespace ulak::providers
