#include "ledger/detail/work_queue.hpp"

#include "ledger/detail/process_work.hpp"
#include "ledger/samples.hpp"

#include <boost/test/unit_test.hpp>

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;

namespace {

/// Writes its name down when it is carried out. A report may read until it is broken off.
class named_work final : public work {
  public:
    named_work(std::string name, work_rank rank, std::string& told, batch changes = {})
        : work(rank), name_(std::move(name)), told_(told), changes_(std::move(changes))
    {}
    const batch* changes() const noexcept override { return rank() <= work_rank::bulk ? &changes_ : nullptr; }
    bool perform(store&) override
    {
        told_ += name_ + " ";
        return true;
    }
    void committed(result<batch_result>) override { told_ += name_ + " "; }
    void complete() override {}

  private:
    std::string name_;
    std::string& told_;
    batch changes_;
};

batch settings(int count)
{
    batch out;
    for (int i = 0; i < count; ++i)
        out.push_back(put_setting{"s/" + std::to_string(i), "1"});
    return out;
}

struct queue_fixture : loop_fixture {
    void push(const std::string& name, work_rank rank, batch changes = {})
    {
        work_list one;
        one.push_back(std::make_unique<named_work>(name, rank, told, std::move(changes)));
        queue.add(std::move(one));
    }
    void turn() { process_turn(disk, queue, io.get_executor()); }

    store disk = store::open(":memory:").value();
    work_queue queue{};
    std::string told{};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(work_queue_, queue_fixture)

BOOST_AUTO_TEST_CASE(a_batch_has_the_rank_of_what_is_most_important_in_it)
{
    struct row {
        std::string_view what;
        batch changes;
        work_rank expected;
    };
    add_items many;
    many.items.resize(1000);
    move_items outcome;
    outcome.positions.resize(1000);
    batch small_opt_out, large_import;
    for (int i = 0; i < 1000; ++i) {
        suppress s;
        s.entry.phone = std::to_string(i);
        large_import.push_back(s);
        if (i < 100)
            small_opt_out.push_back(s);
    }
    const row rows[] = {
        {"an intent", all(an_effect("e1", "R1", "s")), work_rank::money},
        {"a dispatch", all(moved("e1", effect_state::dispatched)), work_rank::money},
        {"an outcome of a thousand recipients", all(outcome, moved("e1", effect_state::accepted)), work_rank::money},
        {"a cancel", all(update_run(run_id("R1"))), work_rank::change},
        {"some opt-outs", small_opt_out, work_rank::change},
        {"an import of opt-outs", large_import, work_rank::bulk},
        {"a list of recipients", all(many), work_rank::bulk},
        {"a purge", all(purge()), work_rank::bulk},
        {"nothing", {}, work_rank::change},
    };
    for (const auto& r : rows)
        BOOST_TEST(static_cast<int>(rank_of(r.changes)) == static_cast<int>(r.expected), r.what);
}

BOOST_AUTO_TEST_CASE(money_goes_first_and_reports_last)
{
    push("report", work_rank::report);
    push("read", work_rank::read);
    push("purge", work_rank::bulk);
    push("cancel", work_rank::change);
    push("dispatch", work_rank::money);
    turn();
    BOOST_TEST(told == "dispatch cancel read purge report ");
    BOOST_TEST(queue.empty());
}

BOOST_AUTO_TEST_CASE(a_commit_that_arrives_between_two_reports_does_not_wait_for_the_second)
{
    push("report-1", work_rank::report);
    push("report-2", work_rank::report);
    push("report-3", work_rank::report);
    turn();
    push("dispatch", work_rank::money);
    turn();
    turn();
    BOOST_TEST(told == "report-1 dispatch report-2 report-3 ");
}

BOOST_AUTO_TEST_CASE(a_group_ends_before_its_first_waiter_waits_long)
{
    for (int i = 0; i < 10; ++i)
        push("c" + std::to_string(i), work_rank::change, settings(450));
    push("dispatch", work_rank::money);
    turn();
    BOOST_TEST(told == "dispatch c0 c1 c2 c3 c4 ");
}

BOOST_AUTO_TEST_CASE(what_can_wait_gets_a_turn_although_commits_come_without_a_pause)
{
    push("report", work_rank::report);
    disk.guard().announce_urgent();
    int turns = 0;
    while (told.find("report") == std::string::npos && turns < 100) {
        push("m", work_rank::money);
        turn();
        ++turns;
    }
    BOOST_TEST(turns > 1);
    BOOST_TEST(turns < 20);
}

BOOST_AUTO_TEST_CASE(a_long_report_ends_when_something_urgent_arrives)
{
    const char endless[] = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT count(*) FROM n";
    disk.guard().announce_urgent();
    auto broken = disk.report([&](database& db) { return db.query_integer(endless); });
    BOOST_TEST(verdict(broken) == "timed_out");
    BOOST_TEST(disk.interrupted());
    disk.guard().forget_urgent();
    auto whole = disk.report([](database& db) { return db.query_integer("SELECT 7"); });
    BOOST_TEST(whole.value().value() == 7);
    BOOST_TEST(!disk.interrupted());
}

BOOST_AUTO_TEST_SUITE_END()
