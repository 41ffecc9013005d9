// The tables in C++ and the triggers in SQL are written twice on purpose; here they meet.
#include "ledger/detail/transitions.hpp"

#include "ledger/detail/schema.hpp"
#include "ledger/samples.hpp"

BOOST_AUTO_TEST_SUITE(transitions_)

using namespace ulak;
using namespace ulak::ledger;

namespace {

struct bare_database {
    bare_database()
    {
        BOOST_REQUIRE(migrate(db));
        must("INSERT INTO runs(key,id,job,kind,state,started_by,unique_key,params,progress,counts,result,error_code,"
             "error_message,created_at,cancel_asked,definition)"
             " VALUES(1,'r','j','k','queued','','','{}','{}','','','','',0,0,'')");
    }
    void must(std::string_view sql) { BOOST_REQUIRE_MESSAGE(db.execute(sql), sql); }
    bool allowed(const std::string& sql) { return db.execute(sql).has_value(); }

    database db = database::open(":memory:").value();
};

/// Proven that nobody was reached.
bool is_harmless(effect_state s)
{
    using enum effect_state;
    return s == abandoned || s == not_sent || s == rejected || s == rate_limited || s == not_executed;
}

std::string quoted(auto state)
{
    return "'" + std::string(name(state)) + "'";
}

/// A fresh effect with key 1 in the wanted state; history, owners and attempts of other cases do not matter here.
void put_effect(bare_database& b, effect_state s)
{
    b.must("DROP TRIGGER IF EXISTS effects_stay");
    b.must("DROP TRIGGER IF EXISTS effects_begin");
    b.must("PRAGMA foreign_keys=OFF");
    b.must("DELETE FROM effects");
    b.must("INSERT INTO effects(key,id,run,step,attempt,job,account,provider,operation,state,unit,expected,digest,"
           "provider_ref,evidence,intended_at,moved_at) VALUES(1,'e','r','s',1,'j','a','p','o'," +
           quoted(s) + ",'TRY',4000000,'','ref','',0,0)");
}

} // namespace

BOOST_AUTO_TEST_CASE(triggers_of_effects_agree_with_the_table_over_all_pairs)
{
    bare_database b;
    int open = 0;
    for (std::size_t from = 0; from < effect_state_count; ++from)
        for (std::size_t to = 0; to < effect_state_count; ++to) {
            const auto f = static_cast<effect_state>(from), t = static_cast<effect_state>(to);
            BOOST_TEST_CONTEXT(name(f) << " to " << name(t))
            {
                put_effect(b, f);
                BOOST_TEST(b.allowed("UPDATE effects SET state=" + quoted(t) + " WHERE key=1") == may_follow(f, t));
                open += may_follow(f, t);
            }
        }
    BOOST_TEST(open == 19);
}

BOOST_AUTO_TEST_CASE(triggers_of_runs_agree_with_the_table_over_all_pairs)
{
    bare_database b;
    for (const bool entries : {false, true}) {
        if (entries)
            b.must("INSERT INTO attention(id,run,job,account,kind,amount,unit,at,evidence,effect,outcome)"
                   " VALUES('x','r','','','',0,'',0,'','','')");
        for (std::size_t from = 0; from < run_state_count; ++from)
            for (std::size_t to = 0; to < run_state_count; ++to) {
                const auto f = static_cast<run_state>(from), t = static_cast<run_state>(to);
                BOOST_TEST_CONTEXT(name(f) << " to " << name(t) << (entries ? " with open entries" : ""))
                {
                    b.must("DELETE FROM runs");
                    b.must("INSERT INTO runs(key,id,job,kind,state,started_by,unique_key,params,progress,counts,result,"
                           "error_code,error_message,created_at,cancel_asked,definition) VALUES(1,'r','j','k'," +
                           quoted(f) + ",'','','{}','{}','','','','',0,0,'')");
                    BOOST_TEST(b.allowed("UPDATE runs SET state=" + quoted(t)) == may_follow(f, t, entries));
                }
            }
    }
}

BOOST_AUTO_TEST_CASE(triggers_of_items_agree_with_the_table_over_all_pairs)
{
    bare_database b;
    for (std::size_t effect = 0; effect < effect_state_count; ++effect)
        for (std::size_t from = 0; from < item_state_count; ++from)
            for (std::size_t to = 0; to < item_state_count; ++to) {
                const auto e = static_cast<effect_state>(effect);
                const auto f = static_cast<item_state>(from), t = static_cast<item_state>(to);
                BOOST_TEST_CONTEXT(name(f) << " to " << name(t) << " while the effect is " << name(e))
                {
                    b.must("DELETE FROM items");
                    put_effect(b, e);
                    b.must("INSERT INTO items(run_key,position,phone,state,reason,text,segments,queue,effect,holds)"
                           " VALUES(1,0,'5551112233'," +
                           std::to_string(from) + ",'','',1,'',1," + (f == item_state::skipped ? "0)" : "1)"));
                    BOOST_TEST(b.allowed("UPDATE items SET state=" + std::to_string(to)) ==
                               may_follow(f, t, is_harmless(e)));
                }
            }
}

BOOST_AUTO_TEST_CASE(an_attempt_is_refused_by_the_schema_as_the_table_says)
{
    for (std::size_t s = 0; s < effect_state_count; ++s) {
        const auto earlier = static_cast<effect_state>(s);
        BOOST_TEST_CONTEXT("after " << name(earlier))
        {
            bare_database b;
            put_effect(b, earlier);
            BOOST_TEST(b.allowed("INSERT INTO effects(id,run,step,attempt,job,account,provider,operation,state,unit,"
                                 "expected,digest,evidence,intended_at,moved_at)"
                                 " VALUES('f','r','s',2,'j','a','p','o','intent','TRY',1,'','',0,0)") ==
                       allows_new_attempt(earlier));
        }
    }
}

BOOST_AUTO_TEST_CASE(the_schema_refuses_what_the_code_would_never_ask)
{
    const std::pair<const char*, const char*> rows[] = {
        {"accepted without an id", "UPDATE effects SET state='accepted'"},
        {"a changed price", "UPDATE effects SET expected=1"},
        {"another run", "UPDATE effects SET run='other'"},
        {"a deleted effect", "DELETE FROM effects"},
        {"a rewritten history", "UPDATE effect_history SET to_state='rejected'"},
        {"a shortened history", "DELETE FROM effect_history"},
        {"an effect born accepted",
         "INSERT INTO effects(id,run,step,attempt,job,account,provider,operation,state,unit,expected,digest,"
         "provider_ref,evidence,intended_at,moved_at) VALUES('f','r','t',1,'j','a','p','o','accepted','TRY',1,'','z',"
         "'',0,0)"},
    };
    bare_database b;
    b.must("INSERT INTO effects(id,run,step,attempt,job,account,provider,operation,state,unit,expected,digest,evidence,"
           "intended_at,moved_at) VALUES('e','r','s',1,'j','a','p','o','intent','TRY',4000000,'','',0,0)");
    b.must("UPDATE effects SET state='dispatched'");
    for (const auto& [what, sql] : rows)
        BOOST_TEST(!b.allowed(sql), what);
    BOOST_TEST(b.allowed("UPDATE effects SET state='accepted',provider_ref='7'"));
    BOOST_TEST(!b.allowed("UPDATE effects SET provider_ref='8'"));
}

BOOST_AUTO_TEST_CASE(the_schema_refuses_a_second_run_for_one_firing)
{
    bare_database b;
    const auto run = [](const std::string& key, const std::string& id, const std::string& unique) {
        return "INSERT INTO runs(key,id,job,kind,state,started_by,unique_key,params,progress,counts,result,error_code,"
               "error_message,created_at,cancel_asked,definition) VALUES(" +
               key + ",'" + id + "','j','k','queued','schedule','" + unique + "','{}','{}','','','','',0,0,'')";
    };
    b.must(run("2", "r2", "schedule:j:0 9 * * *:1700000000000"));
    BOOST_TEST(!b.allowed(run("3", "r3", "schedule:j:0 9 * * *:1700000000000")));
    BOOST_TEST(b.allowed(run("3", "r3", "schedule:j:0 9 * * *:1700086400000")));
    BOOST_TEST(b.allowed(run("4", "r4", "")));
    BOOST_TEST(b.allowed(run("5", "r5", "")));
}

BOOST_AUTO_TEST_CASE(names_of_states_are_read_back)
{
    for (std::size_t s = 0; s < run_state_count; ++s)
        BOOST_TEST((parse_run_state(name(static_cast<run_state>(s))) == static_cast<run_state>(s)));
    for (std::size_t s = 0; s < item_state_count; ++s)
        BOOST_TEST((parse_item_state(name(static_cast<item_state>(s))) == static_cast<item_state>(s)));
    for (std::size_t s = 0; s < effect_state_count; ++s)
        BOOST_TEST((parse_effect_state(name(static_cast<effect_state>(s))) == static_cast<effect_state>(s)));
    BOOST_TEST(!parse_run_state("done"));
    BOOST_TEST(!parse_item_state(""));
    BOOST_TEST(!parse_effect_state("Intent"));
}

BOOST_AUTO_TEST_SUITE_END()
