// The next call, and what its outcome means for the rest of the run.
#include "kinds/sms_send/sms_run.hpp"
#include "kinds/waiting.hpp"

#include "core/failpoint.hpp"

namespace ulak::kinds::sms {
namespace {

using ledger::item_state;
using providers::classification;
using namespace std::chrono_literals;

/// Calls in a row that may go wrong before the run gives up.
constexpr int max_failures = 5;
constexpr int max_refusals = 3;
constexpr std::chrono::milliseconds first_pause = 1s;
constexpr std::chrono::seconds default_rate_limit_pause = 30s;

/// Refusals that the next call would meet as well.
bool affects_every_call(errc code)
{
    return code == errc::auth || code == errc::balance || code == errc::forbidden;
}

} // namespace

task<std::optional<ending>> sms_run::send_group(items group)
{
    ++progress_.last_chunk;
    std::vector<phone> numbers;
    positions_.clear();
    for (const ledger::item_record& i : group) {
        numbers.push_back(phone::parse(i.phone).value());
        positions_.push_back(i.position);
    }
    const measured_text text = text_of(group.front());
    if (text.text.empty())
        co_return co_await stopped_or_failed(error(errc::contract, "the text of the run is lost"));
    auto sending = make_purchase("chunk/" + std::to_string(progress_.last_chunk), std::move(numbers), text, false);
    auto done = co_await std::move(sending);
    ULAK_FAILPOINT("sms/sent");
    if (!done) {
        reset_page();
        if (done.error().code == errc::cancelled || done.error().code == errc::denied_now)
            co_return std::nullopt; // the loop looks at the flags, at the window and at who opted out
        if (done.error().code == errc::unavailable)
            co_return co_await pause_or_stop(done.error());
        co_return co_await stop_sending(done.error(), item_state::rejected, std::string(name(done.error().code)));
    }
    const settlement& how = *done;
    switch (how.classified_as) {
    case classification::accepted: consecutive_failures_ = 0; co_return std::nullopt;
    case classification::ambiguous: {
        auto settling = reconcile(how.id);
        auto over = co_await std::move(settling);
        if (over)
            co_return over;
        if (++consecutive_failures_ >= max_refusals)
            co_return co_await stop_sending(error(errc::ambiguous, "several sends in a row had no sound answer"),
                                            item_state::rejected, "stopped");
        co_return std::nullopt;
    }
    case classification::rejected:
        if (how.failure && affects_every_call(how.failure->code))
            co_return co_await stop_sending(*how.failure, item_state::rejected, std::string(name(how.failure->code)));
        if (++consecutive_failures_ >= max_refusals)
            co_return co_await stop_sending(how.failure.value_or(error(errc::validation, "refused")),
                                            item_state::rejected, "stopped");
        co_return std::nullopt;
    default: co_return co_await pause_or_stop(how.failure.value_or(error(errc::transient, "the message was not sent")));
    }
}

/// Nothing was sent and the recipients are pending again: wait, or give up.
task<std::optional<ending>> sms_run::pause_or_stop(const error& why)
{
    reset_page();
    if (context_.stopping() || context_.cancel_requested())
        co_return std::nullopt;
    if (why.code == errc::rate_limited) {
        co_await sleep_for(context_, why.retry_after.value_or(default_rate_limit_pause));
        co_return std::nullopt;
    }
    if (++consecutive_failures_ >= max_failures)
        co_return co_await stop_sending(why, item_state::rejected, std::string(name(why.code)));
    co_await sleep_for(context_, first_pause * (1 << (consecutive_failures_ - 1)));
    co_return std::nullopt;
}

} // namespace ulak::kinds::sms
