// A context and an account, and one way to spend.
#pragma once

#include "kinds/purchase.hpp"
#include "kinds/world.hpp"

namespace ulak::tests {

using kinds::settlement;

struct bought {
    std::string id{};
};

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

    /// The provider takes its time before it begins.
    template<class T>
    task<providers::outcome<T>> late(task<providers::outcome<T>> work)
    {
        if (connecting > 0ms)
            co_await clock.sleep_for(connecting);
        co_return co_await std::move(work);
    }

    task<> buy(kinds::run_context& c, std::string step, reply f, std::string ref,
               std::optional<result<kinds::purchase_result<bought>>>& out)
    {
        kinds::purchase_request what(std::move(step), accounts->at("numbers"), "number.order",
                             money(decimal::from_integer(8), "TRY"));
        what.before_intent = before_intent;
        what.one_at_a_time = one_at_a_time;
        kinds::costly_call<bought> call = [this, f, ref](providers::purchase_gate how) {
            std::function<bought()> take = [this, ref] {
                ++reached;
                on_take();
                return bought{ref};
            };
            return late<bought>(
                simulate_call<bought>(f, std::move(how), error(errc::no_stock, "none", reach::answered), std::move(take)));
        };
        std::function<kinds::acceptance(const bought&)> read = [](const bought& b) {
            return kinds::acceptance{b.id, {}};
        };
        std::function<ledger::batch(const settlement&, const std::optional<bought>&)> then =
            [&](const settlement& s, const std::optional<bought>&) {
                ledger::batch more;
                ledger::update_run state(c.run().id);
                state.progress = "{\"outcome\":\"" + std::string(name(s.classified_as)) + "\"}";
                more.push_back(std::move(state));
                return more;
            };
        auto spending_it = kinds::spend<bought>(c, std::move(what), std::move(call), std::move(read), std::move(then));
        auto done = co_await std::move(spending_it);
        out.emplace(std::move(done));
    }

    result<kinds::purchase_result<bought>> buy(kinds::run_context& c, std::string step, reply f, std::string ref = "100")
    {
        std::optional<result<kinds::purchase_result<bought>>> out;
        start(buy(c, std::move(step), f, std::move(ref), out), &signal);
        for (int i = 0; i < 600 && !out; ++i)
            pass(1s);
        BOOST_TEST_REQUIRE(out.has_value());
        return std::move(*out);
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

inline money lira(int n)
{
    return money(decimal::from_integer(n), "TRY");
}

} // namespace ulak::tests
