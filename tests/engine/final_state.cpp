// A run that ends as attention, and what a person can do about it.
#include "engine/world.hpp"
#include "kinds/json_fields.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/json/serialize.hpp>

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(final_state_)

using ledger::effect_state;
using ledger::run_state;

namespace {

ledger::batch bought(const kinds::run_context& c, effect_state until)
{
    ledger::intend i;
    i.effect.id = effect_id("E1");
    i.effect.run = c.run().id;
    i.effect.step = "order";
    i.effect.job = c.run().job;
    i.effect.account = "acc";
    i.effect.operation = "panel.add";
    i.effect.expected = money(decimal::from_integer(4), "TRY");
    ledger::batch all;
    all.push_back(std::move(i));
    all.push_back(ledger::move_effect(effect_id("E1"), effect_state::dispatched));
    ledger::move_effect last(effect_id("E1"), until);
    if (until == effect_state::accepted)
        last.provider_ref = "23501";
    all.push_back(last);
    return all;
}

ledger::raise_attention entry(const kinds::run_context& c, const std::string& kind)
{
    ledger::raise_attention r;
    r.entry.id = "E1";
    r.entry.effect = effect_id("E1");
    r.entry.run = c.run().id;
    r.entry.job = c.run().job;
    r.entry.account = "acc";
    r.entry.kind = kind;
    r.entry.amount = money(decimal::from_integer(4), "TRY");
    return r;
}

/// A call for one recipient, of which nobody knows what became of it.
ledger::batch sent_in_doubt(const kinds::run_context& c)
{
    ledger::add_items items;
    items.run = c.run().id;
    items.items.emplace_back().phone = "5551112233";
    items.items.back().segments = 1;
    ledger::move_items move;
    move.run = c.run().id;
    move.positions = {0};
    move.effect = effect_id("E1");
    auto all = bought(c, effect_state::ambiguous);
    all.insert(all.begin(), std::move(items));
    for (const auto to : {ledger::item_state::submitting, ledger::item_state::ambiguous}) {
        move.to = to;
        all.push_back(move);
    }
    all.push_back(entry(c, "ambiguous"));
    return all;
}

task<> so_many(int turns)
{
    const auto ex = co_await asio::this_coro::executor;
    for (int i = 0; i < turns; ++i)
        co_await asio::post(ex, use_task);
}

task<> settle_later(engine::engine& machine, int turns)
{
    co_await so_many(turns);
    auto done = co_await machine.resolve("E1", "write-off", 1000);
    BOOST_TEST(done.has_value());
}

struct desk : world {
    desk()
    {
        write("job");
        boot();
    }
    /// A run that books this and then ends in doubt.
    ledger::run_record run_with(effect_state until, const std::string& kind, errc why = errc::ambiguous)
    {
        *run_script = [=](kinds::run_context& c) -> task<kinds::ending> {
            auto all = bought(c, until);
            if (!kind.empty())
                all.push_back(entry(c, kind));
            auto done = co_await c.recorder().commit(std::move(all));
            BOOST_TEST(done.has_value());
            co_return kinds::ending(run_state::attention, error(why, "it is not known, see attention"));
        };
        return run(begin("job"));
    }
    /// A run that counts a recipient in doubt and ends, while a person settles it so many turns of the loop later.
    ledger::run_record run_settled_at_its_end(int turns)
    {
        *run_script = [this, turns](kinds::run_context& c) -> task<kinds::ending> {
            auto done = co_await c.recorder().commit(sent_in_doubt(c));
            BOOST_TEST(done.has_value());
            auto counts = co_await c.store().count_items(c.run().id);
            ledger::update_run shown(c.run().id);
            shown.counts = boost::json::serialize(kinds::counts_json(counts.value()));
            auto kept = co_await c.save(std::move(shown));
            BOOST_TEST(kept.has_value());
            asio::co_spawn(io, settle_later(engine(), turns), [](std::exception_ptr e) { BOOST_TEST(!e); });
            co_await so_many(20);
            co_return kinds::ending(run_state::attention, error(errc::ambiguous, "not known, see attention"));
        };
        return run(begin("job"));
    }
    std::vector<ledger::attention_record> open() { return get(disk->attention(true)).value(); }
    void resolve(const std::string& id, const std::string& outcome)
    {
        const auto done = get(engine().resolve(id, outcome, 1000));
        BOOST_TEST_REQUIRE(done.has_value(), (done ? "" : done.error().message));
        BOOST_TEST(done->resolved_by.value() == 1000u);
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(after_a_persons_word_the_error_no_longer_points_to_attention)
{
    struct row {
        const char *outcome, *state, *code, *message;
    };
    for (const row& r :
         {row{"done", "succeeded", "", ""},
          row{"not-done", "failed", "ambiguous", "it is not known; a person has settled it: not-done"},
          row{"write-off", "failed", "ambiguous", "it is not known; a person has settled it: write-off"}})
        BOOST_TEST_CONTEXT(r.outcome)
        {
            desk w;
            const auto before = w.run_with(effect_state::ambiguous, "ambiguous");
            BOOST_TEST(name(before.state) == "attention");
            BOOST_TEST(before.error_message == "it is not known, see attention");
            w.resolve("E1", r.outcome);
            const auto after = w.run(before.id);
            BOOST_TEST(name(after.state) == r.state);
            BOOST_TEST(after.error_code == r.code);
            BOOST_TEST(after.error_message == r.message);
            const auto* told = w.published.last("attention.resolved");
            BOOST_TEST_REQUIRE(told != nullptr);
            BOOST_TEST(told->data.at("uid").to_number<int>() == 1000);
        }
}

BOOST_AUTO_TEST_CASE(a_run_in_attention_always_has_an_entry_that_can_be_settled)
{
    struct row {
        effect_state until;
        errc why;
        const char *id, *kind, *amount, *says;
    };
    for (const row& r :
         {row{effect_state::accepted, errc::contract, "", "unsettled", "4.00 TRY", "took place as 23501"},
          row{effect_state::rejected, errc::contract, "", "unsettled", "0.00", "not known"},
          row{effect_state::ambiguous, errc::ambiguous, "E1", "ambiguous", "4.00 TRY", "panel.add"}})
        BOOST_TEST_CONTEXT(name(r.until))
        {
            desk w;
            const auto run = w.run_with(r.until, "", r.why);
            BOOST_TEST(name(run.state) == "attention");
            const auto open = w.open();
            BOOST_TEST_REQUIRE(open.size() == 1u);
            BOOST_TEST(open[0].id == (*r.id ? std::string(r.id) : run.id.text()));
            BOOST_TEST(open[0].kind == r.kind);
            BOOST_TEST(open[0].amount.text().starts_with(r.amount), open[0].amount.text());
            BOOST_TEST(open[0].evidence.find(r.says) != std::string::npos, open[0].evidence);
            BOOST_TEST(w.published.count("attention.raised") == 1u);
            w.resolve(open[0].id, "write-off");
            BOOST_TEST(name(w.run(run.id).state) == "failed");
        }
}

BOOST_AUTO_TEST_CASE(what_a_person_decides_while_the_run_goes_on_is_how_it_ends)
{
    struct row {
        const char *outcome, *state;
    };
    for (const row& r : {row{"done", "succeeded"}, row{"not-done", "failed"}, row{"write-off", "failed"}})
        BOOST_TEST_CONTEXT(r.outcome)
        {
            desk w;
            *w.run_script = [](kinds::run_context& c) -> task<kinds::ending> {
                auto all = bought(c, effect_state::ambiguous);
                all.push_back(entry(c, "ambiguous"));
                auto done = co_await c.recorder().commit(std::move(all));
                BOOST_TEST(done.has_value());
                co_await c.clock().sleep_for(10s);
                co_return kinds::ending(run_state::attention, error(errc::ambiguous, "not known, see attention"));
            };
            const auto id = w.begin("job");
            w.resolve("E1", r.outcome);
            BOOST_TEST(name(w.run(id).state) == "running");
            w.pass(11s);
            const auto run = w.run(id);
            BOOST_TEST(name(run.state) == r.state);
            BOOST_TEST(run.error_message.find("see attention") == std::string::npos, run.error_message);
            BOOST_TEST(w.open().empty());
        }
}

/// The kind has counted, its end is on the way: the person's word comes at every turn of the loop in between.
BOOST_AUTO_TEST_CASE(what_a_person_decides_while_the_run_ends_is_how_it_ends)
{
    std::size_t before_the_end = 0, after_it = 0;
    for (int turns = 0; turns < 60; ++turns)
        BOOST_TEST_CONTEXT(turns << " turns of the loop")
        {
            desk w;
            const auto run = w.run_settled_at_its_end(turns);
            BOOST_TEST(name(run.state) == "failed");
            BOOST_TEST(run.error_message == "not known; a person has settled it: write-off");
            BOOST_TEST(run.counts == R"({"total":1,"pending":0,"skipped":0,"submitted":0,"delivered":0,)"
                                     R"("undelivered":0,"rejected":1,"ambiguous":0,"segments":1})");
            BOOST_TEST(w.open().empty());
            ++(w.published.count("run.finished") == 1 ? before_the_end : after_it);
        }
    BOOST_TEST(before_the_end > 0u);
    BOOST_TEST(after_it > 0u);
}

BOOST_AUTO_TEST_CASE(a_refund_that_a_person_has_seen_is_booked_and_makes_no_success)
{
    for (const char* outcome : {"done", "not-done"})
        BOOST_TEST_CONTEXT(outcome)
        {
            desk w;
            const auto run = w.run_with(effect_state::accepted, "refund-missing");
            BOOST_TEST(w.run(run.id).spent.text() == "4.00 TRY");
            w.resolve("E1", outcome);
            BOOST_TEST(name(w.run(run.id).state) == "failed");
            const bool came = std::string(outcome) == "done";
            BOOST_TEST(w.run(run.id).spent.text() == (came ? "0.00 TRY" : "4.00 TRY"));
        }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
