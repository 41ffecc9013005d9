// Sends that nobody answered, and sends that waited for their account.
#include "kinds/sms_world.hpp"
#include "providers/duplicate_guard.hpp"
#include "providers/sms_order_list.hpp"

#include <algorithm>
#include <map>

BOOST_AUTO_TEST_SUITE(sms_reconcile_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::effect_state;
using ledger::item_state;
using ledger::run_state;

struct reconcile_world : sms_world {
    std::map<std::string, int> messaged() const
    {
        std::map<std::string, int> times;
        for (const auto& order : bulk.taken)
            for (const phone& p : order.numbers)
                ++times[p.digits()];
        return times;
    }
    std::string csv_job(const std::string& more = "")
    {
        write("list.csv", rows(6));
        return job_with("{csv: list.csv, phone: gsm}", "", "chunk: 2\n" + more);
    }
    /// Another run holds the account's only permit until that tick.
    void busy_until(int beat, std::function<void(int)> meanwhile = [](int) {})
    {
        auto held = std::make_shared<std::optional<async::permit>>(account("bulk").purchase_permits->try_acquire());
        auto beats = std::make_shared<int>(0);
        every_tick = [=] {
            meanwhile(++*beats);
            if (*beats == beat)
                held->reset();
        };
    }
};

/// A provider with a list of its orders that refuses the same order twice.
struct guarded_sms : fake_sms, providers::sms_order_list, providers::duplicate_guard {
    explicit guarded_sms(async::clock& t) : time(t) {}

    task<result<std::vector<providers::listed_sms>>> recent_orders(std::chrono::milliseconds) override
    {
        auto all = before;
        for (std::size_t i = 0; i < taken.size() && shows; ++i) {
            providers::listed_sms one;
            one.id = "q" + std::to_string(i + 1);
            one.sender = taken[i].sender;
            one.total = static_cast<std::int64_t>(taken[i].numbers.size());
            one.submitted = time.wall_now();
            all.push_back(one);
            if (twice)
                all.push_back(std::move(one));
        }
        co_return all;
    }
    std::chrono::milliseconds duplicate_window() const override { return guard; }

    task<providers::outcome<providers::sms_receipt>> send(providers::sms_order o, providers::purchase_gate how) override
    {
        const auto same = [&](const providers::sms_order& old) {
            return old.text == o.text && std::ranges::equal(old.numbers, o.numbers, {}, &phone::digits, &phone::digits);
        };
        if (replies.empty() && std::ranges::any_of(taken, same)) {
            replies.push_back(reply::refuse);
            refusal = error(errc::duplicate, "Tekrar", reach::answered);
        }
        orders.push_back(o);
        return fake_sms::send(std::move(o), std::move(how));
    }

    async::clock& time;
    bool shows = false;
    bool twice = false;                          ///< as between two pages, when a new order moves the others on
    std::vector<providers::listed_sms> before{}; ///< what the list shows beside what was taken here
    std::chrono::milliseconds guard = 9min;
    std::vector<providers::sms_order> orders{};
};

struct guarded_world : sms_world {
    guarded_world()
    {
        auto sender = std::make_unique<guarded_sms>(clock);
        sms = sender.get();
        account("bulk").balances.reset();
        account("bulk").sms = std::move(sender);
    }
    guarded_sms* sms = nullptr;
    std::shared_ptr<const kinds::prepared_job> work = load(job_with(three));
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_repetition_is_taken_where_the_first_was_lost, guarded_world)
{
    sms->replies = {reply::lose_request};
    const auto id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::succeeded));
    BOOST_TEST(sms->asked == 2);
    BOOST_TEST(sms->taken.size() == 1u);
    BOOST_TEST(counted(id, "delivered") == 3);
    BOOST_TEST(effects_of(id).size() == 1u);
    BOOST_TEST((effect_of(id).state == effect_state::accepted));
    BOOST_TEST(attention().empty());
    BOOST_TEST_REQUIRE(sms->orders.size() == 2u);
    const auto &first = sms->orders[0], &second = sms->orders[1];
    BOOST_TEST(first.text == second.text);
    BOOST_TEST(first.sender == second.sender);
    BOOST_TEST(std::ranges::equal(first.numbers, second.numbers, {}, &phone::digits, &phone::digits));
}

BOOST_FIXTURE_TEST_CASE(a_repetition_that_is_refused_proves_that_the_first_was_taken, guarded_world)
{
    sms->replies = {reply::lose_answer};
    const auto id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::attention));
    BOOST_TEST(sms->asked == 2);
    BOOST_TEST(sms->taken.size() == 1u);
    BOOST_TEST_REQUIRE(attention().size() == 1u);
    BOOST_TEST(attention()[0].kind == "orphaned");
    BOOST_TEST(attention()[0].evidence.find("Tekrar") != std::string::npos, attention()[0].evidence);
    BOOST_TEST(counted(id, "ambiguous") == 3);

    pass(20min);
    sms->taken.clear();
    sms->replies = {reply::lose_answer};
    int beats = 0;
    every_tick = [&] { sms->shows = ++beats > 33; }; // the list is slow
    const auto later = create_run();
    BOOST_TEST((resume(*work, later)->state == run_state::succeeded));
    BOOST_TEST(sms->taken.size() == 1u);
    BOOST_TEST(counted(later, "delivered") == 3);
}

BOOST_AUTO_TEST_CASE(a_crash_at_any_commit_around_a_repetition_messages_nobody_twice)
{
    for (const reply lost : {reply::lose_request, reply::lose_answer})
        for (const bool after : {false, true})
            for (int n = 1;; ++n) {
                BOOST_TEST_REQUIRE(n < 40);
                guarded_world w;
                w.sms->replies = {lost};
                const auto id = w.create_run();
                w.crashing.crash_at = n;
                w.crashing.after = after;
                auto end = w.resume(*w.work, id);
                const bool died = w.has_crashed;
                BOOST_TEST_CONTEXT("commit " << n << (after ? " after" : " before"))
                {
                    if (died) {
                        w.crashing.crash_at = 0;
                        w.recover();
                        end = w.resume(*w.work, id);
                    }
                    BOOST_TEST_REQUIRE(end.has_value());
                    BOOST_TEST(w.sms->taken.size() <= 1u);
                    BOOST_TEST(w.effects_of(id).size() >= 1u);
                    if (w.attention().empty())
                        BOOST_TEST((end->state == run_state::succeeded));
                }
                if (!died)
                    break;
            }
}

BOOST_FIXTURE_TEST_CASE(an_order_of_the_minutes_before_is_not_taken_for_the_lost_one, guarded_world)
{
    sms->guard = 0min;
    sms->shows = true;
    providers::sms_order by_hand;
    for (const char* number : {"5551112233", "5551112234", "5551112235"})
        by_hand.numbers.push_back(phone::parse(number).value());
    sms->taken.push_back(by_hand);
    sms->queues["old"] = 0;
    providers::listed_sms old;
    old.id = "old";
    old.sender = "MARKA";
    old.total = 3;
    old.submitted = clock.wall_now() - 2min;
    sms->before = {old};
    sms->shows = false;
    sms->replies = {reply::lose_request};
    const auto id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::attention));
    BOOST_TEST((effect_of(id).state == effect_state::ambiguous));

    sms->before[0].submitted = std::nullopt; // where the list does not say when, it may be the one
    sms->replies = {reply::lose_request};
    const auto later = create_run();
    BOOST_TEST((resume(*work, later)->state == run_state::attention));
    BOOST_TEST(effect_of(later).evidence.find("another send in doubt fits") != std::string::npos,
               effect_of(later).evidence);
}

BOOST_FIXTURE_TEST_CASE(an_order_that_may_come_from_a_send_that_was_written_off_is_not_taken, guarded_world)
{
    sms->guard = 0min;
    sms->replies = {reply::lose_answer};
    const auto first = create_run();
    BOOST_TEST((resume(*work, first)->state == run_state::attention));
    BOOST_TEST_REQUIRE(attention().size() == 1u);
    resolve_entry(attention()[0].id, effect_state::written_off, "write-off"); // an operator gave up on it
    pass(1s);
    sms->shows = true;
    sms->replies = {reply::lose_request};
    const auto later = create_run();
    BOOST_TEST((resume(*work, later)->state == run_state::attention));
    BOOST_TEST((effect_of(later).state == effect_state::ambiguous));
    BOOST_TEST(effect_of(later).evidence.find("another send in doubt fits") != std::string::npos,
               effect_of(later).evidence);
}

BOOST_FIXTURE_TEST_CASE(an_order_that_is_listed_twice_counts_once, guarded_world)
{
    sms->guard = 0min;
    sms->shows = sms->twice = true;
    sms->replies = {reply::lose_answer};
    const auto id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::succeeded));
    BOOST_TEST((effect_of(id).state == effect_state::accepted));
    BOOST_TEST(sms->taken.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(nothing_is_repeated_without_a_guard_or_too_late_or_across_a_cancellation, guarded_world)
{
    sms->guard = 0min;
    sms->replies = {reply::lose_request};
    BOOST_TEST((resume(*work, create_run())->state == run_state::attention));
    BOOST_TEST(sms->asked == 1);

    sms->guard = 2min; // its end is nearer than the longest wait for an answer
    sms->replies = {reply::lose_request};
    pass(1s);
    BOOST_TEST((resume(*work, create_run())->state == run_state::attention));
    BOOST_TEST(sms->asked == 2);

    sms->guard = 9min;
    sms->replies = {reply::lose_request};
    pass(1s);
    int beats = 0;
    every_tick = [&] {
        if (++beats == 5)
            cancel_run();
    };
    BOOST_TEST((resume(*work, create_run())->state == run_state::attention));
    BOOST_TEST(sms->asked == 3);
}

BOOST_FIXTURE_TEST_CASE(an_ambiguous_chunk_is_not_sent_again_and_the_rest_goes_on, reconcile_world)
{
    const auto work = load(csv_job());
    bulk.replies = {reply::accept, reply::lose_answer, reply::accept};
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::attention));
    BOOST_TEST(bulk.asked == 3);
    BOOST_TEST(counted(id, "delivered") == 4);
    BOOST_TEST(counted(id, "ambiguous") == 2);
    BOOST_TEST(attention().size() == 1u);
    for (const auto& [number, times] : messaged())
        BOOST_TEST(times == 1, number << " was messaged " << times << " times");
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(three_ambiguous_chunks_in_a_row_stop_the_rest, reconcile_world)
{
    write("list.csv", rows(10));
    const auto work = load(job_with("{csv: list.csv, phone: gsm}", "", "chunk: 2\n"));
    bulk.replies.assign(9, reply::lose_answer);
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::attention));
    BOOST_TEST(bulk.asked == 3);
    BOOST_TEST(counted(id, "ambiguous") == 6);
    BOOST_TEST(counted(id, "skipped") == 4);
    BOOST_TEST(attention().size() == 3u);
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(a_charged_chunk_keeps_its_balances_and_waits_for_an_operator, reconcile_world)
{
    account("bulk").shared = false;
    const auto work = load(csv_job("pace: 1 requests/s\n")); // calls of one millisecond would blur the balance
    bulk.replies = {reply::accept, reply::lose_answer};
    const auto id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::attention));
    BOOST_TEST_REQUIRE(attention().size() == 1u);
    BOOST_TEST(attention()[0].kind == "orphaned");
    const std::string evidence = attention()[0].evidence;
    BOOST_TEST(evidence.find("the balance was 99998 credits and is 99996 credits, 2 credits less") != std::string::npos,
               evidence);
    BOOST_TEST(counted(id, "ambiguous") == 2);
    BOOST_TEST(counted(id, "delivered") == 4);
    for (const auto& [number, times] : messaged())
        BOOST_TEST(times == 1);
}

BOOST_FIXTURE_TEST_CASE(a_partly_charged_chunk_settles_nothing, reconcile_world)
{
    account("bulk").shared = false;
    const auto work = load(csv_job());
    bulk.replies = {reply::lose_request};
    bulk.on_send = [this] { bulk.left = bulk.left - decimal::from_integer(1); };
    const auto id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::attention));
    BOOST_TEST((effect_of(id).state == effect_state::ambiguous));
    BOOST_TEST(bulk.asked == 3); // not four: the ambiguous chunk is left alone
    BOOST_TEST(counted(id, "ambiguous") == 2);
}

BOOST_FIXTURE_TEST_CASE(a_window_that_closes_while_the_account_is_busy_is_kept, reconcile_world)
{
    const auto work = load(csv_job("window: {from: \"08:00\", to: \"09:05\"}\n")); // it is nine
    busy_until(40);
    const auto id = create_run();
    BOOST_TEST(!resume(*work, id, 20min, 10s).has_value());
    BOOST_TEST(bulk.asked == 0);
    every_tick = [] {};
    BOOST_TEST((resume(*work, id, 24h, 10min)->state == run_state::succeeded)); // the next morning
    BOOST_TEST(bulk.asked == 3);
}

BOOST_FIXTURE_TEST_CASE(who_opts_out_while_the_account_is_busy_is_left_alone, reconcile_world)
{
    const auto work = load(csv_job());
    busy_until(20, [this](int beat) {
        if (beat != 10)
            return;
        ledger::suppress s;
        s.entry.phone = "5551000001";
        ledger::batch changes;
        changes.push_back(s);
        commit(std::move(changes));
    });
    const auto id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::succeeded));
    BOOST_TEST(!messaged().contains("5551000001"));
    BOOST_TEST(messaged().size() == 5u);
    BOOST_TEST(counted(id, "skipped") == 1);
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(reports_that_cannot_be_read_are_logged_once, reconcile_world)
{
    const auto work = load(csv_job("track: {for: 30m}\n"));
    bulk.report_fails.emplace(errc::transient, "down", reach::answered);
    const auto id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::succeeded));
    BOOST_TEST(published.count("provider.error") == 1u);
    BOOST_TEST(counted(id, "submitted") == 6);
}

BOOST_AUTO_TEST_SUITE_END()
