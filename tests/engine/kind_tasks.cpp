// Background tasks of the kinds on a whole engine.
#include "engine/world.hpp"

#include "kinds/otp_acquire/progress.hpp"
#include "kinds/registry.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(kind_tasks_)

using ledger::effect_state;
using ledger::run_state;

namespace {

/// A task that does what its test says.
struct scripted_task : kinds::background_task {
    struct state {
        int calls = 0;
        std::optional<std::chrono::milliseconds> again{};
        std::optional<kinds::background_services> services{};
        std::function<task<>(kinds::background_services&)> work{};
    };
    explicit scripted_task(std::shared_ptr<state> s) : s_(std::move(s)) {}

    task<std::optional<wall_point>> run_due() override
    {
        ++s_->calls;
        if (s_->work)
            co_await s_->work(*s_->services);
        std::optional<wall_point> next;
        if (s_->again)
            next = s_->services->environment.clock.wall_now() + *s_->again;
        co_return next;
    }

    std::shared_ptr<state> s_;
};

struct task_world : world {
    task_world()
    {
        write("job");
        known_kinds[0].background = [s = state](kinds::background_services services) {
            s->services.emplace(std::move(services));
            return std::make_unique<scripted_task>(s);
        };
    }
    std::shared_ptr<scripted_task::state> state = std::make_shared<scripted_task::state>();
};

/// A number that was paid for and lost; the refund watcher of otp.acquire looks for its money.
struct lost_number : world {
    struct fixed_balance : providers::balance_reader {
        task<result<money>> balance(async::steady_point) override { co_return answer; }
        result<money> answer = money(decimal::from_integer(92), "TRY");
    };

    lost_number()
    {
        const auto* otp = kinds::find_kind("otp.acquire");
        known_kinds[0].background = otp->background;
        auto a = std::make_shared<providers::account>();
        a->name = "acc";
        a->provider = "smmonayim-numbers";
        a->shared = false;
        auto owned = std::make_unique<fixed_balance>();
        reader = owned.get();
        a->balances = std::move(owned);
        (*accounts)["acc"] = a;
        write("job");
        store_orphan();
    }
    void store_orphan()
    {
        ledger::create_run c;
        c.run.id = run_id("R1");
        c.run.job = "job";
        c.run.kind = "otp.acquire";
        c.run.state = run_state::attention;
        c.run.trigger = "manual";
        kinds::otp::progress seen;
        seen.purchases = 1;
        seen.balance_before.emplace();
        seen.balance_before->amount = money(decimal::from_integer(100), "TRY");
        seen.balance_before->at = wall();
        c.run.progress = boost::json::serialize(to_json(seen));
        c.run.definition = "version: 1\nkind: test.fake\n";
        ledger::intend i;
        i.effect.id = effect_id("E1");
        i.effect.run = run_id("R1");
        i.effect.step = "number/1";
        i.effect.job = "job";
        i.effect.account = "acc";
        i.effect.operation = "number.order";
        i.effect.expected = money(decimal::from_integer(8), "TRY");
        i.effect.intended_at = wall();
        ledger::raise_attention r;
        r.entry.id = "E1";
        r.entry.run = run_id("R1");
        r.entry.job = "job";
        r.entry.account = "acc";
        r.entry.kind = "orphaned";
        r.entry.amount = money(decimal::from_integer(8), "TRY");
        r.entry.evidence = "the id is lost";
        r.entry.effect = effect_id("E1");
        ledger::batch all{c, i};
        for (const auto s : {effect_state::dispatched, effect_state::ambiguous, effect_state::orphaned}) {
            ledger::move_effect m(effect_id("E1"), s);
            m.at = wall();
            all.push_back(m);
        }
        all.push_back(r);
        commit(std::move(all));
    }
    ledger::effect_record effect() { return get(disk->effects(ledger::effect_query())).value().at(0); }

    fixed_balance* reader = nullptr;
};

} // namespace

BOOST_AUTO_TEST_CASE(a_task_is_called_at_the_start_at_its_time_and_when_a_run_ends)
{
    task_world w;
    w.state->again = 10min;
    w.boot();
    BOOST_TEST(w.state->calls == 1);
    w.pass(9min);
    BOOST_TEST(w.state->calls == 1);
    w.pass(2min);
    BOOST_TEST(w.state->calls == 2);
    w.begin("job");
    BOOST_TEST(w.state->calls == 3);
}

BOOST_AUTO_TEST_CASE(without_a_time_only_the_end_of_a_run_calls_it)
{
    task_world w;
    w.boot();
    w.pass(48h);
    BOOST_TEST(w.state->calls == 1);
    w.begin("job");
    BOOST_TEST(w.state->calls == 2);
}

BOOST_AUTO_TEST_CASE(the_engine_waits_for_the_call_under_way_when_it_stops)
{
    task_world w;
    bool left = false;
    w.state->work = [&](kinds::background_services& s) -> task<> {
        auto& clock = s.environment.clock;
        co_await clock.sleep_for(5s);
        left = true;
    };
    w.boot();
    w.stop();
    BOOST_TEST(left);
    BOOST_TEST(w.state->calls == 1);
}

BOOST_AUTO_TEST_CASE(a_store_that_is_held_starts_no_task)
{
    task_world w;
    w.wake();
    w.now().store.held = "the folder was copied";
    BOOST_TEST(w.get(w.engine().start()).has_value());
    BOOST_TEST(w.state->calls == 0);
}

BOOST_AUTO_TEST_CASE(a_stored_run_comes_with_its_parameters_and_its_notify_rules)
{
    task_world w;
    w.write("job", "params:\n  name: {type: string, required: true}\nnotify: [{when: [failed], to: ops}]\n");
    w.channels = [] {
        engine::channels all;
        all.emplace("ops", engine::channel{"ops", engine::program{{"/bin/true"}}});
        return all;
    };
    w.boot();
    const auto id = w.begin("job", {{"name", "Ada"}});
    const auto context = w.state->services->context_of(w.run(id));
    BOOST_TEST(context.params().at("name") == "Ada");
    BOOST_TEST(context.notices("failed", "text").size() == 1u);
    BOOST_TEST(context.notices("done", "text").empty());
    BOOST_TEST(!context.budget().run.has_value());
}

BOOST_AUTO_TEST_CASE(a_refund_that_is_seen_settles_the_purchase_its_entry_and_its_run)
{
    lost_number w;
    w.boot();
    w.pass(6min);
    BOOST_TEST((w.effect().state == effect_state::orphaned));
    w.reader->answer = money(decimal::from_integer(100), "TRY");
    w.pass(15min);
    BOOST_TEST((w.effect().state == effect_state::refunded));
    BOOST_TEST(w.get(w.disk->attention(true)).value().empty());
    BOOST_TEST((w.run(run_id("R1")).state == run_state::failed));
    BOOST_TEST(w.published.count("effect.reconciled") == 1u);
    BOOST_TEST(w.published.count("number.refund-missing") == 0u);
}

BOOST_AUTO_TEST_CASE(an_operator_says_whether_a_missing_refund_has_come)
{
    for (const auto& [outcome, state] :
         {std::pair("done", effect_state::refunded), {"not-done", effect_state::accepted}}) {
        lost_number w;
        w.boot();
        w.pass(61min);
        BOOST_TEST(w.get(w.disk->attention(true)).value().at(0).kind == "refund-missing");
        BOOST_TEST(w.get(w.engine().resolve("E1", outcome, 1000)).has_value());
        BOOST_TEST((w.effect().state == state));
        BOOST_TEST((w.run(run_id("R1")).state == run_state::failed));
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
