// Calls that are refused for some of their recipients are split until those are found.
#include "kinds/sms_world.hpp"

#include <algorithm>
#include <set>
#include <string>

BOOST_AUTO_TEST_SUITE(sms_refused_recipients_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::item_state;
using ledger::run_state;

struct refusing_world : sms_world {
    refusing_world()
    {
        bulk.refusal = error(errc::validation, "toplusms: Alıcı bilgileri hatalı, code 452", reach::answered);
        bulk.blames = true;
        bulk.refuses = [this](const providers::sms_order& order) {
            return std::ranges::any_of(order.numbers,
                                       [this](const phone& p) { return bad.contains(p.digits().substr(3)); });
        };
    }
    kinds::ending send(int people, const std::string& more = "")
    {
        write("list.csv", rows(people));
        const auto work = load(job_with("{csv: list.csv, phone: gsm}", "", more));
        BOOST_REQUIRE(work);
        id = create_run();
        return resume(*work, id).value();
    }
    void check_each_is_reached_once()
    {
        std::multiset<std::string> reached;
        for (const auto& order : bulk.taken)
            for (const phone& p : order.numbers)
                reached.insert(p.digits());
        for (const auto& i : items_of(id))
            BOOST_TEST(reached.count(i.phone) == (i.state == item_state::rejected ? 0u : 1u), i.phone);
    }

    std::set<std::string> bad{};
    run_id id{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(the_bad_number_is_found_and_the_others_are_reached, refusing_world)
{
    bad = {"1000003"};
    const auto end = send(10);
    BOOST_TEST((end.state == run_state::failed));
    BOOST_TEST(end.code == "partly");
    BOOST_TEST(end.failure->message == "the provider refused 1 of 10 recipients, 9 were sent to");
    BOOST_TEST(counted(id, "rejected") == 1);
    BOOST_TEST(items_of(id).at(3).reason == "validation: toplusms: Alıcı bilgileri hatalı, code 452");
    check_each_is_reached_once();
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(several_bad_numbers_of_a_large_chunk_are_found_in_few_calls, refusing_world)
{
    bad = {"1000000", "1000500", "1000501", "1000999"};
    BOOST_TEST(send(1000).code == "partly");
    BOOST_TEST(counted(id, "rejected") == 4);
    BOOST_TEST(bulk.asked <= 80);
    check_each_is_reached_once();
}

BOOST_FIXTURE_TEST_CASE(a_provider_that_refuses_everybody_is_not_asked_for_ever, refusing_world)
{
    bulk.refuses = [](const providers::sms_order&) { return true; };
    const auto end = send(1000);
    BOOST_TEST((end.state == run_state::failed));
    BOOST_TEST(bulk.asked <= 120);
    BOOST_TEST(counted(id, "rejected") + counted(id, "skipped") == 1000, "who was never asked for is skipped");
}

BOOST_FIXTURE_TEST_CASE(a_refusal_that_blames_nobody_is_not_split, refusing_world)
{
    bulk.blames = false;
    bad = {"1000003"};
    const auto end = send(10);
    BOOST_TEST(end.code == "nobody");
    BOOST_TEST(end.failure->message == "nobody was sent to: of 10 recipients the provider refused 10");
    BOOST_TEST(bulk.asked == 1);
}

BOOST_FIXTURE_TEST_CASE(a_kill_between_the_parts_reaches_each_once, refusing_world)
{
    bad = {"1000003"};
    write("list.csv", rows(10));
    const auto work = load(job_with("{csv: list.csv, phone: gsm}"));
    id = create_run();
    const auto whole = resume(*work, id);
    BOOST_TEST_REQUIRE(whole.has_value());
    const int calls = bulk.asked;
    for (int stop_after = 1; stop_after < calls; ++stop_after) {
        refusing_world w;
        w.bad = bad;
        w.write("list.csv", rows(10));
        const auto again = w.load(job_with("{csv: list.csv, phone: gsm}"));
        w.id = w.create_run();
        w.every_tick = [&, stopped = false]() mutable {
            if (stopped || w.bulk.asked < stop_after)
                return;
            stopped = true;
            w.stop_run();
        };
        w.resume(*again, w.id);
        w.every_tick = [] {};
        w.recover();
        const auto end = w.resume(*again, w.id);
        BOOST_TEST_REQUIRE(end.has_value());
        w.check_each_is_reached_once();
        w.check_sum(w.id);
    }
}

BOOST_FIXTURE_TEST_CASE(a_text_that_takes_the_room_makes_smaller_calls, refusing_world)
{
    bulk.most_beside = 60;
    BOOST_TEST((send(150).state == run_state::succeeded));
    BOOST_TEST(bulk.taken.size() == 3u);
    check_each_is_reached_once();
}

BOOST_FIXTURE_TEST_CASE(a_list_that_reaches_nobody_fails, refusing_world)
{
    const auto end = send(0);
    BOOST_TEST((end.state == run_state::failed));
    BOOST_TEST(end.code == "nobody");
    BOOST_TEST(end.failure->message == "nobody was sent to: the list has no recipients");
}

BOOST_AUTO_TEST_SUITE_END()
