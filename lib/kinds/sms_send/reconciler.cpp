// A send that nobody answered: the provider's own list, or a balance that moved, or a person.
#include "kinds/sms_send/sms_run.hpp"
#include "kinds/sms_send/order.hpp"
#include "kinds/sms_send/repeat_send.hpp"
#include "kinds/waiting.hpp"

#include <algorithm>
#include <set>

namespace ulak::kinds::sms {
namespace {

using ledger::item_state;

/// When the list is asked, counted from the first look-out: the first request may still be under way there.
constexpr std::array<std::chrono::seconds, 3> list_check_times{std::chrono::seconds(2), std::chrono::seconds(10),
                                                    std::chrono::seconds(30)};
/// The provider's clock is not known to agree with ours. With more, an order of the minutes before might be taken for
/// it.
constexpr std::chrono::minutes clock_slack(1);

/// Failures of the list that a second look would meet as well.
bool is_final_failure(errc code)
{
    return code == errc::conflict || code == errc::unsupported || code == errc::not_found || code == errc::auth ||
           code == errc::contract;
}

/// Whether an order of the list may have come from a call that was sent then.
bool may_result_from(const providers::listed_sms& o, const ledger::effect_record& call, std::chrono::milliseconds timeout)
{
    const wall_point sent = call.dispatched_at.value_or(call.intended_at);
    return !o.submitted || (*o.submitted >= sent - clock_slack && *o.submitted <= sent + timeout + clock_slack);
}

/// What the list can be weighed by: the owners of its orders, what is in doubt or under way, and what may have brought
/// about an order that fits the lost one as well.
ledger::effect_query effects_to_compare(const std::vector<providers::listed_sms>& listed, const ledger::effect_record& lost,
                              std::chrono::milliseconds timeout)
{
    ledger::effect_query q;
    q.account = lost.account;
    q.operation = lost.operation;
    q.since = lost.dispatched_at.value_or(lost.intended_at) - timeout - 2 * clock_slack;
    for (const providers::listed_sms& o : listed) {
        q.refs.push_back(o.id);
        if (!o.submitted) // any call may have brought it about
            q.since = wall_point();
    }
    return q;
}

} // namespace

providers::sms_order_list* list_of(const providers::account& who) noexcept
{
    return dynamic_cast<providers::sms_order_list*>(who.sms.get());
}

/// The numbers of a call whose outcome is not known.
task<result<std::vector<std::string>>> sms_run::numbers_of_call(ledger::effect_record call)
{
    auto reading = items_of(context_, std::move(call));
    auto sent_items = co_await std::move(reading);
    if (!sent_items)
        co_return sent_items.error();
    std::vector<std::string> numbers;
    for (const ledger::item_record& i : *sent_items)
        numbers.push_back(i.phone);
    std::ranges::sort(numbers);
    co_return numbers;
}

/// Whether the provider reports on exactly these numbers under this id.
task<result<bool>> sms_run::report_matches(std::string queue, const std::vector<std::string>& numbers)
{
    auto reading = account_->sms->report(std::move(queue), context_.clock().now() + account_->read_timeout);
    auto report = co_await std::move(reading);
    if (!report)
        co_return report.error();
    std::vector<std::string> theirs;
    for (const auto& line : report->entries)
        theirs.push_back(line.digits);
    std::ranges::sort(theirs);
    co_return theirs == numbers;
}

/// Whether another call whose outcome is not known may have brought about this order: the list shows no text, so two to
/// the same people look the same.
task<result<bool>> sms_run::fits_other_send(const providers::listed_sms& o, const ledger::effect_record& lost,
                                            const std::vector<ledger::effect_record>& ours,
                                            const std::vector<std::string>& numbers)
{
    using enum ledger::effect_state;
    for (const ledger::effect_record& e : ours) {
        const bool open = e.state == dispatched || e.state == ambiguous || e.state == written_off;
        if (!open || e.id == lost.id || !may_result_from(o, e, account_->order_timeout))
            continue;
        auto reading = numbers_of_call(e);
        auto theirs = co_await std::move(reading);
        if (!theirs)
            co_return theirs.error();
        if (*theirs == numbers)
            co_return true;
    }
    co_return false;
}

/// The id of the one order of the provider's list that fits and that no other call owns. Empty: none. errc::conflict:
/// several.
task<result<std::string>> sms_run::find_in_list(providers::sms_order_list& list, const ledger::effect_record& lost,
                                                  const std::vector<std::string>& numbers)
{
    auto listing = list.recent_orders(account_->read_timeout);
    auto listed = co_await std::move(listing);
    if (!listed)
        co_return listed.error();
    auto asking = context_.store().effects(effects_to_compare(*listed, lost, account_->order_timeout));
    auto ours = co_await std::move(asking);
    if (!ours)
        co_return ours.error();
    std::set<std::string> owned;
    for (const ledger::effect_record& e : *ours)
        owned.insert(e.provider_ref);
    std::string found;
    for (const providers::listed_sms& o : *listed) {
        // An order that came between two pages moves the others on, so one may be listed twice.
        if (o.id == found || owned.contains(o.id) || o.sender != settings_.message.sender ||
            !may_result_from(o, lost, account_->order_timeout) || o.total != static_cast<std::int64_t>(numbers.size()))
            continue;
        auto comparing = report_matches(o.id, numbers);
        auto same = co_await std::move(comparing);
        if (!same)
            co_return same.error();
        if (!*same)
            continue;
        if (!found.empty())
            co_return error(errc::conflict, "several orders in the provider's list fit");
        auto weighing = fits_other_send(o, lost, *ours, numbers);
        auto claimed = co_await std::move(weighing);
        if (!claimed)
            co_return claimed.error();
        if (*claimed)
            co_return error(errc::conflict, "another send in doubt fits the order " + o.id + " as well");
        found = o.id;
    }
    co_return found;
}

task<result<void>> sms_run::adopt_queue(const ledger::effect_record& lost, std::string queue)
{
    ledger::move_effect move(lost.id, ledger::effect_state::accepted);
    move.provider_ref = queue;
    move.charged = lost.expected;
    move.evidence = "the provider has it as " + queue;
    auto settling = reconciled_changes(context_, lost, std::move(move), "done");
    auto changes = co_await std::move(settling);
    ledger::move_items taken;
    taken.run = context_.run().id;
    taken.by_effect = lost.id;
    taken.from = item_state::ambiguous;
    taken.to = item_state::submitted;
    taken.queue = std::move(queue);
    changes.push_back(std::move(taken));
    auto kept = co_await save(std::move(changes));
    if (!kept)
        co_return kept.error();
    co_return co_await reload_counts();
}

/// Nothing found is no proof that nothing was sent: then it stays in doubt.
task<bool> sms_run::search_list(providers::sms_order_list& list, const ledger::effect_record& lost, std::string& evidence)
{
    auto reading = numbers_of_call(lost);
    auto numbers = co_await std::move(reading);
    if (!numbers || numbers->empty())
        co_return false;
    const async::steady_point start = context_.clock().now();
    for (const auto after : list_check_times) {
        co_await sleep_until(context_, start + after);
        if (context_.stopping() || context_.cancel_requested())
            co_return false;
        auto looking = find_in_list(list, lost, *numbers);
        auto found = co_await std::move(looking);
        evidence = "the provider's list does not show it";
        if (!found) {
            evidence = "the provider's list does not tell: " + found.error().message;
            auto telling = read_failures_.report_failure(*account_, "sms.list", found.error());
            co_await std::move(telling);
            if (is_final_failure(found.error().code))
                co_return false;
        }
        if (!found || found->empty())
            continue;
        auto taking = adopt_queue(lost, std::move(*found));
        auto taken = co_await std::move(taking);
        co_return taken.has_value();
    }
    co_return false;
}

/// Asks the provider's list, or the balance where there is none. What stays in doubt is in `attention` already, and the
/// run goes on with the others.
task<std::optional<ending>> sms_run::reconcile(effect_id id)
{
    auto finding_it = find_effect(context_, id);
    auto lost = co_await std::move(finding_it);
    if (!lost || lost->state != ledger::effect_state::ambiguous)
        co_return std::nullopt;
    auto looking = reconcile_ambiguous(*lost);
    auto over = co_await std::move(looking);
    account_->reconciled.insert(id.text());
    co_return over;
}

task<std::optional<ending>> sms_run::reconcile_ambiguous(const ledger::effect_record& lost)
{
    auto* list = list_of(*account_);
    if (!list) {
        auto weighing = reconcile_by_balance(lost);
        co_return co_await std::move(weighing);
    }
    balance_evidence known(charge_finding::unknown);
    auto looking = search_list(*list, lost, known.text);
    bool settled = co_await std::move(looking);
    auto reading = items_of(context_, lost);
    auto sent_items = co_await std::move(reading);
    const bool repeatable =
        can_repeat(*account_) && sent_items && !sent_items->empty() && !context_.stopping() && !context_.cancel_requested();
    if (!settled && repeatable) {
        auto order = order_of(settings_, text_of(sent_items->front()), numbers_of(*sent_items));
        auto asking = repeat_send(context_, account_, lost, std::move(order));
        auto word = co_await std::move(asking);
        if (!word.queue.empty()) {
            auto taking = adopt_queue(lost, word.queue);
            auto taken = co_await std::move(taking);
            settled = taken.has_value();
        } else if (word.was_duplicate) { // so the list has to show it sooner or later
            known.finding = charge_finding::charged;
            auto again = search_list(*list, lost, known.text);
            settled = co_await std::move(again);
        }
        known.text += "; " + word.evidence;
    }
    if (settled || context_.stopping())
        co_return std::nullopt;
    auto keeping = save(unresolved_changes(context_, lost, known));
    auto kept = co_await std::move(keeping);
    if (!kept && context_.stopping())
        co_return ending::stopped();
    co_return std::nullopt; // if a person was faster, there is nothing left to write down
}

task<std::optional<ending>> sms_run::reconcile_by_balance(const ledger::effect_record& lost)
{
    auto asking = gather_balance_evidence(context_, *account_, progress_.balance_before, lost);
    balance_evidence seen = co_await std::move(asking);
    if (seen.finding == charge_finding::interrupted)
        co_return std::nullopt;
    ledger::batch changes;
    if (seen.finding == charge_finding::not_charged) {
        ledger::move_effect move(lost.id, ledger::effect_state::not_executed);
        move.evidence = seen.text;
        auto settling = reconciled_changes(context_, lost, std::move(move), "not-done");
        changes = co_await std::move(settling);
        ledger::move_items back;
        back.run = context_.run().id;
        back.by_effect = lost.id;
        back.from = item_state::ambiguous;
        back.to = item_state::pending;
        changes.push_back(std::move(back));
        reset_page();
    } else {
        if (seen.finding == charge_finding::charged)
            seen.text += "; the queue's id is lost, so there will be no report";
        changes = unresolved_changes(context_, lost, seen);
    }
    auto kept = co_await save(std::move(changes));
    if (!kept && context_.stopping())
        co_return ending::stopped();
    auto counting = co_await reload_counts();
    if (!counting)
        co_return co_await stopped_or_failed(counting.error());
    co_return std::nullopt;
}

} // namespace ulak::kinds::sms
