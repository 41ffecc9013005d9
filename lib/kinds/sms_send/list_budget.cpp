#include "kinds/sms_send/list_budget.hpp"

#include "core/json_text.hpp"
#include "events/event_names.hpp"
#include "kinds/purchase/budget_limits.hpp"
#include "kinds/purchase/record.hpp"
#include "kinds/sms_send/stop_sending.hpp"

namespace ulak::kinds::sms {
namespace {

/// All calls of the run as if they were one.
ledger::effect_record whole_send(run_context& c, const providers::account& account, money cost)
{
    ledger::effect_record e;
    e.run = c.run().id;
    e.step = "chunk";
    e.job = c.run().job;
    e.account = account.name;
    e.provider = account.provider;
    e.identity = account.identity_id;
    e.operation = sms_operation;
    e.expected = std::move(cost);
    e.intended_at = c.clock().wall_now();
    return e;
}

} // namespace

task<stage_result> check_list_budget(run_context& c, const providers::account& account, stored_progress& progress)
{
    const money cost(decimal::from_integer(progress.counts().segments), account.unit);
    auto asked = whole_send(c, account, cost);
    auto limits = budget_limits(c, account, asked);
    auto fits = co_await c.store().check_budgets(std::move(asked), std::move(limits));
    if (fits)
        co_return stage_result::go_on();
    if (fits.error().code != errc::budget)
        co_return stage_result::fail(c, fits.error());
    const error why(errc::budget, "the whole send: " + fits.error().message);
    boost::json::object data;
    data["cost"] = json_of(cost);
    ledger::batch changes = c.notices("budget-hit", c.run().job + ": " + why.message, data);
    changes.push_back(c.event(events::budget_hit, events::level::warning, why.message, std::move(data)));
    auto saved = co_await progress.save(std::move(changes));
    if (!saved)
        co_return stage_result::interrupt();
    co_return co_await stop_sending(c, progress, why, ledger::item_state::skipped, "budget");
}

} // namespace ulak::kinds::sms
