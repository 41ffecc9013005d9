#include "kinds/sms_send/reconciler.hpp"

#include "kinds/sms_send/call_items.hpp"
#include "kinds/sms_send/repeat_send.hpp"
#include "kinds/sms_send/send_order.hpp"
#include "kinds/waiting.hpp"

#include <array>
#include <chrono>

namespace ulak::kinds::sms {
namespace {

using ledger::item_state;

/// When the list is read, counted from the first wait: the request may still be under way at the provider.
constexpr std::array<std::chrono::seconds, 3> list_check_times{std::chrono::seconds(2), std::chrono::seconds(10),
                                                               std::chrono::seconds(30)};

/// Failures of the list that a second read would meet as well.
bool is_final_failure(errc code)
{
    return code == errc::conflict || code == errc::unsupported || code == errc::not_found || code == errc::auth ||
           code == errc::contract;
}

} // namespace

reconciler::reconciler(run_context& c, const settings& s, std::shared_ptr<providers::account> account,
                       stored_progress& progress)
    : context_(c), settings_(s), account_(std::move(account)), progress_(progress), failures_(c)
{}

ledger::move_items reconciler::move_ambiguous(const effect_id& call, item_state to) const
{
    ledger::move_items move;
    move.run = context_.run().id;
    move.by_effect = call;
    move.from = item_state::ambiguous;
    move.to = to;
    return move;
}

task<reconciliation> reconciler::reconcile(effect_id id)
{
    call_ = id;
    const auto outcome = co_await kinds::reconcile(context_, account_, id, *this);
    // A stop leaves the recipients as they are: it says nothing about the account.
    if (outcome == reconcile_outcome::stopped || context_.stopping())
        co_return reconciliation(stage_result::interrupt());
    // What a source settled has its counts already.
    if (outcome == reconcile_outcome::settled_by_source)
        co_return reconciliation(stage_result::go_on());
    const bool pending_again = outcome == reconcile_outcome::not_executed;
    auto counted = co_await progress_.reload_counts();
    if (!counted)
        co_return reconciliation(stage_result::fail(context_, counted.error()), pending_again);
    co_return reconciliation(stage_result::go_on(), pending_again);
}

task<gathered_evidence> reconciler::gather(const ledger::effect_record& call)
{
    if (auto* list = list_of(*account_))
        co_return co_await gather_by_list(*list, call);
    auto balance = co_await gather_balance_evidence(context_, *account_, progress_->balance_before, call);
    gathered_evidence evidence(std::move(balance));
    evidence.not_executed = evidence.balance.finding == charge_finding::not_charged;
    evidence.done = evidence.balance.finding == charge_finding::interrupted;
    co_return evidence;
}

/// Not executed: the items go out again.
task<result<void>> reconciler::save(ledger::batch changes, bool not_executed)
{
    if (not_executed)
        changes.push_back(move_ambiguous(call_, item_state::pending));
    return progress_.save(std::move(changes));
}

std::string reconciler::lost_with_the_answer() const
{
    return "the queue's id is lost, so there will be no report";
}

task<gathered_evidence> reconciler::gather_by_list(providers::sms_order_list& list, const ledger::effect_record& call)
{
    balance_evidence known(charge_finding::unknown);
    bool done = co_await find_in_list(list, call, known.text);
    if (!done && can_repeat(*account_) && !context_.stopping() && !context_.cancel_requested())
        done = co_await repeat(list, call, known);
    // Refused as a duplicate, the order is in the list sooner or later: its id is not lost to an operator.
    if (!done && known.finding == charge_finding::charged && !context_.stopping()) {
        co_await progress_.save(unresolved_changes(context_, call, known)); // else an operator resolved it first
        done = true;
    }
    gathered_evidence evidence(std::move(known));
    evidence.done = done;
    co_return evidence;
}

/// True when the list showed the call and its items are submitted. An empty list is no proof that nothing was sent.
task<bool> reconciler::find_in_list(providers::sms_order_list& list, const ledger::effect_record& call,
                                    std::string& evidence)
{
    auto numbers = co_await sorted_numbers_of(context_, call);
    if (!numbers || numbers->empty())
        co_return false;
    list_search search(context_, *account_, list, settings_.message.sender);
    const async::steady_point start = context_.clock().now();
    for (const auto after : list_check_times) {
        co_await sleep_until(context_, start + after);
        if (context_.stopping() || context_.cancel_requested())
            co_return false;
        auto found = co_await search.find(call, *numbers);
        evidence = "the provider's list does not show it";
        if (!found) {
            evidence = "the provider's list does not tell: " + found.error().message;
            co_await failures_.report_failure(*account_, "sms.list", found.error());
            if (is_final_failure(found.error().code))
                co_return false;
        }
        if (!found || found->empty())
            continue;
        auto adopted = co_await adopt_queue(call, std::move(*found));
        co_return adopted.has_value();
    }
    co_return false;
}

/// True when a repetition settled the call. Refused as a duplicate, the first was accepted: the list has to show it
/// sooner or later, so it is read once more.
task<bool> reconciler::repeat(providers::sms_order_list& list, const ledger::effect_record& call,
                              balance_evidence& known)
{
    auto items = co_await items_of(context_, call);
    if (!items || items->empty())
        co_return false;
    auto order = order_of_chunk(settings_, *items, progress_->common_text, limits_of(settings_.message, *account_));
    if (!order)
        co_return false;
    auto rules = rules_of(settings_, context_.run(), numbers_of(*items));
    auto answer = co_await repeat_send(context_, account_, call, std::move(*order), std::move(rules));
    bool settled = false;
    if (!answer.queue.empty()) {
        auto adopted = co_await adopt_queue(call, answer.queue);
        settled = adopted.has_value();
    } else if (answer.was_duplicate) {
        known.finding = charge_finding::charged;
        settled = co_await find_in_list(list, call, known.text);
    }
    known.text += "; " + answer.evidence;
    co_return settled;
}

/// The call is accepted as `queue`, and its items are followed there.
task<result<void>> reconciler::adopt_queue(const ledger::effect_record& call, std::string queue)
{
    ledger::move_effect settled(call.id, ledger::effect_state::accepted);
    settled.provider_ref = queue;
    settled.charged = call.expected;
    settled.evidence = "the provider has it as " + queue;
    auto changes = co_await reconciled_changes(context_, call, std::move(settled), "done");
    auto submitted = move_ambiguous(call.id, item_state::submitted);
    submitted.queue = std::move(queue);
    changes.push_back(std::move(submitted));
    auto saved = co_await progress_.save(std::move(changes));
    if (!saved)
        co_return saved.error();
    co_return co_await progress_.reload_counts();
}

} // namespace ulak::kinds::sms
