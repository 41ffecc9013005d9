#include "kinds/purchase/budget_limits.hpp"

#include <utility>

namespace ulak::kinds {
namespace {

ledger::budget_limit limit(std::string name, const money& most)
{
    ledger::budget_limit l;
    l.name = std::move(name);
    l.limit = most;
    return l;
}

} // namespace

wall_point day_start(wall_point t, const time_zone& zone)
{
    civil local = zone.to_civil(t);
    local.hour = local.minute = local.second = 0;
    return zone.to_instant(local).at;
}

std::vector<ledger::budget_limit> budget_limits(const run_context& c, const providers::account& account,
                                                const ledger::effect_record& e)
{
    const auto today = day_start(e.intended_at, c.environment().zone);
    std::vector<ledger::budget_limit> limits;
    if (const auto& run = c.budget().run) {
        limits.push_back(limit("run", *run));
        limits.back().run = e.run.text();
    }
    if (const auto& day = c.budget().day) {
        limits.push_back(limit("day", *day));
        limits.back().job = e.job;
        limits.back().since = today;
    }
    if (const auto& day = account.day_budget) {
        limits.push_back(limit("account-day", *day));
        limits.back().account = e.account;
        limits.back().identity = e.identity;
        limits.back().since = today;
    }
    return limits;
}

} // namespace ulak::kinds
