// An order that nobody answered: the provider's own list, or a balance that moved, or a person.
#include "kinds/doubt.hpp"
#include "kinds/otp_acquire/job.hpp"
#include "kinds/waiting.hpp"

#include "core/json_text.hpp"
#include "events/names.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <set>

namespace ulak::kinds::otp {

namespace json = boost::json;
namespace {

/// The provider's clock is not known to agree with ours.
constexpr std::chrono::minutes clock_slack(5);

ending in_doubt()
{
    return ending(
        ledger::run_state::attention,
        error(errc::ambiguous, "it is not known whether a number was bought, see attention", reach::maybe_sent));
}

bool fits(const providers::listed_number& n, const std::string& service, const ledger::effect_record& lost,
          wall_point now)
{
    const wall_point sent = lost.dispatched_at.value_or(lost.intended_at);
    if (!n.service.empty() && n.service != service)
        return false;
    return !n.created || (*n.created >= sent - clock_slack && *n.created <= now + clock_slack);
}

} // namespace

/// The one order of the provider's list that fits and that no other purchase owns. Nothing: none. errc::conflict:
/// several.
task<result<std::optional<providers::number_order>>> session::find_lost_order(const providers::account& who,
                                                                              const ledger::effect_record& lost)
{
    auto reading = who.numbers->recent(c_.time().now() + who.read_timeout);
    auto listed = co_await std::move(reading);
    if (!listed)
        co_return listed.error();
    ledger::effect_query q;
    q.account = who.name;
    auto asking = c_.store().effects(std::move(q));
    auto ours = co_await std::move(asking);
    if (!ours)
        co_return ours.error();
    std::set<std::string> owned;
    for (const ledger::effect_record& e : *ours)
        owned.insert(e.provider_ref);
    std::optional<providers::number_order> found;
    for (const providers::listed_number& n : *listed) {
        if (owned.contains(n.order.id) || !fits(n, p_.service, lost, c_.time().wall_now()))
            continue;
        if (found)
            co_return error(errc::conflict, "several orders in the provider's list fit");
        found = n.order;
    }
    co_return found;
}

task<std::optional<ending>> session::take_over(const ledger::effect_record& lost, const providers::number_order& found)
{
    ledger::effect_record known = lost;
    known.provider_ref = found.id;
    known.charged = found.price ? found.price : std::optional<money>(lost.expected);
    adopt(known);
    p_.held->number = found.number;
    ledger::move_effect move(lost.id, ledger::effect_state::accepted);
    move.provider_ref = found.id;
    move.charged = known.charged;
    move.evidence = "found in the provider's list of orders";
    auto settling = settled_by_evidence(c_, lost, std::move(move), "done");
    auto changes = co_await std::move(settling);
    ledger::update_run state(c_.run().id);
    state.progress = json::serialize(to_json(p_));
    state.result = json::serialize(result_json(*p_.held, std::nullopt, false));
    auto keeping = c_.keep(std::move(state), std::move(changes));
    auto kept = co_await std::move(keeping);
    if (kept)
        co_return std::nullopt;
    p_.held.reset();
    if (c_.stopping())
        co_return ending::stopped();
    co_return in_doubt();
}

task<std::optional<ending>> session::settle_doubt(effect_id id, std::shared_ptr<providers::account> who)
{
    auto finding_it = find_effect(c_, id);
    auto lost = co_await std::move(finding_it);
    if (!lost || !who || !who->numbers)
        co_return in_doubt();
    if (lost->state == ledger::effect_state::orphaned)
        co_return in_doubt();
    if (who->numbers->lists_orders()) {
        const async::steady_point start = c_.time().now();
        for (const auto after : evidence_times) {
            co_await nap_until(c_, start + after);
            if (c_.stopping())
                co_return ending::stopped();
            auto looking = find_lost_order(*who, *lost);
            auto found = co_await std::move(looking);
            if (found && *found) {
                auto taking = take_over(*lost, **found);
                co_return co_await std::move(taking);
            }
            if ((!found && found.error().code == errc::conflict) || c_.cancel_asked())
                co_return in_doubt();
        }
    }
    auto asking = ask_balance(c_, *who, p_.before, *lost);
    const finding seen = co_await std::move(asking);
    if (c_.stopping())
        co_return ending::stopped();
    if (seen != finding::charged && seen != finding::not_charged)
        co_return in_doubt();
    const bool lost_for_good = seen == finding::charged;
    ledger::move_effect move(lost->id,
                             lost_for_good ? ledger::effect_state::orphaned : ledger::effect_state::not_executed);
    move.evidence =
        lost_for_good ? "the balance fell by the price; the number's id is lost" : "the balance did not move";
    ledger::batch changes;
    if (lost_for_good) {
        changes.push_back(std::move(move));
    } else {
        auto settling = settled_by_evidence(c_, *lost, std::move(move), "not-done");
        changes = co_await std::move(settling);
    }
    auto keeping = c_.keep_progress(to_json(p_), std::move(changes));
    auto kept = co_await std::move(keeping);
    if (!kept && c_.stopping())
        co_return ending::stopped();
    if (!kept || lost_for_good)
        co_return in_doubt();
    co_return std::nullopt;
}

} // namespace ulak::kinds::otp
