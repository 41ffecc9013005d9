#include "kinds/smm_order/refund_check.hpp"

#include "kinds/purchase/account_activity.hpp"
#include "kinds/purchase/balance_evidence.hpp"
#include "kinds/waiting.hpp"

#include <algorithm>

namespace ulak::kinds::smm {
namespace {

/// Why the balance cannot prove anything. Empty: it can.
task<std::string> why_no_proof(shared_run& run)
{
    const progress& p = run.progress;
    if (run.account->shared)
        co_return "others may spend from the account, too";
    if (!run.account->balances || !p.balance_before || p.balance_before->amount.unit != p.cost->unit)
        co_return "there is no balance from before the order to compare with";
    const wall_point since = p.balance_before->at;
    const bool alone = co_await no_other_charges_since(run.context, *run.account, p.effect, since);
    const bool refunds = co_await refunds_possible_since(run.context, *run.account, p.effect, since);
    if (!alone || refunds)
        co_return "other orders moved the balance, too";
    co_return "";
}

/// What came back of the cost, by the balance of now.
task<result<decimal>> refund_seen(shared_run& run)
{
    const progress& p = run.progress;
    auto now = co_await run.account->balances->balance(run.context.clock().now() + run.account->read_timeout);
    if (!now)
        co_return now.error();
    if (now->unit != p.cost->unit)
        co_return error(errc::contract, "the balance is in " + now->unit + " now");
    co_return p.cost->amount - (p.balance_before->amount.amount - now->amount);
}

std::string describe(const checked_refund& r)
{
    const std::string& unit = r.told.unit;
    return "the panel says that " + r.told.text() + " were given back, and the balance shows " +
           money(r.seen, unit).text();
}

} // namespace

std::string_view name(refund_finding f) noexcept
{
    switch (f) {
    case refund_finding::confirmed: return "confirmed";
    case refund_finding::unconfirmed: return "unconfirmed";
    case refund_finding::contradicted: return "contradicted";
    case refund_finding::none: break;
    }
    return "none";
}

task<checked_refund> check_refund(shared_run& run, std::optional<decimal> told)
{
    checked_refund r;
    if (!told || !run.progress.cost)
        co_return r;
    run_context& c = run.context;
    r.told = money(*told, run.progress.cost->unit);
    r.seen = *told;
    r.finding = refund_finding::unconfirmed;
    r.text = co_await why_no_proof(run);
    if (!r.text.empty())
        co_return r;
    const async::steady_point start = c.clock().now();
    for (const auto after : evidence_schedule) {
        co_await sleep_until(c, start + after);
        if (c.stopping() || c.cancel_requested())
            co_return r;
        const auto seen = co_await refund_seen(run);
        if (!seen) {
            r.text = "the balance cannot be read: " + seen.error().message;
            continue;
        }
        const bool all = *seen >= *told;
        r.finding = all ? refund_finding::confirmed : refund_finding::contradicted;
        r.seen = all ? *told : std::max(*seen, decimal());
        r.text = describe(r);
        if (all)
            break;
    }
    co_return r;
}

} // namespace ulak::kinds::smm
