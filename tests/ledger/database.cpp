#include "ledger/samples.hpp"

#include "ledger/detail/database.hpp"

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;

namespace {

struct database_fixture {
    database_fixture()
    {
        BOOST_REQUIRE(db.execute_script("CREATE TABLE t(k INTEGER PRIMARY KEY, v TEXT CHECK(v<>'bad'))"));
    }

    database db = database::open(":memory:").value();
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(database_, database_fixture)

BOOST_AUTO_TEST_CASE(values_come_back_as_they_were_bound)
{
    const std::string bytes("a\0b", 3);
    BOOST_TEST(db.execute("INSERT INTO t(v) VALUES(?)", bytes).value() == 1);
    BOOST_TEST(db.query_text("SELECT v FROM t").value().value() == bytes);
    BOOST_TEST(db.query_text("SELECT ?", std::string_view()).value().value() == "");
    BOOST_TEST(!db.query_text("SELECT ?", std::optional<std::string>()).value().has_value());
    BOOST_TEST(db.query_integer("SELECT ?", lira("1.5").amount).value().value() == 1'500'000);
    BOOST_TEST(db.query_integer("SELECT ?", noon).value().value() == unix_ms(noon));
    BOOST_TEST(!db.query_integer("SELECT k FROM t WHERE k=7").value().has_value());
}

BOOST_AUTO_TEST_CASE(rows_are_visited_in_order_and_changes_counted)
{
    for (auto v : {"a", "b", "c"})
        BOOST_REQUIRE(db.execute("INSERT INTO t(v) VALUES(?)", std::string_view(v)));
    BOOST_TEST(db.last_insert_key() == 3);
    std::string seen;
    auto visit = [&seen](const row& r) { seen += r.text(1) + std::to_string(r.integer(0)); };
    BOOST_REQUIRE(db.for_each_row("SELECT k,v FROM t ORDER BY k DESC", visit));
    BOOST_TEST(seen == "c3b2a1");
    BOOST_TEST(db.execute("UPDATE t SET v='x' WHERE k>1").value() == 2);
    BOOST_TEST(db.execute("DELETE FROM t WHERE k>9").value() == 0);
}

BOOST_AUTO_TEST_CASE(a_constraint_is_a_conflict_and_the_statement_can_be_used_again)
{
    for (int i = 0; i < 2; ++i) {
        BOOST_TEST(verdict(db.execute("INSERT INTO t(v) VALUES(?)", "bad")) == "conflict");
        BOOST_TEST(verdict(db.execute("INSERT INTO t(v) VALUES(?)", "good")) == "ok");
    }
    BOOST_TEST(db.query_integer("SELECT count(*) FROM t").value().value() == 2);
}

BOOST_AUTO_TEST_CASE(what_is_no_sql_or_no_database_is_unavailable)
{
    BOOST_TEST(verdict(db.execute("SELEC 1")) == "unavailable");
    BOOST_TEST(verdict(db.execute_script("SELECT 1; SELEC 2")) == "unavailable");
    BOOST_TEST(verdict(database::open("/nonexistent/folder/ulak.db")) == "unavailable");
}

BOOST_AUTO_TEST_CASE(it_knows_whether_a_transaction_is_open)
{
    BOOST_TEST(!db.in_transaction());
    BOOST_REQUIRE(db.execute("BEGIN IMMEDIATE"));
    BOOST_TEST(db.in_transaction());
    BOOST_REQUIRE(db.execute("ROLLBACK"));
    BOOST_TEST(!db.in_transaction());
}

BOOST_AUTO_TEST_SUITE_END()
