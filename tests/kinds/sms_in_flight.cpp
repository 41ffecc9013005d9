// Several calls of a run at once, and several texts in one call.
#include "kinds/sms_world.hpp"

#include <algorithm>
#include <map>
#include <string>

BOOST_AUTO_TEST_SUITE(sms_in_flight_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::run_state;

/// A provider that thinks for a while before it answers.
struct slow_sms : fake_sms {
    explicit slow_sms(async::clock& t) : time(t) {}
    std::size_t max_texts() const override { return texts; }
    task<providers::outcome<providers::sms_receipt>> send(providers::sms_order o, providers::purchase_gate how) override
    {
        most_at_once = std::max(most_at_once, ++at_once);
        co_await time.sleep_for(thinks);
        auto answered = co_await fake_sms::send(std::move(o), std::move(how));
        --at_once;
        co_return answered;
    }

    async::clock& time;
    std::chrono::milliseconds thinks = 200ms;
    std::size_t texts = 1;
    int at_once = 0, most_at_once = 0;
};

struct parallel_world : sms_world {
    explicit parallel_world(int purchases = 4, std::size_t texts = 1)
    {
        auto made = std::make_unique<slow_sms>(clock);
        slow = made.get();
        slow->texts = texts;
        kept_ = account("bulk").sms; // `bulk` still names it
        account("bulk").sms = std::move(made);
        account("bulk").purchases = purchases;
        account("bulk").purchase_permits =
            std::make_shared<async::semaphore>(io.get_executor(), static_cast<std::size_t>(purchases));
        slow->reports = [](const providers::sms_order& o) {
            providers::sms_report r;
            r.finished = true;
            for (const auto& [number, text] : texts_of(o)) {
                providers::sms_report::entry e;
                e.digits = number;
                e.state = providers::sms_report::delivery_state::delivered;
                r.entries.push_back(std::move(e));
            }
            return r;
        };
    }
    static std::multimap<std::string, std::string> texts_of(const providers::sms_order& o)
    {
        std::multimap<std::string, std::string> all;
        for (const phone& p : o.numbers)
            all.emplace(p.digits(), o.text);
        for (const auto& t : o.further)
            for (const phone& p : t.numbers)
                all.emplace(p.digits(), t.text);
        return all;
    }
    std::multimap<std::string, std::string> messages() const
    {
        std::multimap<std::string, std::string> all;
        for (const auto& order : slow->taken)
            all.merge(texts_of(order));
        return all;
    }
    /// Everybody of `names` has the own text, and nobody has two.
    void check_each_once(int n)
    {
        const auto all = messages();
        BOOST_TEST(all.size() == static_cast<std::size_t>(n));
        for (int i = 0; i < n; ++i) {
            const auto number = "555" + std::to_string(1000000 + i);
            BOOST_TEST_REQUIRE(all.count(number) == 1u, number);
            BOOST_TEST(all.find(number)->second == "Selam K" + std::to_string(i));
        }
    }
    std::shared_ptr<const kinds::prepared_job> campaign(int n, const std::string& more = "")
    {
        std::string csv = "ad;gsm\n";
        for (int i = 0; i < n; ++i)
            csv += "K" + std::to_string(i) + ";0555" + std::to_string(1000000 + i) + "\n";
        write("list.csv", csv);
        return load(job_with("{csv: list.csv, phone: gsm}", "text: \"Selam ${ad}\"", more));
    }

    slow_sms* slow = nullptr;

  private:
    std::shared_ptr<providers::sms_sender> kept_{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(personal_texts_go_out_side_by_side_as_the_account_allows, parallel_world)
{
    const auto work = campaign(40);
    const auto id = create_run();
    const auto begun = clock.wall_now();
    wall_point sent = begun;
    slow->on_send = [&] { sent = clock.wall_now(); };
    BOOST_TEST((resume(*work, id, 2h, 50ms)->state == run_state::succeeded));
    BOOST_TEST(slow->most_at_once == 4);
    BOOST_TEST((sent - begun) / 1ms >= 2000); // 40 calls of 200 ms, four at once
    BOOST_TEST((sent - begun) / 1ms <= 3500); // the manual clock goes by 50 ms
    check_each_once(40);
    check_sum(id);
    BOOST_TEST(counted(id, "delivered") == 40);
}

BOOST_FIXTURE_TEST_CASE(a_refusal_that_stops_all_lets_calls_under_way_come_to_their_end, parallel_world)
{
    const auto work = campaign(20);
    const auto id = create_run();
    slow->replies = {reply::accept, reply::accept, reply::refuse};
    slow->refusal = error(errc::balance, "Krediniz yetersiz.", reach::answered);
    const auto end = resume(*work, id, 2h, 50ms);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST((end->failure->code == errc::balance));
    BOOST_TEST(counted(id, "pending") == 0);
    BOOST_TEST(counted(id, "delivered") == static_cast<std::int64_t>(messages().size()));
    BOOST_TEST(counted(id, "skipped") >= 20 - 3 - 2 * 4);
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(calls_that_fail_beside_each_other_are_one_failure, parallel_world)
{
    const auto work = campaign(20);
    const auto id = create_run();
    slow->replies.assign(8, reply::never_dispatch); // two times all four: a provider that is away for a moment
    BOOST_TEST((resume(*work, id, 2h, 50ms)->state == run_state::succeeded));
    check_each_once(20);
}

BOOST_FIXTURE_TEST_CASE(a_cancellation_leaves_nothing_open, parallel_world)
{
    const auto work = campaign(20);
    const auto id = create_run();
    int ticks = 0;
    every_tick = [&] {
        if (++ticks == 9)
            cancel_run();
    };
    BOOST_TEST((resume(*work, id, 2h, 50ms)->state == run_state::cancelled));
    BOOST_TEST(counted(id, "pending") == 0);
    BOOST_TEST(counted(id, "delivered") == static_cast<std::int64_t>(messages().size()));
    BOOST_TEST(messages().size() < 20u);
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(a_stop_lets_the_next_start_send_the_rest, parallel_world)
{
    const auto work = campaign(20);
    const auto id = create_run();
    int ticks = 0;
    every_tick = [&] {
        if (++ticks == 9)
            stop_run();
    };
    BOOST_TEST(resume(*work, id, 2h, 50ms)->interrupted);
    every_tick = [] {};
    recover();
    BOOST_TEST((resume(*work, id, 2h, 50ms)->state == run_state::succeeded));
    check_each_once(20);
}

BOOST_AUTO_TEST_CASE(a_kill_at_any_commit_reaches_everybody_at_most_once)
{
    for (const bool after : {false, true})
        for (int at = 1; at < 45; at += 2) {
            parallel_world w;
            const auto work = w.campaign(8);
            const auto id = w.create_run();
            w.crashing.crash_at = at;
            w.crashing.after = after;
            w.resume(*work, id, 2h, 50ms);
            if (!w.has_crashed)
                continue;
            w.crashing.crash_at = 0;
            w.recover();
            w.resume(*work, id, 4h, 1s);
            BOOST_TEST_CONTEXT("commit " << at << (after ? " after" : " before"))
            {
                std::map<std::string, int> times;
                for (const auto& [number, text] : w.messages())
                    ++times[number];
                for (const auto& [number, n] : times)
                    BOOST_TEST(n == 1, number << " got " << n);
                BOOST_TEST(w.counted(id, "pending") == 0);
                w.check_sum(id);
                BOOST_TEST(times.size() + static_cast<std::size_t>(w.counted(id, "ambiguous")) >= 8u);
            }
        }
}

BOOST_AUTO_TEST_CASE(a_provider_of_several_texts_gets_them_in_one_call)
{
    parallel_world w(1, 1000);
    const auto work = w.campaign(25, "chunk: 10\n");
    const auto id = w.create_run();
    BOOST_TEST((w.resume(*work, id, 2h, 50ms)->state == run_state::succeeded));
    BOOST_TEST(w.slow->taken.size() == 3u);
    w.check_each_once(25);
    BOOST_TEST(w.effects_of(id).size() == 3u);
    BOOST_TEST(w.effect_of(id).expected.text() == "10 credits");
    BOOST_TEST(w.counted(id, "delivered") == 25);
    w.check_sum(id);
}

BOOST_AUTO_TEST_SUITE_END()
