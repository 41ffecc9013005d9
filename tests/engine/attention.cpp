// A person's word on what nobody else could settle.
#include "engine/world.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(attention_)

using ledger::effect_state;
using ledger::item_state;
using ledger::run_state;

namespace {

void intend(ledger::batch& all, const std::string& id, std::vector<effect_state> path,
            std::vector<std::int64_t> positions = {})
{
    ledger::intend i;
    i.effect.id = effect_id(id);
    i.effect.run = run_id("R1");
    i.effect.step = "step/" + id;
    i.effect.job = "job";
    i.effect.account = "acc";
    i.effect.operation = "sms.send";
    i.effect.expected = money(decimal::from_integer(4), "TRY");
    all.push_back(i);
    const auto move = [&](item_state to) {
        ledger::move_items m;
        m.run = run_id("R1");
        m.positions = positions;
        m.to = to;
        m.effect = effect_id(id);
        if (!positions.empty())
            all.push_back(m);
    };
    move(item_state::submitting);
    for (const auto s : path)
        all.push_back(ledger::move_effect(effect_id(id), s));
    move(item_state::ambiguous);
}

void raise(ledger::batch& all, const std::string& id, const std::string& kind, bool with_effect = true)
{
    ledger::raise_attention r;
    r.entry.id = id;
    r.entry.run = run_id("R1");
    r.entry.job = "job";
    r.entry.account = "acc";
    r.entry.kind = kind;
    if (with_effect)
        r.entry.effect = effect_id(id);
    all.push_back(r);
}

ledger::batch run_in_attention(run_state state = run_state::attention)
{
    ledger::batch all;
    ledger::create_run c;
    c.run.id = run_id("R1");
    c.run.job = "job";
    c.run.kind = "test.fake";
    c.run.state = state;
    c.run.trigger = "manual";
    c.run.definition = "version: 1\nkind: test.fake\n";
    all.push_back(c);
    ledger::add_items items;
    items.run = run_id("R1");
    for (int i = 0; i < 2; ++i) {
        ledger::item_record item;
        item.position = i;
        item.phone = "555111223" + std::to_string(i);
        item.segments = 1;
        items.items.push_back(item);
    }
    all.push_back(items);
    return all;
}

struct desk : world {
    desk() { write("job"); }
    result<ledger::attention_record> resolve(const std::string& id, const std::string& outcome)
    {
        return get(engine().resolve(id, outcome, 1000));
    }
    std::string effect(const std::string& id)
    {
        ledger::effect_query q;
        q.run = "R1";
        const auto all = get(disk->effects(std::move(q))).value();
        return std::string(name(std::ranges::find(all, effect_id(id), &ledger::effect_record::id)->state));
    }
    std::string item(std::size_t at)
    {
        ledger::item_query q;
        q.run = run_id("R1");
        const auto all = get(disk->items(std::move(q))).value();
        return std::string(name(all.at(at).state)) + (all[at].reason.empty() ? "" : ": " + all[at].reason);
    }
    std::string end() { return std::string(name(run(run_id("R1")).state)); }
};

struct decision {
    const char* outcome;
    const char* effect;
    const char* orphan;
    const char* item;
    const char* run;
};

} // namespace

BOOST_AUTO_TEST_CASE(each_outcome_settles_effect_items_and_run)
{
    const decision table[] = {
        {"done", "accepted", "accepted", "submitted", "succeeded"},
        {"not-done", "not_executed", "refunded", "rejected: not sent", "failed"},
        {"write-off", "written_off", "written_off", "rejected: written off", "failed"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.outcome)
        {
            desk w;
            auto all = run_in_attention();
            intend(all, "E1", {effect_state::dispatched, effect_state::ambiguous}, {0, 1});
            intend(all, "E2", {effect_state::dispatched, effect_state::ambiguous, effect_state::orphaned});
            raise(all, "E1", "ambiguous");
            raise(all, "E2", "orphaned");
            w.commit(std::move(all));
            w.boot();
            const auto first = w.resolve("E1", row.outcome);
            BOOST_TEST_REQUIRE(first.has_value(), (first ? "" : first.error().message));
            BOOST_TEST(first->outcome == row.outcome);
            BOOST_TEST(first->resolved_by.value() == 1000u);
            BOOST_TEST(w.effect("E1") == row.effect);
            BOOST_TEST(w.item(0) == row.item);
            BOOST_TEST(w.item(1) == row.item);
            BOOST_TEST(w.end() == "attention"); // one entry is left
            BOOST_TEST_REQUIRE(w.resolve("E2", row.outcome).has_value());
            BOOST_TEST(w.effect("E2") == row.orphan);
            BOOST_TEST(w.end() == row.run);
            BOOST_TEST(w.published.count("attention.resolved") == 2u);
            BOOST_TEST(w.published.count("run.finished") == 1u);
            const auto again = w.resolve("E1", row.outcome);
            BOOST_TEST_REQUIRE(!again.has_value());
            BOOST_TEST(name(again.error().code) == "conflict");
        }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_resolved_says_why)
{
    desk w;
    auto all = run_in_attention();
    raise(all, "A1", "stalled", false);
    w.commit(std::move(all));
    w.boot();
    BOOST_TEST(name(w.resolve("none", "done").error().code) == "not_found");
    BOOST_TEST(name(w.resolve("A1", "maybe").error().code) == "invalid_argument");
    BOOST_TEST(w.end() == "attention");
}

BOOST_AUTO_TEST_CASE(a_run_with_open_recipients_does_not_succeed)
{
    desk w;
    auto all = run_in_attention();
    intend(all, "E1", {effect_state::dispatched, effect_state::ambiguous}, {0});
    raise(all, "E1", "ambiguous");
    w.commit(std::move(all));
    w.boot();
    BOOST_TEST(w.resolve("E1", "done").has_value());
    BOOST_TEST(w.item(0) == "submitted");
    BOOST_TEST(w.item(1) == "pending");
    BOOST_TEST(w.end() == "failed");
}

BOOST_AUTO_TEST_CASE(one_entry_that_was_not_done_keeps_the_run_from_succeeding)
{
    desk w;
    auto all = run_in_attention();
    intend(all, "E1", {effect_state::dispatched, effect_state::ambiguous}, {0});
    intend(all, "E2", {effect_state::dispatched, effect_state::ambiguous}, {1});
    raise(all, "E1", "ambiguous");
    raise(all, "E2", "ambiguous");
    w.commit(std::move(all));
    w.boot();
    BOOST_TEST(w.resolve("E1", "not-done").has_value());
    BOOST_TEST(w.resolve("E2", "done").has_value());
    BOOST_TEST(w.end() == "failed");
}

BOOST_AUTO_TEST_CASE(an_entry_without_an_effect_is_only_closed)
{
    desk w;
    auto all = run_in_attention(run_state::failed);
    raise(all, "A1", "refund-missing", false);
    w.commit(std::move(all));
    w.boot();
    BOOST_TEST(w.resolve("A1", "done").has_value());
    BOOST_TEST(w.end() == "failed");
    BOOST_TEST(w.published.count("run.finished") == 0u);
}

BOOST_AUTO_TEST_CASE(evidence_that_was_faster_is_not_overruled)
{
    desk w;
    auto all = run_in_attention();
    intend(all, "E1", {effect_state::dispatched, effect_state::ambiguous, effect_state::not_executed});
    raise(all, "E1", "ambiguous");
    w.commit(std::move(all));
    w.boot();
    BOOST_TEST(w.resolve("E1", "done").has_value());
    BOOST_TEST(w.effect("E1") == "not_executed");
}

BOOST_AUTO_TEST_CASE(a_disk_that_refuses_leaves_all_as_it_was)
{
    desk w;
    auto all = run_in_attention();
    intend(all, "E1", {effect_state::dispatched, effect_state::ambiguous}, {0, 1});
    raise(all, "E1", "ambiguous");
    w.commit(std::move(all));
    w.boot();
    w.now().store.refuses = true;
    BOOST_TEST(name(w.resolve("E1", "done").error().code) == "unavailable");
    w.now().store.refuses = false;
    BOOST_TEST(w.effect("E1") == "ambiguous");
    BOOST_TEST(w.item(0) == "ambiguous");
    BOOST_TEST(w.resolve("E1", "done").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
