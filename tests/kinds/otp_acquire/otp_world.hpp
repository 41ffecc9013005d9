// An account that sells numbers, and a run of otp.acquire assembled by hand, for tests of one collaborator alone.
#pragma once

#include "kinds/otp_acquire/progress.hpp"
#include "kinds/otp_acquire/settings.hpp"
#include "kinds/world.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace ulak::tests {

inline money lira_of(int n)
{
    return money(decimal::from_integer(n), "TRY");
}

/// The code arrives with this poll of a number, counted from 1.
inline std::function<void(sold_number&)> code_at_poll(int poll, std::string code)
{
    auto left = std::make_shared<int>(poll);
    return [left, code](sold_number& n) {
        if (--*left <= 0 && n.what == sold_number::waiting) {
            n.what = sold_number::code;
            n.text = code;
        }
    };
}

struct otp_world : world {
    otp_world() : numbers(sells_numbers("numbers")) {}
    fake_numbers& numbers;
};

/// The context, settings and progress of one run with one candidate, none of them driven by a job.
struct otp_parts : otp_world {
    otp_parts()
    {
        file.kind = "otp.acquire";
        id = create_run();
        add_candidate("numbers", "3");
        settings.code_wait = 4min;
        settings.poll_first = 3s;
        settings.poll_max = 10s;
        rules.resize(1);
        rules[0].when = {"refund-missing", "budget-hit"};
        rules[0].channel = "ops";
        renew();
    }

    void add_candidate(const std::string& account, const std::string& service)
    {
        kinds::otp::candidate c;
        c.account = account;
        c.service = job::text_template::parse(service).value();
        settings.candidates.push_back(std::move(c));
    }

    /// A context on what the store has, as after a restart or with other limits.
    void renew()
    {
        kinds::run_environment environment{io.get_executor(), clock, recorder, accounts, time_zone::utc(), folder};
        context.emplace(environment, run_of(id), budget, rules, params);
        current = &*context;
    }

    /// Lets time go on until the collaborator has done its work. Nothing: it has not, within `at_most`.
    std::optional<kinds::ending> finish(task<std::optional<kinds::ending>> work, std::chrono::milliseconds at_most = 2h)
    {
        over = false;
        std::optional<kinds::ending> ended;
        start(keep(std::move(work), ended), &signal);
        for (auto gone = 0ms; !over && gone < at_most; gone += 1s) {
            every_tick();
            settle();
            if (!over)
                pass(1s);
        }
        if (!over) {
            stop_run();
            settle();
        }
        BOOST_TEST_REQUIRE(over, "the work does not end when it is stopped");
        return ended;
    }
    task<> keep(task<std::optional<kinds::ending>> work, std::optional<kinds::ending>& ended)
    {
        ended = co_await std::move(work);
        over = true;
    }

    /// A purchase of this run in the store, as `s`, sent now.
    ledger::effect_record book(ledger::effect_state s, const std::string& ref = {}, int n = 1)
    {
        return book(id, "number/" + std::to_string(n), s, ref);
    }
    ledger::effect_record book(const run_id& run, const std::string& step, ledger::effect_state s,
                               const std::string& ref)
    {
        ledger::intend i;
        i.effect.id = effect_id(make_ulid(unix_ms(clock.wall_now())));
        i.effect.run = run;
        i.effect.step = step;
        i.effect.job = "job";
        i.effect.account = "numbers";
        i.effect.provider = account("numbers").provider;
        i.effect.operation = "number.order";
        i.effect.digest = "same";
        i.effect.expected = lira_of(8);
        i.effect.intended_at = clock.wall_now();
        ledger::batch changes;
        changes.push_back(i);
        changes.push_back(move(i.effect.id, ledger::effect_state::dispatched));
        if (s != ledger::effect_state::dispatched)
            changes.push_back(move(i.effect.id, s, ref));
        commit(std::move(changes));
        return by_id(i.effect.id);
    }
    ledger::move_effect move(const effect_id& effect, ledger::effect_state to, const std::string& ref = {})
    {
        ledger::move_effect m(effect, to);
        m.provider_ref = ref;
        m.at = clock.wall_now();
        return m;
    }
    ledger::effect_record by_id(const effect_id& effect)
    {
        for (const auto& e : run(store->effects(ledger::effect_query())).value())
            if (e.id == effect)
                return e;
        BOOST_FAIL("no such effect");
        return {};
    }

    /// A number that was bought just now for 8 lira, at the provider, in the store and in the progress.
    void hold_number(const std::string& number_id = "100")
    {
        sold_number sold;
        sold.id = number_id;
        sold.created = clock.wall_now();
        numbers.sold.push_back(sold);
        numbers.money_left = numbers.money_left - decimal::from_integer(8);
        progress.purchases = 1;
        kinds::otp::held_number n;
        n.effect = book(ledger::effect_state::accepted, number_id).id;
        n.account = "numbers";
        n.number_id = number_id;
        n.number = "+65789654123";
        n.price = lira_of(8);
        n.balance_before = lira_of(100);
        n.times.ordered_at = clock.wall_now();
        n.times.boot = kinds::otp::boot_moment::now(clock);
        n.age = kinds::otp::number_age::of_new(clock);
        kinds::otp::hold_number(progress, std::move(n), settings.candidates.size());
    }

    kinds::otp::progress stored_progress() { return kinds::otp::progress_from(run_of(id).progress).value(); }

    ledger::recorder recorder{crashing, published, clock};
    job::budget budget{};
    std::vector<job::notify_rule> rules{};
    run_id id{};
    kinds::otp::settings settings{};
    kinds::otp::progress progress{};
    std::optional<kinds::run_context> context{};
    bool over = false;
};

} // namespace ulak::tests
