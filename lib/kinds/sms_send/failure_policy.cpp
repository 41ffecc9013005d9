#include "kinds/sms_send/failure_policy.hpp"

namespace ulak::kinds::sms {
namespace {

using namespace std::chrono_literals;

/// Failures in a row at which a run gives up: of calls that were not sent, and of those that were.
constexpr int max_not_sent = 5;
constexpr int max_answered = 3;
/// Calls in a row that are refused for their recipients: a longer chain finds no bad number among good ones.
constexpr int max_refused_recipients = 100;
constexpr std::chrono::milliseconds first_retry_pause = 1s;
/// Where a provider limits the rate and does not say for how long.
constexpr std::chrono::seconds default_rate_limit_pause = 30s;

/// Refusals that the next call would meet as well.
bool affects_every_call(errc code)
{
    return code == errc::auth || code == errc::balance || code == errc::forbidden;
}

next_step stop(error why, std::string item_reason)
{
    next_step s;
    s.stop_reason = std::move(why);
    s.item_reason = std::move(item_reason);
    return s;
}

next_step pause(std::chrono::milliseconds d)
{
    next_step s;
    s.pause = d;
    return s;
}

} // namespace

next_step failure_policy::after_ambiguous()
{
    if (++failures_ >= max_answered)
        return stop(error(errc::ambiguous, "several sends in a row had no sound answer"), "stopped");
    return {};
}

next_step failure_policy::after_rejection(const std::optional<error>& why)
{
    if (why && affects_every_call(why->code))
        return stop(*why, std::string(name(why->code)));
    if (++failures_ >= max_answered)
        return stop(why.value_or(error(errc::validation, "refused")), "stopped");
    return {};
}

next_step failure_policy::after_refused_recipients(const std::optional<error>& why)
{
    if (++refused_recipients_ >= max_refused_recipients)
        return stop(why.value_or(error(errc::validation, "refused")), "stopped");
    return {};
}

next_step failure_policy::after_not_sent(const error& why)
{
    if (why.code == errc::rate_limited)
        return pause(why.retry_after.value_or(default_rate_limit_pause));
    if (++failures_ >= max_not_sent)
        return stop(why, std::string(name(why.code)));
    return pause(first_retry_pause * (1 << (failures_ - 1)));
}

} // namespace ulak::kinds::sms
