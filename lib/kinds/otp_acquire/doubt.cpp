// An order that nobody answered: the provider's own list, or a balance that moved, or a person.
#include "kinds/purchase/reconcile.hpp"
#include "kinds/otp_acquire/job.hpp"
#include "kinds/waiting.hpp"

#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "events/event_names.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::kinds::otp {

namespace json = boost::json;
using ledger::effect_state;

namespace {

/// Looks in a row at which the list did not show it: the last ones, over a minute and a half.
constexpr int required_absences = 3;

ending unresolved()
{
    return ending(
        ledger::run_state::attention,
        error(errc::ambiguous, "it is not known whether a number was bought, see attention", reach::maybe_sent));
}

} // namespace

task<std::optional<ending>> otp_run::adopt_found(const ledger::effect_record& lost, const providers::number_order& found)
{
    const progress before = progress_;
    ledger::effect_record known = lost;
    known.provider_ref = found.id;
    known.charged = found.price ? found.price : std::optional<money>(lost.expected);
    adopt(known);
    progress_.held->number = found.number;
    ledger::move_effect move(lost.id, ledger::effect_state::accepted);
    move.provider_ref = found.id;
    move.charged = known.charged;
    move.evidence = "found in the provider's list of orders";
    auto settling = reconciled_changes(context_, lost, std::move(move), "done");
    auto changes = co_await std::move(settling);
    ledger::update_run state(context_.run().id);
    state.progress = json::serialize(to_json(progress_));
    state.result = json::serialize(result_json(*progress_.held, std::nullopt, false));
    auto keeping = context_.save_with_retry(std::move(state), std::move(changes));
    auto kept = co_await std::move(keeping);
    ULAK_FAILPOINT("otp/taken-over");
    if (kept)
        co_return std::nullopt;
    progress_ = before;
    if (context_.stopping())
        co_return ending::stopped();
    co_return unresolved(); // another run took it, or a person was first
}

task<std::optional<ending>> otp_run::reconcile(effect_id id, std::shared_ptr<providers::account> who)
{
    auto finding_it = find_effect(context_, id);
    auto lost = co_await std::move(finding_it);
    if (!lost || lost->state != effect_state::ambiguous || !who || !who->numbers)
        co_return unresolved();
    auto looking = gather_evidence(*lost, *who);
    auto over = co_await std::move(looking);
    who->reconciled.insert(id.text());
    co_return over;
}

/// nullopt: a number is held, or it is proven that none was bought.
task<std::optional<ending>> otp_run::gather_evidence(const ledger::effect_record& lost, const providers::account& who)
{
    list_evidence listed;
    int absent = 0; // in a row
    const async::steady_point start = context_.clock().now();
    for (const auto after : evidence_schedule) {
        if (!who.numbers->lists_orders())
            break;
        co_await sleep_until(context_, start + after);
        if (context_.stopping())
            co_return ending::stopped();
        auto asking = search_list(who, lost);
        listed = co_await std::move(asking);
        absent = listed.absent ? absent + 1 : 0;
        ULAK_FAILPOINT("otp/looked-for");
        auto reading = find_effect(context_, lost.id);
        auto now = co_await std::move(reading);
        if (!now || now->state != effect_state::ambiguous) // a person was first
            co_return unresolved();
        if (listed.found) {
            auto taking = adopt_found(lost, *listed.found);
            auto over = co_await std::move(taking);
            if (progress_.held || context_.stopping())
                co_return over;
        }
        if (context_.cancel_requested())
            break;
    }
    listed.absent = absent >= required_absences;
    auto weighing = weigh_balance(lost, who, listed);
    co_return co_await std::move(weighing);
}

/// The list has not shown it. What the balance says, with the list where there is one: that shows every order of the
/// account, whoever made it, while its balance moves for many reasons; so it is enough if the balance does not gainsay.
task<std::optional<ending>> otp_run::weigh_balance(const ledger::effect_record& lost, const providers::account& who,
                                                const list_evidence& listed)
{
    auto asking = gather_balance_evidence(context_, who, progress_.balance_before, lost, who.numbers->lists_orders() ? balance_reads::one : balance_reads::all);
    balance_evidence seen = co_await std::move(asking);
    if (context_.stopping())
        co_return ending::stopped();
    const bool proven = who.numbers->lists_orders() ? listed.absent && seen.finding != charge_finding::charged
                                                    : seen.finding == charge_finding::not_charged;
    const bool not_bought = proven && !context_.cancel_requested();
    if (!listed.evidence.empty())
        seen.text = listed.evidence + (seen.text.empty() ? "" : "; " + seen.text);
    ledger::batch changes;
    if (not_bought) {
        ledger::move_effect move(lost.id, effect_state::not_executed);
        move.evidence = seen.text;
        auto settling = reconciled_changes(context_, lost, std::move(move), "not-done");
        changes = co_await std::move(settling);
    } else {
        if (seen.finding == charge_finding::charged)
            seen.text += "; the number's id is lost";
        changes = unresolved_changes(context_, lost, seen);
    }
    auto keeping = context_.save_progress(to_json(progress_), std::move(changes));
    auto kept = co_await std::move(keeping);
    if (!kept && context_.stopping())
        co_return ending::stopped();
    if (!kept || !not_bought)
        co_return unresolved();
    co_return std::nullopt;
}

} // namespace ulak::kinds::otp
