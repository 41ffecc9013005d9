#include "kinds/world.hpp"

#include "kinds/smm_order/settings.hpp"

BOOST_AUTO_TEST_SUITE(smm_order_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using stage = providers::panel_status::order_state;
using ledger::effect_state;
using ledger::run_state;

std::string job_with(const std::string& more = "", const std::string& service = "1",
                     const std::string& quantity = "1000")
{
    return "version: 1\nkind: smm.order\nbudget: {run: 5 USD}\naccount: panel\nservice: \"" + service +
           "\"\nquantity: \"" + quantity +
           "\"\nlink: https://example.com/p\nnotify: [{when: [partial, canceled, stalled, completed], to: ops}]\n" +
           more;
}

/// The job with one text of it replaced.
std::string with(std::string job, const std::string& text, const std::string& by)
{
    return job.replace(job.find(text), text.size(), by);
}

struct panel_world : world {
    panel_world() : panel(is_panel("panel")) {}
    void has_login(const std::string& name, const std::string& login)
    {
        account(name).identity = {"smmonayim-panel", "https://panel.example", login};
        account(name).identity_id = login;
    }
    fake_panel& panel;
    std::string moment(std::size_t n) { return notices().at(n).moment; }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(an_order_is_placed_once_and_followed_to_completion, panel_world)
{
    panel.answers = {status_of(stage::waiting, "Pending"), status_of(stage::working, "In progress", {}, 500),
                     status_of(stage::completed, "Completed", decimal::from_micros(900'000), 0)};
    const auto work = load(job_with());
    BOOST_TEST_REQUIRE((work != nullptr));
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(panel.taken.size() == 1u);
    const auto r = result_of(id);
    BOOST_TEST(r.at("order").as_string() == "23501");
    BOOST_TEST(r.at("status").as_string() == "Completed");
    BOOST_TEST(r.at("charge").as_string() == "0.90");
    BOOST_TEST(r.at("remains").as_int64() == 0);
    BOOST_TEST(r.at("currency").as_string() == "USD");
    BOOST_TEST(run_of(id).spent.text() == "0.90 USD");
    BOOST_TEST(moment(0) == "completed");
}

BOOST_FIXTURE_TEST_CASE(what_was_not_delivered_is_refunded, panel_world)
{
    panel.answers = {status_of(stage::partial, "Partial", decimal::from_micros(278'190), 157)};
    const auto work = load(job_with());
    auto id = create_run();
    auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(run_of(id).spent.amount == decimal::from_micros(278'190));
    BOOST_TEST(moment(0) == "partial");
    panel.answers = {status_of(stage::canceled, "Canceled", decimal::from_micros(900'000), 1000)};
    id = create_run();
    end = resume(*work, id);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST(run_of(id).spent.amount.zero());
    BOOST_TEST(moment(1) == "canceled");
}

BOOST_FIXTURE_TEST_CASE(an_order_that_does_not_move_is_told_once_and_given_up_in_time, panel_world)
{
    panel.answers = {status_of(stage::working, "In progress", {}, 500)};
    const auto work = load(job_with("track: {poll: {first: 1m, max: 5m}, stalled_after: 30m, give_up_after: 2h}\n"));
    const auto id = create_run();
    const auto end = resume(*work, id, 5h, 30s);
    BOOST_TEST((end->state == run_state::attention));
    BOOST_TEST(notices().size() == 1u);
    BOOST_TEST(moment(0) == "stalled");
    BOOST_TEST(attention().at(0).kind == "stalled");
}

BOOST_FIXTURE_TEST_CASE(silence_is_not_answered_by_a_second_order, panel_world)
{
    const auto work = load(job_with());
    panel.replies = {reply::lose_answer};
    auto id = create_run();
    auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::attention));
    BOOST_TEST(panel.taken.size() == 1u);

    pass(10min); // an order in doubt may be booked late, and blurs the balance until then
    resolve_entry(attention().at(0).id, effect_state::written_off, "write-off");
    account("panel").shared = false;
    panel.answers = {status_of(stage::completed, "Completed")};
    panel.replies = {reply::lose_request, reply::never_dispatch, reply::limit};
    id = create_run();
    end = resume(*work, id);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(panel.taken.size() == 2u);
    BOOST_TEST((effects_of(id).at(0).state == effect_state::not_executed));
}

BOOST_FIXTURE_TEST_CASE(the_panels_list_is_compared_before_anything_is_ordered, panel_world)
{
    struct row {
        std::string yaml, says;
    };
    for (const row& r : std::vector<row>{{job_with("", "9"), "no service"},
                                         {job_with("", "1", "49"), "50 to 10000"},
                                         {job_with("", "1", "10001"), "50 to 10000"},
                                         {job_with("", "2"), "comments"},
                                         {job_with("comments: [Nice, Wow]\n", "2"), "50 to 10000"},
                                         {job_with("max_cost: 0.89 USD\n"), "above max_cost"},
                                         {job_with("expect: {name: Likes}\n"), "Likes"},
                                         {job_with("expect: {rate: 0.89 USD/1000}\n"), "0.89"},
                                         {job_with("drip: {runs: 6, every: 60m}\n"), "budget"}}) {
        BOOST_TEST_CONTEXT(r.yaml)
        {
            const auto work = load(r.yaml);
            BOOST_TEST_REQUIRE((work != nullptr));
            const auto id = create_run();
            const auto end = resume(*work, id);
            BOOST_TEST((end->state == run_state::failed));
            BOOST_TEST(end->failure->message.find(r.says) != std::string::npos, end->failure->message);
        }
    }
    BOOST_TEST(panel.taken.empty());
    panel.answers = {status_of(stage::completed, "Completed")};
    panel.offered.at(1).min_quantity = 2;
    for (const char* comments : {"extra: {comments: [Nice, Wow]}\n", "comments: [Nice, Wow]\n"}) {
        const auto work = load(job_with(comments, "2"));
        const auto id = create_run();
        resume(*work, id);
        BOOST_TEST(panel.taken.back().extra.at("comments") == "Nice\nWow");
        BOOST_TEST(panel.taken.back().quantity == 0);
        BOOST_TEST(run_of(id).spent.text() == "0.0018 USD");
    }
}

BOOST_FIXTURE_TEST_CASE(what_the_panel_takes_beyond_the_reckoned_is_booked_and_told, panel_world)
{
    panel.answers = {status_of(stage::working, "In progress", decimal::from_integer(7), 500),
                     status_of(stage::completed, "Completed", decimal::from_integer(7), 0)};
    auto id = create_run();
    BOOST_TEST(
        (resume(*load(with(job_with(), "[partial", "[charge-mismatch, partial")), id)->state == run_state::succeeded));
    BOOST_TEST(run_of(id).spent.text() == "7.00 USD");
    BOOST_TEST(published.count("charge.mismatch") == 1u);
    BOOST_TEST(moment(0) == "charge-mismatch");
    BOOST_TEST(attention().empty());

    id = create_run();
    resume(*load(job_with("max_cost: 2 USD\n")), id);
    BOOST_TEST_REQUIRE(attention().size() == 1u);
    BOOST_TEST(attention()[0].kind == "charge");
    BOOST_TEST(attention()[0].evidence.find("charged 7.00 USD, but 0.90 USD were reckoned") != std::string::npos,
               attention()[0].evidence);
}

BOOST_FIXTURE_TEST_CASE(a_refund_that_the_balance_contradicts_goes_to_a_person, panel_world)
{
    account("panel").shared = false;
    const auto work = load(job_with());
    const auto canceled = status_of(stage::canceled, "Canceled", decimal::from_micros(900'000), 1000);
    int beats = 0;
    std::int64_t back = 0; // given back a minute after the order
    every_tick = [&] {
        if (++beats == 60)
            panel.left = panel.left + decimal::from_micros(back);
    };
    struct row {
        std::int64_t back;
        const char *spent, *says;
    };
    for (const row& r : {row{900'000, "0.00 USD", ""}, row{0, "0.90 USD", "0.00 USD"},
                         row{720'000, "0.18 USD", "the balance shows 0.72 USD"}}) {
        BOOST_TEST_CONTEXT(r.back)
        {
            pass(24h * 31); // no earlier order can be paid back any more
            beats = 0;
            back = r.back;
            const auto before = attention().size();
            panel.answers = {status_of(stage::working, "In progress"), canceled};
            const auto id = create_run();
            BOOST_TEST((resume(*work, id)->state == run_state::failed));
            BOOST_TEST(run_of(id).spent.text() == r.spent);
            BOOST_TEST(attention().size() == before + (*r.says ? 1u : 0u));
            if (*r.says)
                BOOST_TEST(attention().back().evidence.find(r.says) != std::string::npos, attention().back().evidence);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(an_unknown_word_ends_nothing_and_is_told_once, panel_world)
{
    panel.answers = {status_of(stage::unknown, "Завершен", {}, 70), status_of(stage::unknown, "Завершен", {}, 60),
                     status_of(stage::completed, "Completed", {}, 0)};
    const auto id = create_run();
    BOOST_TEST((resume(*load(job_with()), id)->state == run_state::succeeded));
    const auto warned = std::ranges::count_if(published.all, [](const events::event& e) {
        return e.severity == events::level::warning && e.message.find("Завершен") != std::string::npos;
    });
    BOOST_TEST(warned == 1);
}

BOOST_FIXTURE_TEST_CASE(nothing_is_ordered_where_the_balance_is_in_another_unit, panel_world)
{
    panel.offered.at(0).price->unit = "TRY"; // the balance is in USD
    const auto end = resume(*load(with(job_with(), "5 USD", "5 USD")), create_run());
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST(panel.taken.empty());
}

BOOST_FIXTURE_TEST_CASE(the_same_link_is_not_ordered_twice_at_once, panel_world)
{
    panel.answers = {status_of(stage::working, "In progress")};
    auto work = load(job_with());
    const auto first = create_run();
    BOOST_TEST(!resume(*work, first, 1min).has_value()); // goes on in the store
    pass(1s);
    const auto second = create_run();
    const auto end = resume(*work, second);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST((end->failure->code == errc::conflict));
    work = load(job_with("same_link: queue\n"));
    const auto third = create_run();
    BOOST_TEST(!resume(*work, third, 5min).has_value());
    BOOST_TEST(panel.taken.size() == 1u);
    panel.answers = {status_of(stage::completed, "Completed")};
    resume(*work, first);
    resume(*work, third);
    BOOST_TEST(panel.taken.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(a_link_is_the_same_however_it_is_spelt, panel_world)
{
    panel.answers = {status_of(stage::working, "In progress")};
    const auto ordering = load(job_with());
    BOOST_TEST(!resume(*ordering, create_run(), 1min).has_value());
    for (const char* link : {"HTTPS://Example.COM/p", "https://example.com:443/p", "https://example.com/p/",
                             "https://example.com/p?", "https://example.com/p/?#"})
        BOOST_TEST_CONTEXT(link)
        {
            pass(1s);
            const auto work = load(with(job_with(), "https://example.com/p", std::string("\"") + link + "\""));
            const auto end = resume(*work, create_run());
            BOOST_TEST_REQUIRE(end.has_value());
            BOOST_TEST((end->state == run_state::failed));
            BOOST_TEST((end->failure->code == errc::conflict));
        }
    BOOST_TEST(panel.taken.size() == 1u);
    panel.answers = {status_of(stage::completed, "Completed")};
    const auto other = load(with(job_with(), "https://example.com/p", "https://example.com/P"));
    BOOST_TEST((resume(*other, create_run())->state == run_state::succeeded));
    BOOST_TEST(panel.taken.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(two_names_of_one_login_order_a_link_once, panel_world)
{
    fake_panel& second = is_panel("second");
    has_login("panel", "me");
    has_login("second", "me");
    panel.answers = {status_of(stage::working, "In progress")};
    const auto ordering = load(job_with());
    BOOST_TEST(!resume(*ordering, create_run(), 1min).has_value());
    pass(1s);
    const auto work = load(with(job_with(), "account: panel", "account: second"));
    BOOST_TEST((resume(*work, create_run())->failure->code == errc::conflict));
    BOOST_TEST(second.taken.empty());
    has_login("second", "you"); // another wallet: another panel's order
    second.answers = {status_of(stage::completed, "Completed")};
    BOOST_TEST((resume(*work, create_run())->state == run_state::succeeded));
    BOOST_TEST(second.taken.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(another_sites_order_is_not_asked_for, panel_world)
{
    has_login("panel", "me");
    panel.answers = {status_of(stage::working, "In progress")};
    const auto work = load(job_with());
    int beats = 0;
    every_tick = [&] {
        if (++beats == 40)
            cancel_run();
    };
    BOOST_TEST((resume(*work, create_run())->state == run_state::cancelled));
    pass(1s);
    has_login("panel", "you"); // its order 23501 would be somebody else's, and "In progress"
    panel.answers = {status_of(stage::working, "In progress"), status_of(stage::completed, "Completed")};
    BOOST_TEST((resume(*work, create_run())->state == run_state::succeeded));
    BOOST_TEST(panel.taken.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(a_link_whose_order_is_in_attention_is_not_ordered_again, panel_world)
{
    auto work = load(job_with());
    panel.replies = {reply::lose_answer};
    const auto first = create_run();
    BOOST_TEST((resume(*work, first)->state == run_state::attention));
    pass(1s);
    const auto second = create_run();
    const auto end = resume(*work, second);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST((end->failure->code == errc::conflict));
    BOOST_TEST(end->failure->message.find("resolve " + attention().at(0).id) != std::string::npos,
               end->failure->message);
    BOOST_TEST(panel.taken.size() == 1u);
    work = load(job_with("same_link: queue\n"));
    const auto third = create_run();
    BOOST_TEST(!resume(*work, third, 5min).has_value());
    BOOST_TEST(panel.taken.size() == 1u);
    resolve_entry(attention().at(0).id, effect_state::written_off, "write-off");
    panel.answers = {status_of(stage::completed, "Completed")};
    BOOST_TEST((resume(*work, third)->state == run_state::succeeded));
    BOOST_TEST(panel.taken.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(an_order_that_a_cancelled_run_left_behind_is_seen_until_the_panel_has_ended_it, panel_world)
{
    panel.answers = {status_of(stage::working, "In progress")};
    auto work = load(job_with());
    int beats = 0;
    every_tick = [&] {
        if (++beats == 40)
            cancel_run();
    };
    BOOST_TEST((resume(*work, create_run())->state == run_state::cancelled));
    pass(1s);
    const auto refused = resume(*work, create_run());
    BOOST_TEST((refused->state == run_state::failed));
    BOOST_TEST((refused->failure->code == errc::conflict));
    BOOST_TEST(refused->failure->message.find("order 23501") != std::string::npos, refused->failure->message);
    panel.answers.clear(); // it does not tell
    BOOST_TEST((resume(*work, create_run())->state == run_state::failed));
    BOOST_TEST(panel.taken.size() == 1u);

    panel.answers = {status_of(stage::working, "In progress")};
    work = load(job_with("same_link: queue\n"));
    const auto waiting = create_run();
    BOOST_TEST(!resume(*work, waiting, 5min).has_value());
    BOOST_TEST(panel.taken.size() == 1u);
    panel.answers = {status_of(stage::completed, "Completed")};
    BOOST_TEST((resume(*work, waiting)->state == run_state::succeeded));
    BOOST_TEST(panel.taken.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(a_cancelled_run_says_what_goes_on, panel_world)
{
    panel.answers = {status_of(stage::working, "In progress", {}, 500)};
    int beats = 0;
    every_tick = [&] {
        if (++beats == 40)
            cancel_run();
    };
    const auto end = resume(*load(job_with()), create_run());
    BOOST_TEST((end->state == run_state::cancelled));
    BOOST_TEST(
        end->failure->message ==
        "the run is cancelled, but order 23501 goes on at the panel: In progress, 500 remain; 0.90 USD are paid");
}

BOOST_FIXTURE_TEST_CASE(an_order_that_the_panel_forgot_frees_its_link_and_is_told, panel_world)
{
    panel.answers = {status_of(stage::working, "In progress")};
    const auto work = load(job_with());
    int beats = 0;
    every_tick = [&] {
        if (++beats == 40)
            cancel_run();
    };
    BOOST_TEST((resume(*work, create_run())->state == run_state::cancelled));
    pass(1s);
    panel.unknown_orders = {"23501"};
    panel.answers = {status_of(stage::completed, "Completed")};
    BOOST_TEST((resume(*work, create_run())->state == run_state::succeeded));
    BOOST_TEST(panel.taken.size() == 2u);
    BOOST_TEST(published.count("orders.forgotten") == 1u);
}

BOOST_AUTO_TEST_CASE(an_order_is_seen_however_many_other_runs_came_after_it)
{
    constexpr int many = 450; // more than two pages
    for (const bool cancelled : {false, true}) {
        BOOST_TEST_CONTEXT("cancelled " << cancelled)
        {
            panel_world w;
            w.panel.answers = {status_of(stage::working, "In progress")};
            const auto work = w.load(job_with());
            int beats = 0;
            w.every_tick = [&] {
                if (cancelled && ++beats == 40)
                    w.cancel_run();
            };
            const auto first = w.create_run();
            BOOST_TEST(w.resume(*work, first, 1min).has_value() == cancelled);
            w.pass(1s);
            for (int n = 0; n < many; ++n) {
                ledger::update_run state(w.create_run());
                if (cancelled)
                    state.state = run_state::cancelled;
                w.commit({std::move(state)});
            }
            w.pass(1s);
            const auto end = w.resume(*work, w.create_run());
            BOOST_TEST_REQUIRE(end.has_value());
            BOOST_TEST((end->state == run_state::failed));
            BOOST_TEST(end->failure->message.find(first.text()) != std::string::npos, end->failure->message);
            BOOST_TEST(w.panel.taken.size() == 1u);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_run_that_waited_long_sees_an_order_of_a_later_one, panel_world)
{
    panel.answers = {status_of(stage::working, "In progress")};
    const auto work = load(job_with());
    const auto waited = create_run();
    pass(1s);
    BOOST_TEST(!resume(*work, create_run(), 1min).has_value()); // goes on in the store
    const auto end = resume(*work, waited);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST((end->failure->code == errc::conflict));
    BOOST_TEST(panel.taken.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(an_order_that_the_panel_knows_although_it_was_thought_lost_goes_to_a_person, panel_world)
{
    account("panel").shared = false;
    const auto work = load(job_with());
    panel.replies = {reply::lose_request, reply::refuse};
    panel.refusal = error(errc::duplicate, "You have active order with this link", reach::answered);
    const auto end = resume(*work, create_run());
    BOOST_TEST((end->state == run_state::attention));
    BOOST_TEST((end->failure->code == errc::ambiguous));
}

BOOST_FIXTURE_TEST_CASE(the_balances_are_kept_with_an_order_whose_number_is_lost, panel_world)
{
    account("panel").shared = false;
    const auto work = load(job_with());
    panel.replies = {reply::lose_answer};
    const auto id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::attention));
    BOOST_TEST((effect_of(id).state == effect_state::orphaned));
    BOOST_TEST_REQUIRE(attention().size() == 1u);
    BOOST_TEST(attention()[0].kind == "orphaned");
    const std::string evidence = attention()[0].evidence;
    BOOST_TEST(evidence.find("the balance was 50.00 USD and is 49.10 USD, 0.90 USD less") != std::string::npos,
               evidence);
}

BOOST_AUTO_TEST_CASE(after_a_crash_at_any_commit_at_most_one_order_is_placed)
{
    for (const bool after : {false, true})
        for (int n = 1;; ++n) {
            BOOST_TEST_REQUIRE(n < 40);
            panel_world w;
            w.panel.answers = {status_of(stage::working, "In progress"), status_of(stage::completed, "Completed")};
            const auto work = w.load(job_with());
            const auto id = w.create_run();
            w.crashing.crash_at = n;
            w.crashing.after = after;
            auto end = w.resume(*work, id);
            const bool died = w.has_crashed;
            if (died) {
                w.crashing.crash_at = 0;
                w.recover();
                end = w.resume(*work, id);
            }
            BOOST_TEST_CONTEXT("commit " << n << (after ? " after" : " before"))
            {
                BOOST_TEST_REQUIRE(end.has_value());
                BOOST_TEST(w.panel.taken.size() <= 1u);
                const bool unsure = !w.attention().empty();
                BOOST_TEST((end->state == (unsure ? run_state::attention : run_state::succeeded)));
            }
            if (!died)
                break;
        }
}

BOOST_AUTO_TEST_CASE(rates_are_read_with_and_without_the_thousand)
{
    using kinds::smm::parse_rate;
    BOOST_TEST(parse_rate("0.95 USD/1000")->text() == "0.95 USD");
    BOOST_TEST(parse_rate("0.95 USD")->text() == "0.95 USD");
    BOOST_TEST(!parse_rate("cheap").has_value());
    BOOST_TEST(!parse_rate("-1 USD/1000").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
