// One stage of an SMS run by itself: a run in the store with its context, settings and progress, and time that goes on.
#pragma once

#include "kinds/purchase/purchase.hpp"
#include "kinds/sms_send/reconciler.hpp"
#include "kinds/sms_send/settings.hpp"
#include "kinds/sms_send/stage_result.hpp"
#include "kinds/sms_send/stored_progress.hpp"
#include "kinds/sms_world.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ulak::tests {

namespace sms = kinds::sms;

inline std::string number_of(std::int64_t position)
{
    return "555" + std::to_string(1000000 + position);
}

inline ledger::item_record item_at(std::int64_t position, ledger::item_state state = ledger::item_state::pending,
                                   std::string text = {})
{
    ledger::item_record i;
    i.position = position;
    i.phone = number_of(position);
    i.state = state;
    i.text = std::move(text);
    i.segments = 1;
    return i;
}

inline std::vector<std::int64_t> positions_of(const std::vector<ledger::item_record>& items)
{
    std::vector<std::int64_t> all;
    for (const auto& i : items)
        all.push_back(i.position);
    return all;
}

inline sms::measured_text measured(const std::string& text)
{
    return sms::measure(text, sms::text_limits()).value();
}

/// "go on", "early: CODE", "interrupted" or "leaves: STATE".
inline std::string outcome_text(const sms::stage_result& r, const sms::progress& p)
{
    if (r.goes_on())
        return "go on";
    if (r.ends_early())
        return "early: " + (p.stop_reason ? std::string(name(p.stop_reason->code)) : std::string("without a reason"));
    return r.run_ending()->interrupted ? "interrupted" : "leaves: " + std::string(name(r.run_ending()->state));
}

struct sms_stage_world : sms_world {
    sms_stage_world()
    {
        settings.account = "bulk";
        settings.message.sender = "MARKA";
        settings.message.text = job::text_template::parse("Merhaba").value();
        settings.chunk = 2;
        settings.track_for = 1h;
        progress->common_text = measured("Merhaba");
        current = &context;
    }

    /// Puts items into the store and the counts.
    void add_items(std::vector<ledger::item_record> items)
    {
        progress.count_new(items);
        ledger::add_items add;
        add.run = id;
        add.items = std::move(items);
        ledger::batch changes;
        changes.push_back(std::move(add));
        commit(std::move(changes));
    }
    void add_pending(std::int64_t n)
    {
        std::vector<ledger::item_record> items;
        for (std::int64_t i = 0; i < n; ++i)
            items.push_back(item_at(i));
        add_items(std::move(items));
    }
    void opt_out(std::int64_t position)
    {
        ledger::suppress s;
        s.entry.phone = number_of(position);
        ledger::batch changes;
        changes.push_back(std::move(s));
        commit(std::move(changes));
    }

    /// Begins the work and lets time go on, second by second, until it has ended.
    template<class T>
    T in_time(task<T> work, std::chrono::milliseconds at_most = 3h)
    {
        std::optional<T> out;
        start(keep_value(std::move(work), out), &signal);
        for (auto gone = 0ms; !out && gone < at_most; gone += 1s) {
            every_tick();
            settle();
            if (!out)
                pass(1s);
        }
        if (!out) {
            stop_run();
            settle();
            BOOST_REQUIRE_MESSAGE(false, "the work did not end in time");
        }
        return std::move(*out);
    }

    /// The states of the run's items, in their order.
    std::vector<std::string> states()
    {
        std::vector<std::string> all;
        for (const auto& i : items_of(id))
            all.emplace_back(ledger::name(i.state));
        return all;
    }
    std::string stored(const char* key)
    {
        return json::serialize(json::parse(run_of(id).progress).as_object().at(key));
    }
    std::shared_ptr<providers::account> bulk_account() { return accounts->at("bulk"); }
    sms::text_limits limits() { return sms::limits_of(settings.message, account("bulk")); }

    /// A call in the store that nobody answered, with its items; what the provider may have executed is up to the test.
    ledger::effect_record lose_call(const std::vector<std::int64_t>& positions, const std::string& step = "chunk/1")
    {
        return lose_call_of(id, positions, step);
    }
    ledger::effect_record lose_call_of(const run_id& run, const std::vector<std::int64_t>& positions,
                                       const std::string& step = "chunk/1")
    {
        ledger::intend intend;
        intend.effect.id = effect_id(make_ulid(unix_ms(clock.wall_now())));
        intend.effect.run = run;
        intend.effect.step = step;
        intend.effect.job = "job";
        intend.effect.account = "bulk";
        intend.effect.provider = "toplusms";
        intend.effect.operation = "sms.send";
        intend.effect.expected = money(decimal::from_integer(static_cast<std::int64_t>(positions.size())), "credits");
        intend.effect.intended_at = clock.wall_now();
        const effect_id effect = intend.effect.id;
        ledger::batch changes;
        changes.push_back(std::move(intend));
        for (const auto to : {ledger::effect_state::dispatched, ledger::effect_state::ambiguous}) {
            ledger::move_effect move(effect, to);
            move.at = clock.wall_now();
            changes.push_back(std::move(move));
        }
        changes.push_back(moved(run, positions, ledger::item_state::pending, ledger::item_state::submitting, effect));
        changes.push_back(moved(run, positions, ledger::item_state::submitting, ledger::item_state::ambiguous, effect));
        commit(std::move(changes));
        return run_effect(run, effect);
    }
    ledger::effect_record run_effect(const run_id& run, const effect_id& effect)
    {
        for (const auto& e : effects_of(run))
            if (e.id == effect)
                return e;
        BOOST_REQUIRE_MESSAGE(false, "no such effect");
        return {};
    }
    static ledger::move_items moved(const run_id& run, std::vector<std::int64_t> positions, ledger::item_state from,
                                    ledger::item_state to, std::optional<effect_id> effect = {})
    {
        ledger::move_items move;
        move.run = run;
        move.positions = std::move(positions);
        move.from = from;
        move.to = to;
        move.effect = std::move(effect);
        return move;
    }

    sms::settings settings{};
    job::budget budget{};
    ledger::recorder recorder{crashing, published, clock};
    run_id id = create_run();
    kinds::run_context context = context_with(budget);
    sms::stored_progress progress{context, sms::progress()};

    kinds::run_context context_with(const job::budget& limits)
    {
        kinds::run_environment around{io.get_executor(), clock, recorder, accounts, time_zone::utc(), folder};
        return kinds::run_context(around, run_of(id), limits, {}, params);
    }

  private:
    template<class T>
    static task<> keep_value(task<T> work, std::optional<T>& out)
    {
        auto value = co_await std::move(work);
        out.emplace(std::move(value));
    }
};

} // namespace ulak::tests
