#include "engine/detail/held_runs.hpp"

#include "core/failpoint.hpp"
#include "core/json_text.hpp"
#include "core/text.hpp"
#include "engine/detail/attention_decision.hpp"
#include "engine/detail/identities.hpp"
#include "engine/detail/run_changes.hpp"
#include "events/event_names.hpp"
#include "kinds/purchase/effect_identity.hpp"

#include <unistd.h>

#include <algorithm>
#include <utility>

namespace ulak::engine {

using ledger::effect_state;

namespace {

/// No provider goes on longer with what was bought: a panel with an order.
constexpr std::chrono::hours longest_open(24 * 30);

/// What may still be open at a provider while its run is.
std::vector<effect_state> open_states()
{
    return {effect_state::intent, effect_state::dispatched, effect_state::accepted, effect_state::ambiguous,
            effect_state::orphaned};
}

std::string evidence_of(const std::map<std::string, std::string>& changed)
{
    std::string text, names;
    for (const auto& [account, change] : changed) {
        append_joined(text, "; ", "account " + account + ": " + change);
        append_joined(names, " ", account);
    }
    return text +
           "; what this run bought there is neither asked for nor cancelled. Put the old values back and reload, "
           "or, if it is the same wallet, say so: ulakctl adopt " +
           names + ". To resolve this entry ends the run as it is";
}

/// In the daemon's own name: no operator has decided.
ledger::resolve_attention resolution(const std::string& entry, wall_point at)
{
    ledger::resolve_attention change;
    change.id = entry;
    change.outcome = outcome_done;
    change.operator_uid = ::geteuid();
    change.at = at;
    return change;
}

} // namespace

task<result<void>> held_runs::load()
{
    auto known = co_await shared_.store().identities();
    if (!known)
        co_return known.error();
    auto open = co_await shared_.store().attention(true);
    if (!open)
        co_return open.error();
    identities_ = std::move(*known);
    entries_.clear();
    for (auto& entry : *open)
        if (entry.kind == kinds::account_changed_entry)
            entries_.insert_or_assign(entry.run.text(), std::move(entry));
    co_return result<void>();
}

task<result<bool>> held_runs::hold(const ledger::run_record& run)
{
    money at_stake;
    auto changed = co_await changed_accounts(run, at_stake);
    if (!changed)
        co_return changed.error();
    if (changed->empty()) {
        auto closed = co_await close(run);
        if (!closed)
            co_return closed.error();
        runs_.erase(run.id.text());
        co_return false;
    }
    // Whether or not the disk takes the entry, the run waits.
    yaml::problems problems;
    runs_.insert_or_assign(run.id.text(), shared_.jobs.from_definition(run.job, run.definition, problems));
    auto raised = co_await raise(run, *changed, at_stake);
    if (!raised)
        co_return raised.error();
    co_return true;
}

std::vector<run_id> held_runs::all() const
{
    std::vector<run_id> ids;
    for (const auto& [id, job] : runs_)
        ids.push_back(run_id(id));
    return ids;
}

bool held_runs::knows_all_jobs() const
{
    return std::ranges::none_of(runs_, [](const auto& waiting) { return waiting.second == nullptr; });
}

const ledger::identity_record* held_runs::find_identity(const std::string& id) const
{
    const auto found = std::ranges::find(identities_, id, &ledger::identity_record::id);
    return found == identities_.end() ? nullptr : &*found;
}

/// Empty: nothing has changed. An account that is gone keeps waiting what waited for it.
std::string held_runs::change_of(const ledger::effect_record& e, bool waits) const
{
    const auto account = shared_.deps.accounts->find(e.account);
    if (account == shared_.deps.accounts->end())
        return waits ? "it is not in ulak.yaml" : "";
    if (kinds::was_made_at(e, *account->second))
        return "";
    return identity_difference(find_identity(e.identity), find_identity(account->second->identity_id));
}

task<result<std::map<std::string, std::string>>> held_runs::changed_accounts(const ledger::run_record& run,
                                                                             money& at_stake)
{
    const bool waits = entries_.contains(run.id.text());
    ledger::effect_query q;
    q.run = run.id.text();
    q.states = open_states();
    auto effects = co_await shared_.store().effects(std::move(q));
    if (!effects)
        co_return effects.error();
    std::map<std::string, std::string> changed;
    for (const auto& e : *effects) {
        auto change = change_of(e, waits);
        if (change.empty())
            continue;
        changed.insert_or_assign(e.account, std::move(change));
        at_stake = e.charged.value_or(e.expected);
    }
    co_return changed;
}

task<result<void>> held_runs::raise(const ledger::run_record& run, const std::map<std::string, std::string>& changed,
                                    const money& at_stake)
{
    const auto open = entries_.find(run.id.text());
    const auto evidence = evidence_of(changed);
    if (open != entries_.end() && open->second.evidence == evidence)
        co_return result<void>();
    ledger::raise_attention raised;
    ledger::attention_record& entry = raised.entry;
    entry.id = open == entries_.end() ? fresh_id(shared_) : open->second.id;
    entry.run = run.id;
    entry.job = run.job;
    entry.account = changed.begin()->first;
    entry.kind = kinds::account_changed_entry;
    entry.amount = at_stake;
    entry.at = shared_.wall();
    entry.evidence = evidence;
    const auto context = stored_run_context(shared_, run);
    boost::json::object data;
    data["attention"] = entry.id;
    data["amount"] = json_of(at_stake);
    ledger::batch all = context.notices("attention", "job " + run.job + ": " + evidence, data);
    auto event = context.event(events::attention_raised, events::level::error, evidence, std::move(data));
    event.event.account = entry.account;
    all.push_back(std::move(event));
    ledger::attention_record kept = entry;
    all.push_back(std::move(raised));
    ULAK_FAILPOINT("hold/raise");
    auto done = co_await shared_.deps.recorder.commit(std::move(all));
    ULAK_FAILPOINT("hold/raised");
    if (!done)
        co_return done.error();
    entries_.insert_or_assign(run.id.text(), std::move(kept));
    co_return result<void>();
}

std::string held_runs::why(const run_id& run) const
{
    const auto open = entries_.find(run.text());
    return waits(run) && open != entries_.end() ? open->second.evidence : std::string();
}

ledger::batch held_runs::closing(const run_id& run, const std::string& reason) const
{
    ledger::batch all;
    const auto open = entries_.find(run.text());
    if (open == entries_.end())
        return all;
    const auto& entry = open->second;
    auto e = make_event(events::attention_resolved, events::level::notice, reason, entry.job);
    e.run = run.text();
    e.account = entry.account;
    e.data["attention"] = entry.id;
    e.data["outcome"] = outcome_done;
    all.push_back(resolution(entry.id, shared_.wall()));
    all.push_back(ledger::append_event{std::move(e)});
    return all;
}

task<result<void>> held_runs::close(const ledger::run_record& run)
{
    const auto open = entries_.find(run.id.text());
    if (open == entries_.end())
        co_return result<void>();
    auto all = closing(run.id, "account " + open->second.account + " is what it was: the run goes on");
    ULAK_FAILPOINT("hold/release");
    auto done = co_await shared_.deps.recorder.commit(std::move(all));
    ULAK_FAILPOINT("hold/released");
    if (!done)
        co_return done.error();
    entries_.erase(open);
    co_return result<void>();
}

task<result<std::set<std::string>>> held_runs::former_identities(const providers::account& account)
{
    std::vector<ledger::effect_query> questions(1);
    questions.front().account = account.name;
    questions.front().since = shared_.wall() - longest_open;
    for (const auto& [id, job] : runs_) {
        questions.emplace_back();
        questions.back().run = id;
    }
    std::set<std::string> former;
    for (auto& q : questions) {
        q.states = open_states();
        auto effects = co_await shared_.store().effects(std::move(q));
        if (!effects)
            co_return effects.error();
        for (const auto& e : *effects)
            if (e.account == account.name && !kinds::was_made_at(e, account))
                former.insert(e.identity);
    }
    co_return former;
}

} // namespace ulak::engine
