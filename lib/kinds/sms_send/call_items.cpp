#include "kinds/sms_send/call_items.hpp"

#include <algorithm>
#include <utility>

namespace ulak::kinds::sms {

task<result<std::vector<ledger::item_record>>> items_of(run_context& c, ledger::effect_record call)
{
    using enum ledger::item_state;
    ledger::item_query q;
    q.run = call.run;
    q.states = {submitting, ambiguous, rejected};
    std::vector<ledger::item_record> all;
    while (true) {
        auto page = co_await c.store().items(q);
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

task<result<std::vector<std::string>>> sorted_numbers_of(run_context& c, ledger::effect_record call)
{
    auto items = co_await items_of(c, std::move(call));
    if (!items)
        co_return items.error();
    std::vector<std::string> numbers;
    for (const ledger::item_record& i : *items)
        numbers.push_back(i.phone);
    std::ranges::sort(numbers);
    co_return numbers;
}

} // namespace ulak::kinds::sms
