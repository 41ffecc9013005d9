// What a crash leaves behind, settled before anything new begins.
#include "engine/world.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(recovery_)

using ledger::effect_state;
using ledger::item_state;
using ledger::run_state;

namespace {

constexpr char definition[] = "version: 1\nkind: test.fake\n";

ledger::run_record stored_run(const std::string& id, run_state state, std::string text = definition)
{
    ledger::run_record r;
    r.id = run_id(id);
    r.job = "job";
    r.kind = "test.fake";
    r.state = state;
    r.trigger = "manual";
    r.definition = std::move(text);
    r.created_at = parse_rfc3339("2026-03-02T05:00:00Z").value();
    return r;
}

ledger::intend stored_effect(const std::string& run, const std::string& id)
{
    ledger::intend i;
    i.effect.id = effect_id(id);
    i.effect.run = run_id(run);
    i.effect.step = "chunk/" + id;
    i.effect.job = "job";
    i.effect.account = "acc";
    i.effect.provider = "toplusms";
    i.effect.operation = "sms.send";
    i.effect.expected = money(decimal::from_integer(2), "credits");
    return i;
}

/// A run with two recipients in `submitting` under one effect.
ledger::batch sending(const std::string& run, const std::string& effect, effect_state state)
{
    ledger::batch all;
    all.push_back(stored_effect(run, effect));
    ledger::add_items items;
    items.run = run_id(run);
    for (int i = 0; i < 3; ++i) {
        ledger::item_record item;
        item.position = i;
        item.phone = "555111223" + std::to_string(i);
        item.segments = 1;
        items.items.push_back(item);
    }
    all.push_back(items);
    ledger::move_items m;
    m.run = run_id(run);
    m.positions = {0, 1};
    m.to = item_state::submitting;
    m.effect = effect_id(effect);
    all.push_back(m);
    if (state == effect_state::intent)
        return all;
    all.push_back(ledger::move_effect(effect_id(effect), effect_state::dispatched));
    if (state == effect_state::dispatched)
        return all;
    ledger::move_effect last(effect_id(effect), state);
    if (state == effect_state::accepted)
        last.provider_ref = "Q1";
    all.push_back(last);
    if (state == effect_state::accepted || state == effect_state::ambiguous) {
        ledger::move_items then;
        then.run = run_id(run);
        then.by_effect = effect_id(effect);
        then.to = state == effect_state::accepted ? item_state::submitted : item_state::ambiguous;
        all.push_back(then);
    }
    return all;
}

std::string items_text(world& w, const std::string& run)
{
    const auto c = w.get(w.disk->count_items(run_id(run))).value();
    std::string text;
    for (std::size_t i = 0; i < c.by_state.size(); ++i)
        if (c.by_state[i] > 0)
            text += std::string(name(static_cast<item_state>(i))) + "=" + std::to_string(c.by_state[i]) + " ";
    return text;
}

effect_state state_of(world& w, const std::string& run)
{
    ledger::effect_query q;
    q.run = run;
    return w.get(w.disk->effects(std::move(q))).value().at(0).state;
}

struct crashed {
    effect_state before, after;
    const char* items;
    std::size_t told, open;
};

} // namespace

BOOST_AUTO_TEST_CASE(each_state_of_an_effect_is_settled_or_left_as_it_is)
{
    const crashed table[] = {
        {effect_state::intent, effect_state::not_sent, "pending=3 ", 0, 0},
        {effect_state::dispatched, effect_state::ambiguous, "pending=1 ambiguous=2 ", 1, 1},
        {effect_state::accepted, effect_state::accepted, "pending=1 submitted=2 ", 0, 0},
        {effect_state::ambiguous, effect_state::ambiguous, "pending=1 ambiguous=2 ", 0, 1}, // without its entry
        {effect_state::rejected, effect_state::rejected, "pending=1 submitting=2 ", 0, 0},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(name(row.before))
        {
            world w;
            w.write("job");
            ledger::batch all;
            all.push_back(ledger::create_run{stored_run("R1", run_state::running)});
            w.commit(std::move(all));
            w.commit(sending("R1", "E1", row.before));
            effect_state seen = effect_state::intent;
            *w.run_script = [&](kinds::run_context& c) -> task<kinds::ending> {
                ledger::effect_query q;
                q.run = c.run().id.text();
                auto effects = co_await c.store().effects(std::move(q));
                seen = effects->at(0).state;
                co_return kinds::ending(run_state::succeeded);
            };
            w.boot();
            BOOST_TEST(name(seen) == name(row.after)); // before the run went on
            BOOST_TEST(name(state_of(w, "R1")) == name(row.after));
            BOOST_TEST(items_text(w, "R1") == row.items);
            const auto open = w.get(w.disk->attention(true)).value();
            BOOST_TEST(open.size() == row.open);
            BOOST_TEST(w.published.count("effect.ambiguous") == row.told);
            BOOST_TEST(w.published.count("attention.raised") == row.open);
            const bool unknown = row.after == effect_state::ambiguous;
            BOOST_TEST((w.run(run_id("R1")).state == (unknown ? run_state::attention : run_state::succeeded)));
        }
}

BOOST_AUTO_TEST_CASE(the_attention_entry_says_what_is_at_risk)
{
    world w;
    w.write("job");
    ledger::batch all;
    all.push_back(ledger::create_run{stored_run("R1", run_state::running)});
    w.commit(std::move(all));
    w.commit(sending("R1", "E1", effect_state::dispatched));
    *w.run_script = linger;
    w.boot();
    const auto open = w.get(w.disk->attention(true)).value();
    BOOST_TEST_REQUIRE(open.size() == 1u);
    BOOST_TEST(open[0].id == "E1");
    BOOST_TEST(open[0].effect.text() == "E1");
    BOOST_TEST(open[0].run.text() == "R1");
    BOOST_TEST(open[0].account == "acc");
    BOOST_TEST(open[0].amount.text() == "2 credits");
    BOOST_TEST(open[0].evidence == "the daemon stopped between dispatch and answer");
    w.crash();
    w.boot(); // a second crash changes nothing
    BOOST_TEST(w.get(w.disk->attention(true)).value().size() == 1u);
    BOOST_TEST(w.published.count("effect.ambiguous") == 1u);
}

BOOST_AUTO_TEST_CASE(all_that_a_crash_left_is_settled_in_one_commit)
{
    world w;
    w.write("job", "concurrency: 9\n");
    for (int i = 0; i < 5; ++i) {
        const auto n = std::to_string(i);
        ledger::batch all;
        all.push_back(ledger::create_run{stored_run("R" + n, run_state::running)});
        w.commit(std::move(all));
        w.commit(sending("R" + n, "E" + n, i % 2 ? effect_state::intent : effect_state::dispatched));
    }
    *w.run_script = linger;
    w.boot();
    BOOST_TEST(w.get(w.disk->attention(true)).value().size() == 3u);
    BOOST_TEST(w.now().store.commits == 4u); // this one, what was loaded, the clocks, and the sweep
    BOOST_TEST(w.engine().running() == 5u);
}

BOOST_AUTO_TEST_CASE(every_unfinished_run_goes_on_and_no_finished_one)
{
    world w;
    w.write("job", "concurrency: 9\n");
    ledger::batch all;
    for (const auto s : {run_state::running, run_state::paused, run_state::queued, run_state::succeeded,
                         run_state::failed, run_state::cancelled, run_state::attention})
        all.push_back(ledger::create_run{stored_run("R-" + std::string(name(s)), s)});
    w.commit(std::move(all));
    std::vector<std::string> seen;
    *w.run_script = [&](kinds::run_context& c) -> task<kinds::ending> {
        seen.push_back(c.run().id.text());
        co_return kinds::ending(run_state::succeeded);
    };
    w.boot();
    w.pass(1s);
    std::ranges::sort(seen);
    BOOST_TEST(seen == (std::vector<std::string>{"R-paused", "R-queued", "R-running"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_run_whose_definition_no_longer_loads_ends_by_what_hangs_on_it)
{
    struct row {
        std::optional<effect_state> effect;
        run_state end;
    };
    const row table[] = {{std::nullopt, run_state::failed},
                         {effect_state::intent, run_state::failed},
                         {effect_state::dispatched, run_state::attention},
                         {effect_state::accepted, run_state::attention}};
    for (const auto& r : table)
        BOOST_TEST_CONTEXT((r.effect ? name(*r.effect) : "no effect"))
        {
            world w;
            w.write("other");
            ledger::batch all;
            all.push_back(ledger::create_run{
                stored_run("R1", run_state::running, "version: 1\nkind: test.fake\naccount: gone\n")});
            all.push_back(ledger::create_run{stored_run("R2", run_state::running)});
            w.commit(std::move(all));
            if (r.effect)
                w.commit(sending("R1", "E1", *r.effect));
            w.boot();
            const auto run = w.run(run_id("R1"));
            BOOST_TEST(name(run.state) == name(r.end));
            BOOST_TEST(run.error_message.find("no account gone") != std::string::npos, run.error_message);
            BOOST_TEST(run.finished_at.has_value());
            const auto open = w.get(w.disk->attention(true)).value();
            BOOST_TEST(open.size() == (r.end == run_state::attention ? 1u : 0u)); // something that a person can settle
            if (r.effect == effect_state::accepted) {
                BOOST_TEST(open.at(0).account == "acc");
                BOOST_TEST(open.at(0).amount.text() == "2 credits");
                BOOST_TEST(open.at(0).evidence.find("took place as Q1") != std::string::npos, open.at(0).evidence);
            }
            BOOST_TEST((w.run(run_id("R2")).state == run_state::succeeded));
        }
}

BOOST_AUTO_TEST_CASE(a_start_on_a_disk_that_refuses_fails)
{
    world w;
    w.write("job");
    ledger::batch all;
    all.push_back(ledger::create_run{stored_run("R1", run_state::running)});
    w.commit(std::move(all));
    w.commit(sending("R1", "E1", effect_state::dispatched));
    w.wake();
    w.now().store.refuses = true;
    const auto started = w.get(w.engine().start());
    BOOST_TEST_REQUIRE(!started.has_value());
    BOOST_TEST(name(started.error().code) == "unavailable");
    BOOST_TEST(name(state_of(w, "R1")) == "dispatched");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
