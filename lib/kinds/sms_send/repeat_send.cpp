#include "kinds/sms_send/repeat_send.hpp"

#include "kinds/purchase/safe_repeat.hpp"
#include "kinds/waiting.hpp"
#include "providers/duplicate_guard.hpp"

namespace ulak::kinds::sms {
namespace {

std::chrono::milliseconds repeat_guard_of(const providers::account& who) noexcept
{
    const auto* guard = dynamic_cast<const providers::duplicate_guard*>(who.sms.get());
    return guard ? guard->duplicate_window() : std::chrono::milliseconds(0);
}

} // namespace

bool can_repeat(const providers::account& who) noexcept
{
    return repeat_guard_of(who) > std::chrono::milliseconds(0);
}

task<repeat_answer> repeat_send(run_context& c, std::shared_ptr<providers::account> who, ledger::effect_record lost,
                                providers::sms_order order)
{
    safe_repeat again(c, who, std::move(lost));
    auto beginning = again.reserve(repeat_guard_of(*who));
    auto begun = co_await std::move(beginning);
    if (!begun)
        co_return repeat_answer("it was not repeated: " + begun.error().message);
    auto sending = who->sms->send(std::move(order), again.gate());
    auto got = co_await std::move(sending);
    co_await reset_cancellation();
    repeat_answer word("a repetition was " + std::string(name(got.classified_as)));
    if (got.value)
        word.queue = got.value->queue_id;
    word.was_duplicate = got.classified_as == providers::classification::rejected && got.failure && got.failure->code == errc::duplicate;
    if (got.failure)
        word.evidence += ": " + got.failure->message;
    co_return word;
}

task<result<std::vector<ledger::item_record>>> items_of(run_context& c, ledger::effect_record call)
{
    using enum ledger::item_state;
    ledger::item_query q;
    q.run = call.run;
    q.states = {submitting, ambiguous, rejected};
    std::vector<ledger::item_record> all;
    while (true) {
        auto copy = q;
        auto reading = c.store().items(std::move(copy));
        auto page = co_await std::move(reading);
        if (!page)
            co_return page.error();
        if (page->empty())
            co_return all;
        q.after = page->back().position;
        for (ledger::item_record& i : *page)
            if (i.effect == call.id)
                all.push_back(std::move(i));
    }
}

std::vector<phone> numbers_of(const std::vector<ledger::item_record>& items)
{
    std::vector<phone> numbers;
    for (const ledger::item_record& i : items)
        numbers.push_back(phone::parse(i.phone).value());
    return numbers;
}

} // namespace ulak::kinds::sms
