// The queue, the slots and the set of active runs, each alone.
#include "engine/detail/run_queue.hpp"

#include "engine/detail/active_runs.hpp"
#include "engine/detail/job_slots.hpp"
#include "engine/world.hpp"
#include "support/memory_ledger.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(run_queue_)

namespace {

/// Makes active runs of jobs that exist nowhere.
struct run_maker {
    asio::io_context io{1};
    async::manual_clock time{io.get_executor(), parse_rfc3339("2026-03-02T06:00:00Z").value()};
    std::unique_ptr<ledger::ledger> store = tests::make_memory_ledger(io.get_executor());
    event_list published{};
    ledger::recorder recorder{*store, published, time};
    kinds::run_environment environment{io.get_executor(), time,      recorder, std::make_shared<providers::accounts>(),
                                       time_zone::utc(),  "/nowhere"};

    engine::active_ptr make(const std::string& id, const std::string& job = "job", int concurrency = 1)
    {
        auto loaded = std::make_shared<engine::loaded_job>();
        loaded->document.concurrency = concurrency;
        loaded->accounts = {"acc-" + job};
        if (job == "loud")
            loaded->document.notify.emplace_back();
        ledger::run_record record;
        record.id = run_id(id);
        record.job = job;
        return std::make_shared<engine::active_run>(environment, std::move(record), std::move(loaded),
                                                    std::map<std::string, std::string>());
    }
    engine::active_ptr delayed(const std::string& id, std::chrono::seconds by)
    {
        auto run = make(id);
        run->not_before = time.wall_now() + by;
        return run;
    }
};

std::vector<std::string> ids(const std::vector<engine::active_ptr>& runs)
{
    std::vector<std::string> all;
    for (const auto& r : runs)
        all.push_back(r->id());
    return all;
}

using texts = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_CASE(due_runs_come_oldest_first_whatever_the_order_they_were_added_in)
{
    run_maker m;
    engine::run_queue queue;
    queue.add(m.delayed("R3", 0s));
    queue.add(m.delayed("R1", -5s));
    queue.add(m.delayed("R2", 1s));
    const auto now = m.time.wall_now();
    BOOST_TEST(ids(queue.due(now)) == texts({"R1", "R3"}), boost::test_tools::per_element());
    BOOST_TEST(ids(queue.due(now + 1s)) == texts({"R1", "R2", "R3"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_next_time_leaves_out_runs_that_are_due)
{
    run_maker m;
    engine::run_queue queue;
    const auto now = m.time.wall_now();
    BOOST_TEST(!queue.next_due_after(now));
    queue.add(m.delayed("R1", 0s));
    BOOST_TEST(!queue.next_due_after(now));
    queue.add(m.delayed("R2", 9s));
    queue.add(m.delayed("R3", 4s));
    BOOST_TEST((queue.next_due_after(now) == now + 4s));
    BOOST_TEST((queue.next_due_after(now + 4s) == now + 9s));
}

BOOST_AUTO_TEST_CASE(runs_are_counted_by_job_and_removed_by_id)
{
    run_maker m;
    engine::run_queue queue;
    queue.add(m.make("R1", "one"));
    queue.add(m.make("R2", "two"));
    queue.add(m.make("R3", "two"));
    BOOST_TEST(queue.count("two") == 2u);
    BOOST_TEST(queue.count("none") == 0u);
    queue.remove("R3");
    queue.remove("R3");
    BOOST_TEST(queue.count("two") == 1u);
    BOOST_TEST(!queue.contains("R3"));
    BOOST_TEST(queue.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_job_takes_as_many_slots_as_its_concurrency_allows)
{
    run_maker m;
    engine::job_slots slots;
    const auto first = m.make("R1", "job", 2), second = m.make("R2", "job", 2), third = m.make("R3", "job", 2);
    const auto other = m.make("R4", "other");
    BOOST_TEST(slots.reserve(*first));
    BOOST_TEST(slots.reserve(*second));
    BOOST_TEST(!slots.reserve(*third));
    BOOST_TEST(!third->holds_slot);
    BOOST_TEST(slots.reserve(*other));
    BOOST_TEST(slots.running("job") == 2u);
    BOOST_TEST(slots.release(*first));
    BOOST_TEST(slots.reserve(*third));
}

BOOST_AUTO_TEST_CASE(a_slot_is_given_back_once_and_may_exceed_the_limit_after_a_restart)
{
    run_maker m;
    engine::job_slots slots;
    const auto first = m.make("R1"), second = m.make("R2");
    slots.reserve_anyway(*first);
    slots.reserve_anyway(*second);
    BOOST_TEST(slots.running("job") == 2u);
    BOOST_TEST(slots.release(*first));
    BOOST_TEST(!slots.release(*first));
    BOOST_TEST(slots.running("job") == 1u);
    BOOST_TEST(slots.release(*second));
    BOOST_TEST(slots.running("job") == 0u);
}

BOOST_AUTO_TEST_CASE(active_runs_are_found_by_id_and_by_job)
{
    run_maker m;
    engine::active_runs runs;
    runs.add(m.make("R1", "one"));
    runs.add(m.make("R2", "two"));
    BOOST_TEST(runs.find(run_id("R1"))->record().job == "one");
    BOOST_TEST(!runs.find(run_id("R3")));
    BOOST_TEST(runs.acting_of_job("two").size() == 1u);
    runs.remove("R2");
    BOOST_TEST(!runs.contains(run_id("R2")));
    BOOST_TEST(runs.size() == 1u);
}

BOOST_AUTO_TEST_CASE(active_runs_say_which_accounts_they_use_and_whether_they_may_notify)
{
    run_maker m;
    engine::active_runs runs;
    runs.add(m.make("R1", "quiet"));
    BOOST_TEST(!runs.any_notify_rules());
    runs.add(m.make("R2", "loud"));
    BOOST_TEST(runs.any_notify_rules());
    engine::account_uses uses{{"acc-quiet", "known before"}};
    runs.add_account_uses(uses);
    BOOST_TEST(uses.at("acc-quiet") == "known before");
    BOOST_TEST(uses.at("acc-loud") == "run R2 of job loud is under way");
}

BOOST_AUTO_TEST_CASE(a_stop_is_asked_of_every_active_run)
{
    run_maker m;
    engine::active_runs runs;
    const auto run = m.make("R1");
    runs.add(run);
    BOOST_TEST(!run->context.stopping());
    runs.request_stop();
    BOOST_TEST(run->context.stopping());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
