// A run, an account and one purchase through all stages.
#pragma once

#include "kinds/purchase/changes.hpp"
#include "kinds/purchase/purchase.hpp"
#include "kinds/world.hpp"

namespace ulak::tests {

using kinds::settlement;

struct bought {
    std::string id{};
};

inline money lira(int n)
{
    return money(decimal::from_integer(n), "TRY");
}

/// The first change of this type in a batch.
template<class T>
const T* find_change(const ledger::batch& changes)
{
    for (const ledger::change& c : changes)
        if (const T* found = std::get_if<T>(&c))
            return found;
    return nullptr;
}

/// The names of the batch's events, in their order.
inline std::vector<std::string> events_in(const ledger::batch& changes)
{
    std::vector<std::string> names;
    for (const ledger::change& c : changes)
        if (const auto* e = std::get_if<ledger::append_event>(&c))
            names.push_back(e->event.name);
    return names;
}

struct purchase_world : world {
    purchase_world()
    {
        sells_numbers("numbers");
        file.kind = "otp.acquire";
        id = create_run();
    }

    kinds::run_context make() { return make(id); }
    kinds::run_context make(const run_id& of)
    {
        kinds::run_environment around{io.get_executor(), clock, recorder, accounts, zone, folder};
        std::vector<job::notify_rule> rules(1);
        rules[0].when = {"budget-hit"};
        rules[0].channel = "ops";
        return kinds::run_context(around, run_of(of), budget, rules, params);
    }

    /// One call: the provider takes `connecting` before it begins.
    task<providers::outcome<bought>> order(reply f, std::string ref, providers::purchase_gate gate)
    {
        if (connecting > 0ms)
            co_await clock.sleep_for(connecting);
        std::function<bought()> take = [this, ref] {
            ++reached;
            on_take();
            return bought{ref};
        };
        error refusal(errc::no_stock, "none", reach::answered);
        co_return co_await simulate_call<bought>(f, std::move(gate), std::move(refusal), std::move(take));
    }

    /// Written with the outcome, so that a test sees for which one the changes were made.
    ledger::batch outcome_in_progress(const kinds::run_context& c, providers::classification outcome) const
    {
        ledger::update_run state(c.run().id);
        state.progress = "{\"outcome\":\"" + std::string(name(outcome)) + "\"}";
        return ledger::batch(1, std::move(state));
    }

    /// All stages of one purchase.
    task<result<settlement>> purchase(kinds::run_context& c, std::string step, reply f, std::string ref)
    {
        kinds::purchase_request request(std::move(step), accounts->at("numbers"), "number.order", lira(8));
        request.one_at_a_time = one_at_a_time;
        auto reserved = co_await kinds::reserve(c, std::move(request));
        if (!reserved)
            co_return reserved.error();
        if (before_intent) {
            auto checked = co_await before_intent();
            if (!checked)
                co_return checked.error();
        }
        auto booked = co_await std::move(*reserved).book(ledger::batch());
        if (!booked)
            co_return booked.error();
        auto call = std::move(*booked).call();
        auto answer = co_await order(f, std::move(ref), std::move(call.gate));
        kinds::purchase_answer classified(answer, &bought::id);
        auto changes = outcome_in_progress(c, classified.classified_as);
        auto if_ambiguous = outcome_in_progress(c, providers::classification::ambiguous);
        co_return co_await std::move(call.purchase)
            .settle(std::move(classified), std::move(changes), std::move(if_ambiguous));
    }

    /// Lets time go on until the work is done.
    template<class T>
    T finish(task<T> work)
    {
        std::optional<T> out;
        start(into(std::move(work), out), &signal);
        for (int i = 0; i < 600 && !out; ++i)
            pass(1s);
        BOOST_TEST_REQUIRE(out.has_value());
        return std::move(*out);
    }

    template<class T>
    task<> into(task<T> work, std::optional<T>& out)
    {
        auto value = co_await std::move(work);
        out.emplace(std::move(value));
    }

    /// For work that goes on while the test does something else.
    task<> note(task<> work, bool& done)
    {
        co_await std::move(work);
        done = true;
    }
    task<> buy(kinds::run_context& c, std::string step, reply f, std::string ref,
               std::optional<result<settlement>>& out)
    {
        auto done = co_await purchase(c, std::move(step), f, std::move(ref));
        out.emplace(std::move(done));
    }

    result<settlement> buy(kinds::run_context& c, std::string step, reply f, std::string ref = "100")
    {
        return finish(purchase(c, std::move(step), f, std::move(ref)));
    }

    ledger::recorder recorder{crashing, published, clock};
    time_zone zone = time_zone::utc();
    job::budget budget{};
    run_id id{};
    int reached = 0;
    std::chrono::milliseconds connecting{0};
    std::function<task<result<void>>()> before_intent{};
    bool one_at_a_time = false;
    std::function<void()> on_take = [] {};
};

} // namespace ulak::tests
