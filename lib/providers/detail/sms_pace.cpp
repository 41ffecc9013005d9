#include "providers/detail/sms_pace.hpp"

#include "core/sms_text.hpp"

#include <algorithm>

namespace ulak::providers {

namespace {

double segments_of(const std::string& text, std::size_t recipients)
{
    const auto shape = measure_sms(text);
    return static_cast<double>(recipients) * (shape ? static_cast<double>(shape->segments) : 1.0);
}

} // namespace

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
    if (!by_segments_)
        return static_cast<double>(order.recipients());
    double sum = segments_of(order.text, order.numbers.size());
    for (const sms_text& t : order.further)
        sum += segments_of(t.text, t.numbers.size());
    return sum;
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
