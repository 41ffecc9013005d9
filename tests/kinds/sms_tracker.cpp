#include "kinds/sms_send/tracker.hpp"
#include "kinds/sms_stage_world.hpp"

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(sms_tracker_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::item_state;
using delivery_state = providers::sms_report::delivery_state;
using names = std::vector<std::string>;

/// Counts the reads of each queue; what they say is up to the test.
struct tracker_world : sms_stage_world {
    tracker_world()
    {
        progress->stage = sms::run_stage::tracking;
        progress->track_until = clock.wall_now() + 1h;
        bulk.reports = [this](const providers::sms_order& order) {
            ++reads;
            return says(order);
        };
    }

    /// Items that the provider accepted as `queue`.
    void submit(const std::string& queue, const std::vector<std::int64_t>& positions)
    {
        std::vector<ledger::item_record> items;
        providers::sms_order order;
        for (const auto position : positions) {
            auto i = item_at(position, item_state::submitted);
            i.queue = queue;
            items.push_back(std::move(i));
            order.numbers.push_back(phone::parse(number_of(position)).value());
        }
        add_items(std::move(items));
        bulk.queues[queue] = bulk.taken.size();
        bulk.taken.push_back(std::move(order));
    }
    std::string track(std::chrono::milliseconds at_most = 3h)
    {
        const auto result = in_time(tracker.track(), at_most);
        return outcome_text(result, *progress);
    }
    static providers::sms_report all_of(const providers::sms_order& order, delivery_state state)
    {
        providers::sms_report r;
        for (const phone& p : order.numbers)
            r.entries.push_back({p.digits(), state, "word"});
        return r;
    }

    int reads = 0;
    std::function<providers::sms_report(const providers::sms_order&)> says = [](const providers::sms_order& order) {
        return all_of(order, delivery_state::delivered);
    };
    sms::tracker tracker{context, bulk_account(), progress};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(the_queues_are_found_with_their_ranges, tracker_world)
{
    submit("q1", {0, 1, 4});
    submit("q2", {2, 3});
    commit({moved(id, {0, 2, 3}, item_state::submitted, item_state::delivered)});
    add_items({item_at(5, item_state::skipped), item_at(6, item_state::ambiguous)});
    BOOST_TEST(run(tracker.find_queues()).has_value());
    BOOST_TEST_REQUIRE(tracker.queues().size() == 2u);
    const auto& q1 = tracker.queues().at("q1");
    BOOST_TEST(q1.first == 0);
    BOOST_TEST(q1.last == 4);
    BOOST_TEST(q1.recipients == 3);
    BOOST_TEST(q1.unreported == 2);
    BOOST_TEST(tracker.queues().at("q2").unreported == 0);
}

BOOST_FIXTURE_TEST_CASE(the_result_of_the_run_shows_the_queues, tracker_world)
{
    submit("q1", {0, 1});
    submit("q2", {2});
    BOOST_TEST(run(tracker.find_queues()).has_value());
    BOOST_TEST(run(tracker.save_result()).has_value());
    BOOST_TEST(run_of(id).result == R"({"queues":[{"id":"q1","recipients":2},{"id":"q2","recipients":1}]})");
}

BOOST_FIXTURE_TEST_CASE(every_item_gets_its_report_in_one_round, tracker_world)
{
    submit("q1", {0, 1});
    submit("q2", {2});
    BOOST_TEST(track() == "go on");
    BOOST_TEST(reads == 2);
    BOOST_TEST(states() == names({"delivered", "delivered", "delivered"}), boost::test_tools::per_element());
    BOOST_TEST(progress.count(item_state::delivered) == 3);
    BOOST_TEST(progress.count(item_state::submitted) == 0);
    BOOST_TEST(published.count("send.report") == 2u);
    BOOST_TEST(!tracker.cancelled());
}

BOOST_FIXTURE_TEST_CASE(a_queue_is_asked_with_growing_pauses_until_it_is_complete, tracker_world)
{
    submit("q1", {0, 1, 2});
    std::vector<std::int64_t> asked_at;
    const auto begun = clock.wall_now();
    says = [&](const providers::sms_order& order) {
        asked_at.push_back((clock.wall_now() - begun) / 1s);
        auto r = all_of(order, delivery_state::waiting);
        for (std::size_t i = 0; i + 1 < asked_at.size() && i < r.entries.size(); ++i)
            r.entries[i].state = i == 1 ? delivery_state::undelivered : delivery_state::delivered;
        return r;
    };
    BOOST_TEST(track() == "go on");
    BOOST_TEST(asked_at == std::vector<std::int64_t>({5, 15, 35, 75}), boost::test_tools::per_element());
    BOOST_TEST(states() == names({"delivered", "undelivered", "delivered"}), boost::test_tools::per_element());
    BOOST_TEST(items_of(id).at(1).reason == "word");
}

BOOST_FIXTURE_TEST_CASE(a_final_report_ends_the_queue_although_items_are_missing, tracker_world)
{
    submit("q1", {0, 1});
    says = [](const providers::sms_order&) {
        providers::sms_report r;
        r.finished = true;
        return r;
    };
    BOOST_TEST(track() == "go on");
    BOOST_TEST(reads == 1);
    BOOST_TEST(states() == names({"submitted", "submitted"}), boost::test_tools::per_element());
    BOOST_TEST(published.count("send.report") == 0u);
}

BOOST_FIXTURE_TEST_CASE(tracking_ends_when_its_time_is_over, tracker_world)
{
    submit("q1", {0});
    says = [](const providers::sms_order& order) { return all_of(order, delivery_state::waiting); };
    progress->track_until = clock.wall_now() + 2min;
    const auto begun = clock.wall_now();
    BOOST_TEST(track() == "go on");
    BOOST_TEST((clock.wall_now() - begun) / 1s <= 121);
    BOOST_TEST(states() == names({"submitted"}), boost::test_tools::per_element());
    BOOST_TEST(!tracker.cancelled());
}

BOOST_FIXTURE_TEST_CASE(what_has_all_its_reports_or_no_id_is_not_asked_for, tracker_world)
{
    submit("q1", {0});
    commit({moved(id, {0}, item_state::submitted, item_state::delivered)});
    add_items({item_at(1, item_state::submitted)}); // adopted without a queue
    progress->track_until = clock.wall_now() + 1h;
    BOOST_TEST(track() == "go on");
    BOOST_TEST(reads == 0);
}

BOOST_FIXTURE_TEST_CASE(a_report_that_cannot_be_read_is_logged_once_and_asked_for_again, tracker_world)
{
    submit("q1", {0});
    bulk.report_fails.emplace(errc::transient, "down", reach::answered);
    int ticks = 0;
    every_tick = [&] {
        if (++ticks == 100)
            bulk.report_fails.reset();
    };
    BOOST_TEST(track() == "go on");
    BOOST_TEST(published.count("provider.error") == 1u);
    BOOST_TEST(states() == names({"delivered"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_cancellation_ends_the_tracking_and_is_remembered, tracker_world)
{
    submit("q1", {0});
    says = [](const providers::sms_order& order) { return all_of(order, delivery_state::waiting); };
    int ticks = 0;
    every_tick = [&] {
        if (++ticks == 20)
            cancel_run();
    };
    BOOST_TEST(track() == "go on");
    BOOST_TEST(ticks < 25);
    BOOST_TEST(tracker.cancelled());
}

BOOST_FIXTURE_TEST_CASE(a_stop_of_the_daemon_interrupts_the_tracking, tracker_world)
{
    submit("q1", {0});
    says = [](const providers::sms_order& order) { return all_of(order, delivery_state::waiting); };
    int ticks = 0;
    every_tick = [&] {
        if (++ticks == 20)
            stop_run();
    };
    BOOST_TEST(track() == "interrupted");
}

BOOST_FIXTURE_TEST_CASE(a_queue_of_many_blocks_is_reported_completely, tracker_world)
{
    std::vector<std::int64_t> positions;
    for (std::int64_t i = 0; i < 2500; ++i)
        positions.push_back(i);
    submit("q1", positions);
    BOOST_TEST(track() == "go on");
    BOOST_TEST(progress.count(item_state::delivered) == 2500);
    BOOST_TEST(counted(id, "delivered") == 2500);
    BOOST_TEST(published.count("send.report") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
