// Records to start from, and a store in memory on a loop with a manual clock.
#pragma once

#include "support/loop_fixture.hpp"
#include "support/memory_ledger.hpp"

#include <string>

namespace ulak::ledger {

inline std::ostream& operator<<(std::ostream& out, run_state s)
{
    return out << name(s);
}
inline std::ostream& operator<<(std::ostream& out, item_state s)
{
    return out << name(s);
}
inline std::ostream& operator<<(std::ostream& out, effect_state s)
{
    return out << name(s);
}

} // namespace ulak::ledger

namespace ulak::tests {

using any_ledger = ulak::ledger::ledger; ///< for files that use both namespaces

inline const wall_point noon = parse_rfc3339("2026-11-22T12:00:00Z").value();

inline money lira(const char* amount)
{
    return {decimal::parse(amount).value(), "TRY"};
}

inline ledger::create_run a_run(const std::string& id, const std::string& key = {})
{
    ledger::run_record r;
    r.id = run_id(id);
    r.job = "otp-watch";
    r.kind = "otp.acquire";
    r.trigger = "manual";
    r.unique_key = key;
    r.created_at = noon;
    return {std::move(r)};
}

inline ledger::intend an_effect(const std::string& id, const std::string& run, const std::string& step, int attempt = 1,
                                const char* cost = "4.00")
{
    ledger::effect_record e;
    e.id = effect_id(id);
    e.run = run_id(run);
    e.step = step;
    e.attempt = attempt;
    e.job = "otp-watch";
    e.account = "tamonay";
    e.provider = "tamonay";
    e.operation = "order";
    e.expected = lira(cost);
    e.intended_at = noon;
    return {std::move(e), {}};
}

inline ledger::move_effect moved(const std::string& id, ledger::effect_state to, const std::string& ref = {})
{
    ledger::move_effect m(effect_id(id), to);
    m.provider_ref = ref;
    m.at = noon;
    return m;
}

inline ledger::append_event an_event(const std::string& message)
{
    events::event e("run.started", events::level::info, message);
    e.time = noon;
    return {std::move(e)};
}

template<class... Change>
ledger::batch all(Change... c)
{
    ledger::batch out;
    (out.push_back(std::move(c)), ...);
    return out;
}

/// "ok" or the name of the failure, so that a table can say what it expects.
/// As a store takes them.
inline std::vector<const ledger::batch*> together(const std::vector<ledger::batch>& group)
{
    std::vector<const ledger::batch*> all;
    for (const auto& b : group)
        all.push_back(&b);
    return all;
}

template<class T>
std::string verdict(const result<T>& r)
{
    return r ? "ok" : std::string(name(r.error().code));
}

struct ledger_fixture : loop_fixture {
    template<class... Change>
    result<ledger::receipt> commit(Change... c)
    {
        return run(store->commit(all(std::move(c)...)));
    }
    template<class... Change>
    std::string outcome(Change... c)
    {
        return verdict(commit(std::move(c)...));
    }
    ledger::effect_record effect(const std::string& id)
    {
        for (auto& e : run(store->effects(ledger::effect_query())).value())
            if (e.id.text() == id)
                return e;
        BOOST_FAIL("there is no effect " << id);
        return {};
    }

    std::unique_ptr<ledger::ledger> store = make_memory_ledger(io.get_executor());
};

} // namespace ulak::tests
