#include "kinds/sms_send/repeat_send.hpp"

#include "kinds/purchase/safe_repeat.hpp"
#include "kinds/waiting.hpp"
#include "providers/duplicate_guard.hpp"

namespace ulak::kinds::sms {
namespace {

std::chrono::milliseconds duplicate_window_of(const providers::account& account) noexcept
{
    const auto* guard = dynamic_cast<const providers::duplicate_guard*>(account.sms.get());
    return guard ? guard->duplicate_window() : std::chrono::milliseconds(0);
}

} // namespace

bool can_repeat(const providers::account& account) noexcept
{
    return duplicate_window_of(account) > std::chrono::milliseconds(0);
}

task<repeat_answer> repeat_send(run_context& c, std::shared_ptr<providers::account> account, ledger::effect_record call,
                                providers::sms_order order, message_rules rules)
{
    safe_repeat repeat(c, account, std::move(call), std::move(rules));
    auto reserved = co_await repeat.reserve(duplicate_window_of(*account));
    if (!reserved)
        co_return repeat_answer("it was not repeated: " + reserved.error().message);
    auto outcome = co_await account->sms->send(std::move(order), repeat.gate());
    co_await reset_cancellation();
    repeat_answer answer("a repetition was " + std::string(name(outcome.classified_as)));
    if (outcome.value)
        answer.queue = outcome.value->queue_id;
    answer.was_duplicate = outcome.classified_as == providers::classification::rejected && outcome.failure &&
                           outcome.failure->code == errc::duplicate;
    if (outcome.failure)
        answer.evidence += ": " + outcome.failure->message;
    co_return answer;
}

} // namespace ulak::kinds::sms
