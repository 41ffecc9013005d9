#include "ledger/samples.hpp"

#include <boost/asio/cancellation_signal.hpp>

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;

namespace {

update_run to(const std::string& id, run_state s)
{
    update_run u{run_id(id)};
    u.state = s;
    return u;
}

raise_attention raised(const std::string& id, const std::string& kind = "ambiguous")
{
    attention_record a;
    a.id = id;
    a.run = run_id("R1");
    a.kind = kind;
    a.amount = lira("4");
    a.at = noon;
    return {std::move(a)};
}

resolve_attention resolved(const std::string& id, const std::string& outcome)
{
    resolve_attention r;
    r.id = id;
    r.outcome = outcome;
    r.operator_uid = 1000;
    r.at = noon;
    return r;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(runs_, ledger_fixture)

BOOST_AUTO_TEST_CASE(a_run_comes_back_as_it_was_stored)
{
    auto c = a_run("R1", "key:abc");
    c.run.definition = "version: 1\n";
    c.run.params = R"({"n":1})";
    c.run.due_at = noon;
    c.run.cancel_asked = true;
    BOOST_REQUIRE(commit(c));
    const auto r = run(store->run(run_id("R1"))).value();
    BOOST_TEST(r.job == "otp-watch");
    BOOST_TEST(r.kind == "otp.acquire");
    BOOST_TEST(r.state == run_state::queued);
    BOOST_TEST(r.trigger == "manual");
    BOOST_TEST(r.definition == "version: 1\n");
    BOOST_TEST(r.params == R"({"n":1})");
    BOOST_TEST(r.progress == "{}");
    BOOST_TEST(r.result.empty());
    BOOST_TEST((r.created_at == noon));
    BOOST_TEST((r.due_at == noon));
    BOOST_TEST(!r.started_at.has_value());
    BOOST_TEST(r.cancel_asked);
    BOOST_TEST(r.spent.unit.empty());
    BOOST_TEST(run(store->run_by_key("key:abc")).value()->id.text() == "R1");
    BOOST_TEST(!run(store->run_by_key("")).value().has_value());
    BOOST_TEST(verdict(run(store->run(run_id("R9")))) == "not_found");
}

BOOST_AUTO_TEST_CASE(two_runs_never_share_a_key)
{
    BOOST_REQUIRE(commit(a_run("R1", "schedule:a:b:c")));
    const auto second = commit(a_run("R2", "schedule:a:b:c"));
    BOOST_REQUIRE(!second);
    BOOST_TEST(name(second.error().code) == "conflict");
    BOOST_TEST(outcome(a_run("R3")) == "ok");
    BOOST_TEST(outcome(a_run("R4")) == "ok"); // no key is shared by many
    BOOST_TEST(outcome(a_run("R4")) == "conflict");
    BOOST_TEST(outcome(a_run("R5", "x"), a_run("R6", "x")) == "conflict");
    BOOST_TEST(verdict(run(store->run(run_id("R5")))) == "not_found");
}

BOOST_AUTO_TEST_CASE(an_update_sets_what_is_given_and_keeps_the_rest)
{
    BOOST_REQUIRE(commit(a_run("R1")));
    auto u = to("R1", run_state::running);
    u.progress = R"({"step":2})";
    u.started_at = noon;
    BOOST_REQUIRE(commit(u));
    update_run later{run_id("R1")};
    later.error_code = "timed_out";
    BOOST_REQUIRE(commit(later));
    const auto r = run(store->run(run_id("R1"))).value();
    BOOST_TEST(r.state == run_state::running);
    BOOST_TEST(r.progress == R"({"step":2})");
    BOOST_TEST((r.started_at == noon));
    BOOST_TEST(r.error_code == "timed_out");
    BOOST_TEST(outcome(to("R9", run_state::running)) == "not_found");
    BOOST_TEST(outcome(update_run{run_id("R9")}) == "not_found");
}

BOOST_AUTO_TEST_CASE(a_final_state_stays)
{
    for (const auto end : {run_state::succeeded, run_state::failed, run_state::cancelled})
        BOOST_TEST_CONTEXT(name(end))
        {
            const auto id = "R-" + std::string(name(end));
            BOOST_REQUIRE(commit(a_run(id), to(id, end)));
            BOOST_TEST(outcome(to(id, run_state::running)) == "conflict");
            BOOST_TEST(outcome(to(id, run_state::attention)) == "conflict");
            BOOST_TEST(outcome(to(id, end)) == "ok");
        }
}

BOOST_AUTO_TEST_CASE(attention_ends_when_its_last_entry_is_settled)
{
    BOOST_REQUIRE(commit(a_run("R1"), raised("a"), raised("b"), to("R1", run_state::attention)));
    BOOST_TEST(outcome(to("R1", run_state::succeeded)) == "conflict");
    BOOST_TEST(outcome(resolved("a", "done")) == "ok");
    BOOST_TEST(outcome(to("R1", run_state::failed)) == "conflict");
    BOOST_TEST(outcome(resolved("b", "write-off"), to("R1", run_state::running)) == "conflict");
    BOOST_TEST(outcome(resolved("b", "write-off"), to("R1", run_state::failed)) == "ok");
    BOOST_TEST(outcome(to("R1", run_state::succeeded)) == "conflict");
}

BOOST_AUTO_TEST_CASE(attention_entries_are_settled_once)
{
    BOOST_REQUIRE(commit(a_run("R1"), raised("a")));
    BOOST_TEST(outcome(raised("a")) == "ok"); // told again after a restart
    BOOST_TEST(run(store->attention(true)).value().size() == 1u);
    BOOST_TEST(outcome(resolved("a", "perhaps")) == "invalid_argument");
    BOOST_TEST(outcome(resolved("z", "done")) == "not_found");
    BOOST_TEST(outcome(resolved("a", "not-done")) == "ok");
    BOOST_TEST(outcome(resolved("a", "done")) == "conflict");
    BOOST_TEST(outcome(raised("a")) == "conflict");
    BOOST_TEST(run(store->attention(true)).value().empty());
    const auto entry = run(store->attention(false)).value().at(0);
    BOOST_TEST(entry.outcome == "not-done");
    BOOST_TEST(entry.resolved_by.value() == 1000u);
    BOOST_TEST(outcome(raised("a", "refund-missing")) == "ok"); // another trouble of the same effect
    BOOST_TEST(run(store->attention(true)).value().at(0).kind == "refund-missing");
    BOOST_TEST(outcome(raised("")) == "conflict");
}

BOOST_AUTO_TEST_CASE(lists_are_paged_and_narrowed)
{
    for (const char* id : {"01A", "01B", "01C", "01D"})
        BOOST_REQUIRE(commit(a_run(id)));
    auto other = a_run("01E");
    other.run.job = "other";
    BOOST_REQUIRE(commit(other, to("01B", run_state::running)));
    auto ids = [this](run_query q) {
        std::string out;
        for (const auto& r : run(store->runs(std::move(q))).value())
            out += r.id.text() + " ";
        return out;
    };
    run_query q;
    BOOST_TEST(ids(q) == "01E 01D 01C 01B 01A ");
    q.job = "otp-watch";
    q.limit = 2;
    BOOST_TEST(ids(q) == "01D 01C ");
    q.before = "01C";
    BOOST_TEST(ids(q) == "01B 01A ");
    q.states = {run_state::running, run_state::failed};
    BOOST_TEST(ids(q) == "01B ");
    run_query old;
    old.oldest_first = true;
    old.limit = 2;
    BOOST_TEST(ids(old) == "01A 01B ");
}

BOOST_AUTO_TEST_CASE(a_cancelled_waiter_learns_of_a_commit_that_happened)
{
    boost::asio::cancellation_signal stop;
    std::string learned = "nothing";
    auto wait = [](any_ledger& s, std::string& out) -> task<> {
        auto done = co_await s.commit(all(a_run("R1")));
        out = verdict(done);
    };
    start(wait(*store, learned), &stop);
    stop.emit(boost::asio::cancellation_type::terminal);
    settle();
    BOOST_TEST(learned == "ok");
    BOOST_TEST(verdict(run(store->run(run_id("R1")))) == "ok");
}

BOOST_AUTO_TEST_SUITE_END()
