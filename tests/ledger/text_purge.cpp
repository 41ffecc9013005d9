#include "ledger/detail/text_purge.hpp"

#include "ledger/detail/attention_table.hpp"
#include "ledger/detail/events_table.hpp"
#include "ledger/detail/notices_table.hpp"
#include "ledger/detail/retention.hpp"
#include "ledger/tables.hpp"

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;
using namespace std::chrono_literals;

namespace {

struct text_purge_fixture : tables_fixture {
    /// R1 ends at noon with texts in every column; `kind` of its progress can be kept.
    void end_run(const std::string& kind = "otp.acquire")
    {
        BOOST_REQUIRE(db.execute("UPDATE runs SET state='succeeded',finished_at=?,kind=?,definition='to: Ada',"
                                 "params='{\"to\":\"Ada\"}',error_code='contract',error_message='Ada is away',"
                                 "progress='{\"link\":\"Ada\"}',result='{\"number\":\"5551112233\",\"price\":\"4.00\"}'"
                                 " WHERE id='R1'",
                                 noon, kind));
    }
    /// Its run was purged long ago.
    void book_without_run(const std::string& id)
    {
        BOOST_REQUIRE(runs_table(db).create(a_run("gone")));
        BOOST_REQUIRE(effects_table(db).book(an_effect(id, "gone", "step/" + id)));
        BOOST_REQUIRE(db.execute("DELETE FROM runs WHERE id='gone'"));
    }
    void evidence(const std::string& id, const std::string& text)
    {
        BOOST_REQUIRE(db.execute("UPDATE effects SET evidence=? WHERE id=?", text, id));
    }
    void raise(const std::string& id)
    {
        raise_attention r;
        r.entry.id = id;
        r.entry.run = run_id("R1");
        r.entry.kind = "stalled";
        r.entry.evidence = "Ada does not answer";
        r.entry.at = noon;
        BOOST_REQUIRE(attention_table(db).raise(r));
    }
    void resolve(const std::string& id)
    {
        resolve_attention r;
        r.id = id;
        r.outcome = "done";
        r.at = noon;
        BOOST_REQUIRE(attention_table(db).resolve(r));
    }
    void put_event(const char* message, wall_point at = noon)
    {
        auto e = an_event(message);
        e.event.time = at;
        e.event.data = {{"number", "555***2233"}, {"uid", 1000}, {"error", boost::json::object{{"message", "Ada"}}}};
        BOOST_REQUIRE(events_table(db).append(e.event));
    }
    void put_notice(const char* id, bool sent)
    {
        ulak::ledger::put_notice c;
        c.notice.id = notice_id(id);
        c.notice.body = "for Ada";
        c.notice.next_at = noon;
        BOOST_REQUIRE(notices_table(db).put(c));
        if (sent)
            BOOST_REQUIRE(db.execute("UPDATE notices SET sent=1,last_error='Ada' WHERE id=?", std::string(id)));
    }
    /// Whether a later slice has more to do.
    bool purge_items(wall_point before, std::int64_t limit = purge_slice)
    {
        batch_result made;
        purge p;
        p.items_before = before;
        p.limit = limit;
        p.numbers = {result_keys{"otp.acquire", {"number"}}};
        p.kept_progress = {"smm.order"};
        BOOST_REQUIRE(retention(db, made).purge(p));
        return made.more_to_purge;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(text_purge_, text_purge_fixture)

BOOST_AUTO_TEST_CASE(an_ended_run_loses_what_people_wrote_and_keeps_what_it_cost)
{
    end_run();
    purge_items(noon);
    BOOST_TEST(text("SELECT definition FROM runs") == "to: Ada"); // not before
    BOOST_TEST(!purge_items(noon + 1ms));
    BOOST_TEST(text("SELECT definition||params||error_message||progress FROM runs") == "{}{}");
    BOOST_TEST(text("SELECT result FROM runs") == R"({"number":null,"price":"4.00"})");
    BOOST_TEST(text("SELECT error_code FROM runs") == "contract");
}

BOOST_AUTO_TEST_CASE(the_progress_of_a_kind_that_needs_it_stays)
{
    end_run("smm.order");
    purge_items(noon + 1h);
    BOOST_TEST(text("SELECT progress FROM runs") == R"({"link":"Ada"})");
    BOOST_TEST(text("SELECT params FROM runs") == "{}");
    BOOST_TEST(text("SELECT result FROM runs") == R"({"number":"5551112233","price":"4.00"})"); // no number of its kind
}

BOOST_AUTO_TEST_CASE(evidence_goes_when_it_has_settled_something)
{
    using enum effect_state;
    const struct {
        const char* name;
        std::vector<effect_state> way;
        bool cleared;
    } table[] = {{"intent", {}, false},
                 {"dispatched", {dispatched}, false},
                 {"ambiguous", {dispatched, ambiguous}, false},
                 {"orphaned", {dispatched, ambiguous, orphaned}, false},
                 {"accepted", {dispatched, accepted}, true},
                 {"rejected", {dispatched, rejected}, true},
                 {"written off", {dispatched, ambiguous, written_off}, true},
                 {"not executed", {dispatched, ambiguous, not_executed}, true},
                 {"refunded", {dispatched, ambiguous, orphaned, refunded}, true}};
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.name)
        {
            const std::string id = row.name;
            book_without_run(id);
            for (const auto s : row.way)
                BOOST_REQUIRE(effects_table(db).move(moved(id, s, s == accepted ? "ref-" + id : "")));
            evidence(id, "Ada says no");
            purge_items(noon + 1h);
            const auto left = db.query_text("SELECT evidence FROM effects WHERE id=?", id).value().value();
            BOOST_TEST(left.empty() == row.cleared);
            BOOST_TEST(db.query_integer("SELECT expected FROM effects WHERE id=?", id).value().value() == 4'000'000);
        }
}

BOOST_AUTO_TEST_CASE(evidence_stays_as_long_as_its_run_or_its_entry_is_open)
{
    effect_at("e1", {effect_state::dispatched, effect_state::accepted});
    evidence("e1", "Ada says yes");
    purge_items(noon + 1h);
    BOOST_TEST(text("SELECT evidence FROM effects") == "Ada says yes"); // the run goes on
    end_run();
    raise("e1");
    purge_items(noon + 1h);
    BOOST_TEST(text("SELECT evidence FROM effects") == "Ada says yes");
    BOOST_TEST(text("SELECT evidence FROM attention") == "Ada does not answer");
    BOOST_TEST(text("SELECT definition FROM runs") == "to: Ada");
    resolve("e1");
    purge_items(noon + 1h);
    BOOST_TEST(text("SELECT evidence FROM effects") == "");
    BOOST_TEST(text("SELECT evidence FROM attention") == "");
    BOOST_TEST(text("SELECT outcome FROM attention") == "done");
    BOOST_TEST(text("SELECT definition FROM runs") == "");
}

BOOST_AUTO_TEST_CASE(evidence_goes_with_runs_that_are_kept_shorter_than_recipients)
{
    effect_at("e1", {effect_state::dispatched, effect_state::accepted});
    evidence("e1", "Ada says yes");
    end_run();
    batch_result made;
    purge p;
    p.items_before = noon - 24h;
    p.runs_before = noon + 1h;
    BOOST_REQUIRE(retention(db, made).purge(p));
    BOOST_TEST(number("SELECT count(*) FROM runs") == 0);
    BOOST_TEST(text("SELECT evidence FROM effects") == "");
}

BOOST_AUTO_TEST_CASE(the_store_refuses_to_forget_the_evidence_of_an_open_effect)
{
    effect_at("e1", {effect_state::dispatched, effect_state::ambiguous});
    evidence("e1", "Ada says yes");
    BOOST_TEST(!db.execute("UPDATE effects SET evidence='' WHERE id='e1'"));
    BOOST_TEST(text("SELECT evidence FROM effects") == "Ada says yes");
    evidence("e1", "Ada says no");
    BOOST_REQUIRE(effects_table(db).move(moved("e1", effect_state::written_off)));
    BOOST_TEST(db.execute("UPDATE effects SET evidence='' WHERE id='e1'").value() == 1);
}

BOOST_AUTO_TEST_CASE(notices_lose_their_text_once_they_are_sent)
{
    put_notice("sent", true);
    put_notice("waiting", false);
    purge_items(noon + 1h);
    BOOST_TEST(text("SELECT body||last_error FROM notices WHERE id='sent'") == "");
    BOOST_TEST(text("SELECT body FROM notices WHERE id='waiting'") == "for Ada");
}

BOOST_AUTO_TEST_CASE(events_keep_their_figures_and_lose_their_words)
{
    put_event("Ada was called");
    put_event("Ada called back", noon + 2h);
    BOOST_TEST(!purge_items(noon + 1h));
    BOOST_TEST(text("SELECT message FROM events WHERE seq=1") == "");
    BOOST_TEST(text("SELECT data FROM events WHERE seq=1") == R"({"uid":1000})");
    BOOST_TEST(text("SELECT what FROM events WHERE seq=1") == "run.started");
    BOOST_TEST(text("SELECT message FROM events WHERE seq=2") == "Ada called back");
    purge_items(noon + 3h);
    BOOST_TEST(text("SELECT message FROM events WHERE seq=2") == "");
}

BOOST_AUTO_TEST_CASE(a_purge_of_many_goes_on_slice_by_slice)
{
    using enum effect_state;
    for (int n = 0; n < 10; ++n) {
        const auto id = "e" + std::to_string(n);
        book_without_run(id);
        BOOST_REQUIRE(effects_table(db).move(moved(id, dispatched)));
        BOOST_REQUIRE(effects_table(db).move(moved(id, rejected)));
        evidence(id, "Ada says no");
        put_event("Ada");
        put_notice(id.c_str(), true);
    }
    std::vector<std::int64_t> left;
    bool more = true;
    for (int slices = 0; more && slices < 20; ++slices) {
        more = purge_items(noon + 1h, 4);
        left.push_back(number("SELECT count(*) FROM effects WHERE evidence<>''"));
    }
    BOOST_TEST(left == std::vector<std::int64_t>({6, 2, 0}), boost::test_tools::per_element());
    BOOST_TEST(number("SELECT count(*) FROM events WHERE message<>''") == 0);
    BOOST_TEST(number("SELECT count(*) FROM notices WHERE body<>''") == 0);
    BOOST_TEST(!more);
}

BOOST_AUTO_TEST_CASE(runs_that_version_2_has_purged_lose_their_parameters_with_the_upgrade)
{
    const auto add = [this](const std::string& id, const std::string& kind) {
        auto c = a_run(id);
        c.run.kind = kind;
        c.run.state = run_state::succeeded;
        c.run.finished_at = noon;
        c.run.params = c.run.progress = R"({"to":"Ada"})";
        BOOST_REQUIRE(runs_table(db).create(c));
    };
    add("R2", "sms.send");
    add("R3", "smm.order");
    add("R4", "sms.send");
    raise("a1");
    BOOST_REQUIRE(db.execute("UPDATE attention SET run='R4'"));
    BOOST_REQUIRE(db.execute_script(
        "DROP TABLE purged_keys;DROP TRIGGER runs_leave_their_key;"
        "DROP INDEX effects_with_evidence;DROP INDEX attention_with_evidence;DROP INDEX notices_with_body;"
        "DROP TRIGGER effects_keep_evidence;PRAGMA application_id=0x554c414b;PRAGMA user_version=2"));
    BOOST_REQUIRE(migrate(db));
    BOOST_TEST(text("SELECT params||progress FROM runs WHERE id='R2'") == "{}{}");
    BOOST_TEST(text("SELECT params||progress FROM runs WHERE id='R3'") == R"({}{"to":"Ada"})");
    BOOST_TEST(text("SELECT params FROM runs WHERE id='R4'") == R"({"to":"Ada"})"); // its entry is open
}

BOOST_AUTO_TEST_SUITE_END()
