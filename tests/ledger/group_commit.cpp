#include "ledger/detail/group_commit.hpp"
#include "ledger/detail/process_work.hpp"
#include "ledger/samples.hpp"
#include "ledger/temporary.hpp"

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;

namespace {

/// The parts of a store in a folder, without the store.
struct group_fixture : temporary_folder {
    group_fixture()
    {
        BOOST_REQUIRE(connection.connect());
        BOOST_TEST(owner.find_doubt().value() == "");
    }

    std::string commit(std::vector<batch> group)
    {
        std::string out;
        for (const auto& o : commits.commit(together(group)))
            out += verdict(o) + " ";
        return out;
    }
    std::int64_t count(const char* table)
    {
        return connection.db().query_integer("SELECT count(*) FROM " + std::string(table)).value().value();
    }

    store_connection connection{*this / "ulak.db"};
    admission gatekeeper;
    folder_ownership owner{connection, path};
    group_commit commits{connection, gatekeeper, &owner};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(group_commit_, group_fixture)

BOOST_AUTO_TEST_CASE(every_transaction_that_changes_anything_has_a_number_in_store_and_mark)
{
    const auto before = connection.commits();
    BOOST_TEST(commit({all(a_run("R1")), all(a_run("R2"))}) == "ok ok ");
    BOOST_TEST(connection.commits() == before + 1);
    BOOST_TEST(folder_mark(path).read()->commits == before + 1);
    BOOST_TEST(commit({all(moved("e9", effect_state::dispatched))}) == "not_found ");
    BOOST_TEST(connection.commits() == before + 1);
    BOOST_REQUIRE(commits.probe());
    BOOST_TEST(connection.commits() == before + 2);
    connection.disconnect();
    BOOST_REQUIRE(connection.connect());
    BOOST_TEST(connection.commits() == before + 2);
}

BOOST_AUTO_TEST_CASE(a_failing_batch_leaves_nothing_and_harms_no_other)
{
    BOOST_TEST(commit({all(a_run("R1", "k")), all(an_event("lost"), a_run("R2", "k")), all(a_run("R3"))}) ==
               "ok conflict ok ");
    BOOST_TEST(count("runs") == 2);
    BOOST_TEST(count("events") == 0);
}

BOOST_AUTO_TEST_CASE(a_refused_batch_is_skipped_and_the_rest_committed)
{
    BOOST_REQUIRE(commit({all(a_run("R1"), an_effect("e1", "R1", "s"), moved("e1", effect_state::dispatched))}) ==
                  "ok ");
    gatekeeper.set_held("a copy");
    BOOST_TEST(commit({all(a_run("R2")), all(moved("e1", effect_state::accepted, "1")), all(an_event("x"))}) ==
               "paused ok ok ");
    BOOST_TEST(count("runs") == 1);
}

BOOST_AUTO_TEST_CASE(an_empty_group_and_an_empty_batch_are_no_error)
{
    BOOST_TEST(commit({}) == "");
    BOOST_TEST(commit({batch()}) == "ok ");
}

BOOST_AUTO_TEST_CASE(a_purge_is_remembered_until_its_pages_have_left_the_log)
{
    BOOST_TEST(!commits.purged());
    BOOST_TEST(commit({all(purge())}) == "ok ");
    BOOST_TEST(commits.purged());
    commits.forget_purge();
    BOOST_TEST(!commits.purged());
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_opened_fails_all_and_blocks)
{
    store_connection nowhere("/nonexistent/folder/ulak.db");
    admission blocked;
    group_commit failing(nowhere, blocked, nullptr);
    const std::vector<batch> group{all(a_run("R1")), all(an_event("x"))};
    for (const auto& outcome : failing.commit(together(group)))
        BOOST_TEST(verdict(outcome) == "unavailable");
    BOOST_TEST(blocked.blocked());
    BOOST_TEST(!nowhere.connected());
}

BOOST_AUTO_TEST_CASE(a_receipt_holds_the_events_with_their_numbers_in_order)
{
    const auto changes = all(an_event("one"), a_run("R1"), an_event("two"));
    batch_result made;
    made.event_seqs = {7, 8};
    made.more_to_purge = true;
    const auto receipt = make_receipt(changes, made).value();
    BOOST_REQUIRE_EQUAL(receipt.events.size(), 2u);
    BOOST_TEST(receipt.events[0].seq == 7);
    BOOST_TEST(receipt.events[1].message == "two");
    BOOST_TEST(receipt.more_to_purge);
    BOOST_TEST(verdict(make_receipt(changes, error(errc::budget, "no"))) == "budget");
}

BOOST_AUTO_TEST_SUITE_END()
