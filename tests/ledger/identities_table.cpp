#include "ledger/detail/schema_2_sql.hpp"
#include "ledger/detail/schema_sql.hpp"
#include "ledger/tables.hpp"

#include "ledger/detail/identities_table.hpp"

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;
using enum ulak::ledger::effect_state;

namespace {

note_identity noted(const std::string& id, const std::string& account = "tamonay")
{
    note_identity c;
    c.identity.id = id;
    c.identity.provider = "tamonay";
    c.identity.base_url = "https://" + id + ".example";
    c.identity.login = "f" + id;
    c.account = account;
    return c;
}

intend bought_at(const std::string& identity, const std::string& id, const std::string& account = "tamonay")
{
    auto e = an_effect(id, "R1", "step/" + id);
    e.effect.account = account;
    e.effect.identity = identity;
    return e;
}

adopt_identity adopted(const std::string& from, const std::string& to)
{
    adopt_identity c;
    c.account = "tamonay";
    c.from = from;
    c.to = to;
    return c;
}

struct identities_fixture : ledger_fixture {
    identities_fixture() { BOOST_REQUIRE(commit(a_run("R1"))); }

    std::string identity_of(const std::string& id)
    {
        for (const auto& e : run(store->effects(effect_query())).value())
            if (e.id.text() == id)
                return e.identity;
        return "(none)";
    }
    std::string sold(const std::string& id, const std::string& ref)
    {
        BOOST_REQUIRE(commit(moved(id, dispatched)));
        return outcome(moved(id, accepted, ref));
    }
    std::string found(effect_query q)
    {
        std::string ids;
        for (const auto& e : run(store->effects(std::move(q))).value())
            ids += e.id.text() + " ";
        return ids;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(identities_table_, identities_fixture)

BOOST_AUTO_TEST_CASE(what_an_identity_stands_for_is_kept_once)
{
    BOOST_REQUIRE(commit(noted("a"), noted("b"), noted("a", "other")));
    const auto all = run(store->identities()).value();
    BOOST_TEST_REQUIRE(all.size() == 2u);
    BOOST_TEST(all[0].id == "a");
    BOOST_TEST(all[0].provider == "tamonay");
    BOOST_TEST(all[0].base_url == "https://a.example");
    BOOST_TEST(all[0].login == "fa");
    BOOST_TEST(outcome(noted("")) == "invalid_argument");
}

BOOST_AUTO_TEST_CASE(effects_of_an_older_version_become_the_first_identitys_that_is_seen)
{
    BOOST_REQUIRE(commit(bought_at("", "e1"), bought_at("", "e2", "other"), bought_at("x", "e3")));
    BOOST_REQUIRE(commit(noted("a")));
    BOOST_REQUIRE(commit(noted("b")));
    BOOST_TEST(identity_of("e1") == "a");
    BOOST_TEST(identity_of("e2") == "");
    BOOST_TEST(identity_of("e3") == "x");
}

BOOST_AUTO_TEST_CASE(another_sites_number_173_is_another_number)
{
    BOOST_REQUIRE(commit(bought_at("a", "e1"), bought_at("b", "e2"), bought_at("a", "e3", "second-name")));
    BOOST_TEST(sold("e1", "173") == "ok");
    BOOST_TEST(sold("e2", "173") == "ok");
    BOOST_TEST(sold("e3", "173") == "conflict"); // one login under two names
}

BOOST_AUTO_TEST_CASE(an_adopted_identity_takes_over_what_the_old_one_bought)
{
    BOOST_REQUIRE(commit(bought_at("a", "e1"), bought_at("a", "e2", "other"), bought_at("b", "e3")));
    BOOST_REQUIRE(commit(adopted("a", "b")));
    BOOST_TEST(identity_of("e1") == "b");
    BOOST_TEST(identity_of("e2") == "a");
}

BOOST_AUTO_TEST_CASE(two_wallets_that_sold_the_same_id_are_not_one)
{
    BOOST_REQUIRE(commit(bought_at("a", "e1"), bought_at("b", "e2")));
    BOOST_REQUIRE(sold("e1", "173") == "ok");
    BOOST_REQUIRE(sold("e2", "173") == "ok");
    const auto refused = commit(adopted("a", "b"));
    BOOST_REQUIRE(!refused);
    BOOST_TEST(name(refused.error().code) == "conflict");
    BOOST_TEST(refused.error().message.find("173") != std::string::npos);
    BOOST_TEST(identity_of("e1") == "a");
}

BOOST_AUTO_TEST_CASE(an_accounts_effects_are_found_under_every_name_of_its_login)
{
    BOOST_REQUIRE(commit(bought_at("a", "e1"), bought_at("a", "e2", "second-name"), bought_at("b", "e3", "stranger")));
    effect_query q;
    q.account = "tamonay";
    BOOST_TEST(found(q) == "e1 ");
    q.identity = "a";
    BOOST_TEST(found(q) == "e1 e2 ");
    q.since = noon - std::chrono::hours(1);
    BOOST_TEST(found(q) == "e1 e2 ");
    q.operation = "order";
    q.refs = {"173"};
    BOOST_TEST(found(q) == "e1 e2 ");
}

BOOST_AUTO_TEST_CASE(an_accounts_day_counts_what_other_names_of_its_login_spent)
{
    BOOST_REQUIRE(commit(bought_at("a", "e1", "second-name"), bought_at("b", "e2", "stranger")));
    budget_limit day;
    day.name = "account-day";
    day.account = "tamonay";
    day.since = noon - std::chrono::hours(1);
    day.limit = lira("7");
    auto one = bought_at("a", "e3");
    one.limits.push_back(day);
    BOOST_TEST(outcome(one) == "ok"); // by names alone
    one.effect.id = effect_id("e4");
    one.effect.step = "step/e4";
    one.limits.front().limit = lira("11");
    BOOST_TEST(outcome(one) == "ok");
    one.effect.id = effect_id("e5");
    one.effect.step = "step/e5";
    one.limits.front().identity = "a";
    one.limits.front().limit = lira("15");
    BOOST_TEST(outcome(one) == "budget"); // 12 are held, 4 of them under the other name
    one.limits.front().limit = lira("16");
    BOOST_TEST(outcome(one) == "ok");
}

BOOST_AUTO_TEST_CASE(a_store_of_version_2_opens_with_identities_unknown)
{
    auto db = database::open(":memory:").value();
    BOOST_REQUIRE(db.execute_script("BEGIN"));
    BOOST_REQUIRE(db.execute_script(schema_1));
    BOOST_REQUIRE(db.execute_script(schema_2));
    BOOST_REQUIRE(db.execute_script("PRAGMA application_id=1431060811;PRAGMA user_version=2;COMMIT"));
    BOOST_REQUIRE(db.execute_script(
        "INSERT INTO effects(id,run,step,attempt,job,account,provider,operation,state,unit,expected,digest,evidence,"
        "intended_at,moved_at) VALUES('e1','R1','s',1,'j','tamonay','tamonay','order','intent','TRY',1,'','',1,1)"));
    BOOST_REQUIRE(migrate(db));
    BOOST_TEST(db.query_integer("PRAGMA user_version").value().value() == schema_version);
    BOOST_TEST(db.query_text("SELECT identity FROM effects").value().value() == "");
    BOOST_TEST(db.query_text("SELECT owner FROM effects").value().value() == "tamonay");
    BOOST_REQUIRE(identities_table(db).note(noted("a")));
    BOOST_TEST(db.query_text("SELECT identity FROM effects").value().value() == "a");
}

BOOST_AUTO_TEST_SUITE_END()
