// The driver of a reconciliation, with a source that says what a test wants.
#include "kinds/purchase/reconcile.hpp"
#include "kinds/purchase/reconcile_wait.hpp"
#include "kinds/purchase_world.hpp"

BOOST_AUTO_TEST_SUITE(reconcile_driver_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using kinds::charge_finding;
using kinds::reconcile_outcome;
using ledger::effect_state;

struct scripted_source : kinds::evidence_source {
    explicit scripted_source(kinds::run_context& c) : context(c) {}

    task<kinds::gathered_evidence> gather(const ledger::effect_record&) override
    {
        ++gathered;
        on_gather();
        if (!others.empty()) {
            auto committed = co_await context.store().commit(others);
            BOOST_TEST(committed.has_value());
        }
        co_return evidence;
    }
    task<result<void>> save(ledger::batch changes, bool) override
    {
        ++saved;
        return context.save_progress(json::object(), std::move(changes));
    }
    std::string lost_with_the_answer() const override { return "the thing is lost"; }

    kinds::run_context& context;
    kinds::gathered_evidence evidence{kinds::balance_evidence(charge_finding::unknown)};
    std::function<void()> on_gather = [] {};
    ledger::batch others{}; ///< what an operator commits meanwhile
    int gathered = 0, saved = 0;
};

struct driver_world : purchase_world {
    driver_world() { buy(context, "number/1", reply::lose_answer); }

    reconcile_outcome reconcile()
    {
        return finish(kinds::reconcile(context, accounts->at("numbers"), effect_of(id).id, source));
    }
    bool waited_for() { return !account("numbers").reconciled->contains(effect_of(id).id.text()); }

    kinds::run_context context = make();
    scripted_source source{context};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(what_is_proven_not_to_be_bought_settles_the_effect_and_its_entry, driver_world)
{
    BOOST_TEST(waited_for());
    source.evidence.not_executed = true;
    source.evidence.balance.text = "it did not move";
    BOOST_TEST((reconcile() == reconcile_outcome::not_executed));
    BOOST_TEST((effect_of(id).state == effect_state::not_executed));
    BOOST_TEST(effect_of(id).evidence.find("it did not move") != std::string::npos);
    BOOST_TEST(attention().empty());
    BOOST_TEST(published.count("effect.reconciled") == 1u);
    BOOST_TEST(published.count("attention.resolved") == 1u);
    BOOST_TEST(!waited_for());
}

BOOST_FIXTURE_TEST_CASE(a_charge_without_an_id_is_orphaned_and_left_to_an_operator, driver_world)
{
    source.evidence.balance = kinds::balance_evidence(charge_finding::charged, "8.00 TRY less");
    BOOST_TEST((reconcile() == reconcile_outcome::unresolved));
    BOOST_TEST((effect_of(id).state == effect_state::orphaned));
    BOOST_TEST_REQUIRE(attention().size() == 1u);
    BOOST_TEST(attention()[0].kind == "orphaned");
    BOOST_TEST(attention()[0].evidence.find("8.00 TRY less; the thing is lost") != std::string::npos);
    BOOST_TEST(!waited_for());
}

BOOST_FIXTURE_TEST_CASE(evidence_that_proves_nothing_is_kept_for_the_operator, driver_world)
{
    source.evidence.balance.text = "others may spend from the account too";
    BOOST_TEST((reconcile() == reconcile_outcome::unresolved));
    BOOST_TEST((effect_of(id).state == effect_state::ambiguous));
    BOOST_TEST(attention().at(0).evidence.find("others may spend") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(without_evidence_only_the_run_is_saved, driver_world)
{
    const auto before = published.all.size();
    BOOST_TEST((reconcile() == reconcile_outcome::unresolved));
    BOOST_TEST(source.saved == 1);
    BOOST_TEST(published.all.size() == before);
}

BOOST_FIXTURE_TEST_CASE(what_the_source_settled_is_not_written_again, driver_world)
{
    source.evidence.done = true;
    BOOST_TEST((reconcile() == reconcile_outcome::settled_by_source));
    BOOST_TEST(source.saved == 0);
    BOOST_TEST(!waited_for());
}

BOOST_FIXTURE_TEST_CASE(a_daemon_that_stops_writes_nothing, driver_world)
{
    source.evidence.not_executed = true;
    source.on_gather = [this] { context.request_stop(); };
    BOOST_TEST((reconcile() == reconcile_outcome::stopped));
    BOOST_TEST(source.saved == 0);
    BOOST_TEST((effect_of(id).state == effect_state::ambiguous));
}

BOOST_FIXTURE_TEST_CASE(what_the_source_settled_stays_settled_while_the_daemon_stops, driver_world)
{
    source.evidence.done = true;
    source.on_gather = [this] { context.request_stop(); };
    BOOST_TEST((reconcile() == reconcile_outcome::settled_by_source));
    BOOST_TEST(source.saved == 0);
    BOOST_TEST(!waited_for());
}

BOOST_FIXTURE_TEST_CASE(an_operator_who_was_faster_is_not_overruled, driver_world)
{
    const auto lost = effect_of(id).id.text();
    source.evidence.not_executed = true;
    source.others.push_back(ledger::move_effect(effect_id(lost), effect_state::written_off));
    BOOST_TEST((reconcile() == reconcile_outcome::unresolved));
    BOOST_TEST((effect_of(id).state == effect_state::written_off));
    BOOST_TEST((reconcile() == reconcile_outcome::unresolved)); // it is not ambiguous any more
    BOOST_TEST(source.gathered == 1);
}

BOOST_FIXTURE_TEST_CASE(an_effect_of_another_run_is_not_found, driver_world)
{
    auto other = make(create_run("other"));
    const auto found = finish(kinds::find_effect(other, effect_of(id).id));
    BOOST_TEST_REQUIRE(!found.has_value());
    BOOST_TEST((found.error().code == errc::not_found));
    BOOST_TEST(finish(kinds::find_effect(context, effect_of(id).id)).has_value());
}

BOOST_FIXTURE_TEST_CASE(other_runs_wait_until_it_is_reconciled, driver_world)
{
    account("numbers").shared = false;
    auto other = make(create_run("other"));
    bool waited = false;
    start(note(kinds::wait_for_reconciliation(other, account("numbers")), waited));
    pass(30s);
    BOOST_TEST(!waited);
    reconcile();
    pass(2s);
    BOOST_TEST(waited);
}

BOOST_FIXTURE_TEST_CASE(nobody_waits_where_a_balance_proves_nothing, driver_world)
{
    auto other = make(create_run("other"));
    bool waited = false;
    start(note(kinds::wait_for_reconciliation(other, account("numbers")), waited));
    settle();
    BOOST_TEST(waited); // the account is shared
}

BOOST_AUTO_TEST_SUITE_END()
