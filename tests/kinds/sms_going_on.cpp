// What people do to a campaign: change its list while it is read, stop it half-way, go on later, hold it for a while.
#include "kinds/sms_world.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(sms_going_on_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::item_state;
using ledger::run_state;

struct campaign_world : sms_world {
    campaign_world()
    {
        bulk.reports = [](const providers::sms_order& o) { return delivered(o); };
    }
    static providers::sms_report delivered(const providers::sms_order& o)
    {
        providers::sms_report r;
        r.finished = true;
        for (const phone& p : o.numbers) {
            providers::sms_report::entry e;
            e.digits = p.digits();
            e.state = providers::sms_report::delivery_state::delivered;
            r.entries.push_back(std::move(e));
        }
        return r;
    }
    std::map<std::string, int> messages() const
    {
        std::map<std::string, int> all;
        for (const auto& order : bulk.taken)
            for (const phone& p : order.numbers)
                ++all[p.digits()];
        return all;
    }
    void check_at_most_once() const
    {
        for (const auto& [number, n] : messages())
            BOOST_TEST(n == 1, number << " got " << n);
    }
    /// A run that goes on with another.
    run_id second(const std::string& only, const run_id& of)
    {
        pass(1s);
        ledger::create_run c;
        c.run = run_of(of);
        c.run.id = run_id(make_ulid(unix_ms(clock.wall_now())));
        c.run.state = run_state::running;
        c.run.progress = "{}";
        c.run.counts = c.run.result = c.run.error_code = c.run.error_message = "";
        c.run.finished_at.reset();
        c.run.only = only;
        c.run.of = of;
        const run_id id = c.run.id;
        commit(ledger::batch(1, std::move(c)));
        return id;
    }
    std::map<std::string, int> reasons(const run_id& id)
    {
        std::map<std::string, int> all;
        for (const auto& i : items_of(id))
            ++all[std::string(name(i.state)) + " " + i.reason];
        return all;
    }
    std::string from_csv = job_with("{csv: list.csv, phone: gsm}", "", "chunk: 2\n");
};

std::string backwards(int n)
{
    std::string csv = "ad;gsm\n";
    for (int i = n; i-- > 0;)
        csv += "Ali;0555" + std::to_string(1000000 + i) + "\n";
    return csv;
}

} // namespace

BOOST_FIXTURE_TEST_CASE(a_list_that_is_replaced_while_it_is_read_stops_the_run_before_anything_is_sent, campaign_world)
{
    write("list.csv", rows(5000));
    const auto work = load(from_csv);
    const auto id = create_run();
    crashing.crash_at = 3; // some blocks are stored by then
    crashing.after = true;
    resume(*work, id);
    BOOST_TEST_REQUIRE(has_crashed);
    crashing.crash_at = 0;
    BOOST_TEST_REQUIRE(!items_of(id).empty());
    write("list.csv", backwards(5000));
    const auto end = resume(*work, id);
    BOOST_TEST_REQUIRE(end.has_value());
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST(end->failure->message.find("has changed since") != std::string::npos, end->failure->message);
    BOOST_TEST(bulk.taken.empty());
    BOOST_TEST(counted(id, "pending") == 0);
    check_sum(id);
    for (const auto& [reason, n] : reasons(id))
        BOOST_TEST(reason == "skipped list-changed");
    // Whoever was listed is not lost: the run goes on with them.
    const auto listed = items_of(id).size();
    const auto rest = second("unsent", id);
    BOOST_TEST((resume(*work, rest)->state == run_state::succeeded));
    BOOST_TEST(messages().size() == listed);
    check_at_most_once();
}

BOOST_FIXTURE_TEST_CASE(a_list_that_was_only_touched_is_read_on, campaign_world)
{
    write("list.csv", rows(3000));
    const auto work = load(from_csv);
    const auto id = create_run();
    crashing.crash_at = 3;
    crashing.after = true;
    resume(*work, id);
    BOOST_TEST_REQUIRE(has_crashed);
    crashing.crash_at = 0;
    write("list.csv", rows(3000));
    BOOST_TEST((resume(*work, id)->state == run_state::succeeded));
    BOOST_TEST(messages().size() == 3000u);
    check_at_most_once();
}

BOOST_FIXTURE_TEST_CASE(two_runs_at_once_message_nobody_twice_within_sent_within, campaign_world)
{
    const auto other =
        load(job_with("{list: [\"5550000002\", \"5550000003\", \"5550000004\"], exclude: [sent-within 24h]}"), "two");
    const auto one = create_run("one"), two = create_run("two");
    // The other run dispatches its call while this one waits at its gate.
    bulk.on_send = [&, done = false]() mutable {
        if (std::exchange(done, true))
            return;
        ledger::intend booked;
        booked.effect.id = effect_id("E2");
        booked.effect.run = one;
        booked.effect.step = "chunk/1";
        booked.effect.operation = "sms.send";
        booked.effect.account = "bulk";
        booked.effect.expected = money(decimal::from_integer(2), "credits");
        booked.effect.intended_at = clock.wall_now();
        ledger::add_items add;
        add.run = one;
        for (const char* number : {"5550000002", "5550000003"}) {
            add.items.emplace_back();
            add.items.back().position = static_cast<std::int64_t>(add.items.size());
            add.items.back().phone = number;
            add.items.back().state = item_state::submitting;
            add.items.back().effect = effect_id("E2");
        }
        ledger::move_effect sent(effect_id("E2"), ledger::effect_state::dispatched);
        sent.at = clock.wall_now();
        ledger::batch changes;
        changes.push_back(std::move(booked));
        changes.push_back(std::move(add));
        changes.push_back(std::move(sent));
        commit(std::move(changes));
    };
    BOOST_TEST((resume(*other, two)->state == run_state::succeeded));
    BOOST_TEST((messages() == std::map<std::string, int>{{"5550000004", 1}}));
    BOOST_TEST(counted(two, "skipped") == 2);
    check_sum(two);
}

BOOST_FIXTURE_TEST_CASE(a_campaign_without_credit_goes_on_with_the_rest_once_it_is_paid, campaign_world)
{
    write("list.csv", rows(25));
    const auto work = load(job_with("{csv: list.csv, phone: gsm}", "", "chunk: 5\n"));
    const auto id = create_run();
    bulk.replies = {reply::accept, reply::accept, reply::refuse};
    bulk.refusal = error(errc::balance, "Krediniz yetersiz.", reach::answered);
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST(counted(id, "delivered") == 10); // the reports of what was sent are fetched all the same
    BOOST_TEST(counted(id, "rejected") == 5);   // what the provider refused
    BOOST_TEST(counted(id, "skipped") == 10);   // what nobody asked it for
    const auto unsent = second("unsent", id);
    BOOST_TEST((resume(*work, unsent)->state == run_state::succeeded));
    const auto rejected = second("rejected", id);
    BOOST_TEST((resume(*work, rejected)->state == run_state::succeeded));
    BOOST_TEST(messages().size() == 25u);
    check_at_most_once();
}

BOOST_FIXTURE_TEST_CASE(going_on_twice_reaches_nobody_twice, campaign_world)
{
    const auto work = load(job_with(three, "", "chunk: 1\n"));
    const auto id = create_run();
    bulk.replies = {reply::refuse};
    bulk.refusal = error(errc::balance, "Krediniz yetersiz.", reach::answered);
    resume(*work, id);
    const auto first = second("unsent", id), again = second("unsent", id);
    BOOST_TEST((resume(*work, first)->state == run_state::succeeded));
    resume(*work, again);
    BOOST_TEST((reasons(again) == std::map<std::string, int>{{"skipped reached", 2}}));
    BOOST_TEST(messages().size() == 2u);
    check_at_most_once();
}

BOOST_FIXTURE_TEST_CASE(who_may_have_been_messaged_is_never_gone_on_with, campaign_world)
{
    write("list.csv", rows(10));
    const auto work = load(job_with("{csv: list.csv, phone: gsm}", "", "chunk: 5\n"));
    const auto id = create_run();
    bulk.replies = {reply::lose_answer};
    BOOST_TEST((resume(*work, id, 4h)->state == run_state::attention));
    for (const char* only : {"unsent", "rejected", "failed"}) {
        const auto rest = second(only, id);
        const auto end = resume(*work, rest);
        BOOST_TEST((end->state == run_state::failed), only);
        BOOST_TEST(end->failure->message.find("nobody to go on with") != std::string::npos, end->failure->message);
    }
    check_at_most_once();
}

BOOST_FIXTURE_TEST_CASE(texts_with_columns_go_out_as_they_were_made_and_a_common_one_as_it_is_today, campaign_world)
{
    write("list.csv", "ad;gsm\nAli;5550000001\nVeli;5550000002\n");
    const auto personal = load(job_with("{csv: list.csv, phone: gsm}", "text: \"Selam ${ad}\""));
    const auto id = create_run();
    bulk.replies = {reply::refuse};
    bulk.refusal = error(errc::auth, "no", reach::answered);
    resume(*personal, id);
    write("list.csv", "ad;gsm\nBaska;5550000009\n");
    const auto rest = second("unsent", id);
    BOOST_TEST((resume(*personal, rest)->state == run_state::succeeded));
    BOOST_TEST_REQUIRE(bulk.taken.size() == 1u);
    BOOST_TEST(bulk.taken[0].text == "Selam Veli");
    const auto mended = load(job_with("{csv: list.csv, phone: gsm}", "text: Duzeltildi"));
    const auto refused = second("rejected", id);
    BOOST_TEST((resume(*mended, refused)->state == run_state::succeeded));
    BOOST_TEST(bulk.taken.back().text == "Duzeltildi");
    BOOST_TEST(bulk.taken.back().numbers.front().digits() == "5550000001");
}

BOOST_FIXTURE_TEST_CASE(a_budget_of_the_day_that_the_whole_send_passes_keeps_all_back, campaign_world)
{
    const auto work = load("version: 1\nkind: sms.send\naccount: bulk\nbudget: {run: 5 credits, day: 5 credits}\n"
                           "recipients: " +
                           three + "\nmessage: {type: informational, sender: MARKA, text: Merhaba}\nchunk: 1\n");
    BOOST_TEST_REQUIRE(work);
    const auto earlier = create_run();
    BOOST_TEST((resume(*work, earlier)->state == run_state::succeeded)); // 3 of today's 5
    pass(1s);
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST((end->failure->code == errc::budget));
    BOOST_TEST(bulk.asked == 3); // all of the earlier run
    BOOST_TEST((reasons(id) == std::map<std::string, int>{{"skipped budget", 3}}));
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(a_run_outside_of_its_window_is_paused_until_it_opens, campaign_world)
{
    const auto work = load(job_with(three, "", "window: {from: \"10:00\", to: \"12:00\"}\n")); // it is nine
    const auto id = create_run();
    bool shown = false;
    every_tick = [&] {
        const auto now = run_of(id);
        if (now.state != run_state::paused)
            return;
        shown = true;
        BOOST_TEST(now.waits.what == "window");
        BOOST_TEST(rfc3339(now.waits.until.value()).substr(11, 5) == "10:00");
    };
    BOOST_TEST((resume(*work, id, 3h, 1min)->state == run_state::succeeded));
    BOOST_TEST(shown);
    BOOST_TEST(published.count("run.paused") == 1u);
    BOOST_TEST(published.count("run.resumed") == 1u);
    BOOST_TEST(run_of(id).waits.what == "");
}

BOOST_FIXTURE_TEST_CASE(a_run_that_a_person_holds_sends_nothing_until_it_is_resumed, campaign_world)
{
    write("list.csv", rows(10));
    const auto work = load(job_with("{csv: list.csv, phone: gsm}", "", "chunk: 1\npace: 1 requests/s\n"));
    const auto id = create_run();
    int ticks = 0;
    std::size_t held_at = 0;
    every_tick = [&] {
        if (++ticks == 5) {
            current->request_pause();
            held_at = bulk.taken.size();
        }
        if (ticks == 60) {
            BOOST_TEST(bulk.taken.size() <= held_at + 1);
            current->request_resume();
        }
    };
    BOOST_TEST((resume(*work, id)->state == run_state::succeeded));
    BOOST_TEST(ticks > 60);
    BOOST_TEST(messages().size() == 10u);
    check_at_most_once();
}

BOOST_FIXTURE_TEST_CASE(who_has_all_sent_holds_the_next_run_back_no_longer, campaign_world)
{
    const auto work = load(job_with(three, "", "chunk: 1\npace: 1 requests/s\n"));
    const auto id = create_run();
    bulk.reports = [](const providers::sms_order&) { return providers::sms_report(); };
    bool free = false;
    int asked = 0;
    every_tick = [&] {
        if (current && !free)
            current->after_acting([&] {
                free = true;
                asked = bulk.asked;
            });
    };
    resume(*work, id, 1h);
    BOOST_TEST(free);
    BOOST_TEST(asked == 3);
}

BOOST_FIXTURE_TEST_CASE(a_plan_says_that_the_last_run_reached_the_same_people, campaign_world)
{
    const auto work = load(job_with(three));
    const auto id = create_run();
    resume(*work, id);
    pass(1s);
    ledger::recorder record(crashing, published, clock);
    kinds::run_environment around{io.get_executor(), clock, record, accounts, time_zone::utc(), folder};
    auto draft = run_of(id);
    draft.id = run_id(make_ulid(unix_ms(clock.wall_now())));
    kinds::run_context c(around, draft, file.limits, file.notify, params);
    const auto plan = run(work->plan(c)).value();
    const auto warning = std::string(plan.at("warning").as_string());
    BOOST_TEST(warning.find("3 of 3 were reached by the last run of this job, " + id.text()) == 0u, warning);
    // Whoever starts it all the same is told in the log.
    const auto again = create_run();
    resume(*work, again);
    BOOST_TEST(published.count("list.reached") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
