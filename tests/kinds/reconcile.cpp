// What is found out about purchases that nobody answered, and what stays open for a person.
#include "kinds/world.hpp"

#include <algorithm>

BOOST_AUTO_TEST_SUITE(reconcile_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::effect_state;
using ledger::run_state;

const std::string otp_job = R"(version: 1
kind: otp.acquire
budget: {run: 40 TRY}
candidates: [{account: numbers, service: "3"}]
)";

struct reconcile_world : world {
    reconcile_world() : numbers(sells_numbers("numbers")) {}

    void own_account() { account("numbers").shared = false; }
    std::size_t ordered() const
    {
        return static_cast<std::size_t>(std::ranges::count(numbers.calls, std::string("order 3")));
    }
    /// A run that was stopped while it held a number.
    run_id holding()
    {
        const auto id = create_run();
        BOOST_TEST(!resume(*work, id, 10s).has_value());
        pass(1s);
        return id;
    }
    bool says(const std::string& text, const std::string& part)
    {
        const bool there = text.find(part) != std::string::npos;
        BOOST_TEST(there, "\"" << part << "\" is not in: " << text);
        return there;
    }

    /// Of another service, so that they cannot be taken for ours.
    void others_buy(int many)
    {
        for (int i = 0; i < many; ++i)
            numbers.sold.push_back(
                {.id = std::to_string(numbers.next_id++), .service = "9", .created = clock.wall_now()});
    }

    /// Numbers of another job, long settled.
    void bought_long_ago(int many)
    {
        for (int n = 0; n < many; ++n) {
            ledger::intend book;
            book.effect.id = effect_id("OLD" + std::to_string(n));
            book.effect.step = book.effect.id.text();
            book.effect.account = "numbers";
            book.effect.operation = "number.order";
            book.effect.intended_at = clock.wall_now() - 48h;
            ledger::move_effect left(book.effect.id, effect_state::dispatched);
            ledger::move_effect done(book.effect.id, effect_state::accepted);
            done.provider_ref = "old" + std::to_string(n);
            left.at = done.at = book.effect.intended_at;
            commit({std::move(book), std::move(left), std::move(done)});
        }
    }

    /// Another run's purchase of the same, sent now, and its order in the provider's list.
    effect_id other(const std::string& ref, const ledger::effect_record& like, effect_state until)
    {
        ledger::intend book;
        book.effect.account = like.account;
        book.effect.operation = like.operation;
        book.effect.digest = like.digest;
        book.effect.expected = like.expected;
        book.effect.step = like.step;
        book.effect.id = effect_id("ZZ" + ref);
        book.effect.run = its_run = create_run();
        book.effect.intended_at = clock.wall_now();
        ledger::move_effect left(book.effect.id, effect_state::dispatched), done(book.effect.id, until);
        left.at = done.at = clock.wall_now();
        if (until == effect_state::accepted)
            done.provider_ref = ref;
        numbers.sold.push_back({.id = ref, .created = clock.wall_now() + 3ms});
        const auto id = book.effect.id;
        commit({std::move(book), std::move(left), std::move(done)});
        return id;
    }

    run_id its_run{};
    fake_numbers& numbers;
    std::shared_ptr<const kinds::prepared_job> work = load(otp_job);
};

} // namespace

// after = before - charges + refunds - x: a refund as high as the price makes a paid order look unpaid.
BOOST_FIXTURE_TEST_CASE(a_refund_of_another_number_does_not_make_a_paid_order_look_unpaid, reconcile_world)
{
    own_account();
    holding();
    numbers.replies = {reply::lose_answer};
    numbers.on_order = [this] { numbers.money_left = numbers.money_left + decimal::from_integer(8); };
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::attention));
    BOOST_TEST(ordered() == 2u);
    BOOST_TEST(numbers.orders == 2);
    BOOST_TEST_REQUIRE(attention().size() == 1u);
    says(attention()[0].evidence, "it did not move");
    says(attention()[0].evidence, "may have come back");
}

BOOST_FIXTURE_TEST_CASE(a_number_that_ended_just_now_may_still_be_paid_back, reconcile_world)
{
    own_account();
    const auto first = create_run();
    BOOST_TEST((resume(*work, first)->state == run_state::failed)); // no code: given back
    pass(1s);
    numbers.replies = {reply::lose_request};
    BOOST_TEST((resume(*work, create_run())->state == run_state::attention));
    pass(10min);
    numbers.replies = {reply::lose_request};
    BOOST_TEST(attention().size() == 1u);
    resolve_entry(attention()[0].id, effect_state::written_off, "write-off");
    const auto last = create_run();
    BOOST_TEST((resume(*work, last)->state == run_state::failed));
    BOOST_TEST((effect_of(last).state == effect_state::not_executed));
}

BOOST_FIXTURE_TEST_CASE(the_balances_are_kept_with_a_number_whose_id_is_lost, reconcile_world)
{
    own_account();
    numbers.replies = {reply::lose_answer};
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::attention));
    BOOST_TEST_REQUIRE(attention().size() == 1u);
    const auto open = attention()[0];
    BOOST_TEST(open.kind == "orphaned");
    BOOST_TEST(open.account == "numbers");
    BOOST_TEST(open.amount.text() == "8.00 TRY");
    says(open.evidence, "the balance was 100.00 TRY and is 92.00 TRY, 8.00 TRY less; 8.00 TRY were to be paid");
    says(open.evidence, "id is lost");
    says(effect_of(id).evidence, "92.00 TRY");
    BOOST_TEST((effect_of(id).state == effect_state::orphaned));
    BOOST_TEST(numbers.orders == 1);
}

// Between the reading of the purchases and of their runs one of them takes its order.
BOOST_FIXTURE_TEST_CASE(an_order_is_not_taken_from_one_of_several_while_another_is_settled, reconcile_world)
{
    numbers.lists = true;
    numbers.replies = {reply::lose_request};
    const auto mine = create_run();
    int beats = 0;
    effect_id second{};
    run_id run_of_first{};
    every_tick = [&] {
        if (++beats != 1)
            return;
        const auto like = effect_of(mine);
        other("299", like, effect_state::accepted);
        pass(10ms);
        other("300", like, effect_state::ambiguous);
        run_of_first = its_run;
        pass(10ms);
        second = other("301", like, effect_state::ambiguous);
    };
    crashing.before_run = [&, settled = false](const run_id& id) mutable {
        ledger::batch all;
        if (settled || run_of_first.empty() || id != run_of_first)
            return all;
        settled = true;
        ledger::move_effect taken(second, effect_state::accepted);
        taken.provider_ref = "301";
        all.push_back(std::move(taken));
        account("numbers").reconciled->insert(second.text());
        return all;
    };
    resume(*work, mine, 5s);
    BOOST_TEST(effect_of(mine).provider_ref == "");
    BOOST_TEST((effect_of(mine).state == effect_state::ambiguous));
}

BOOST_FIXTURE_TEST_CASE(what_was_settled_long_ago_is_not_read_again_for_a_doubt, reconcile_world)
{
    constexpr int many = 300;
    bought_long_ago(many);
    numbers.on_poll = [](sold_number& n) {
        n.what = sold_number::code;
        n.text = "110547";
    };
    for (const bool lists : {false, true}) {
        own_account();
        numbers.lists = lists;
        numbers.replies = {reply::lose_request};
        crashing.effects_read = 0;
        const auto id = create_run();
        resume(*work, id);
        BOOST_TEST((effect_of(id).state == effect_state::not_executed));
        BOOST_TEST(crashing.effects_read < std::size_t(many));
        pass(2h);
    }
}

BOOST_FIXTURE_TEST_CASE(of_a_shared_account_the_balances_are_a_hint_and_settle_nothing, reconcile_world)
{
    for (const reply f : {reply::lose_answer, reply::lose_request}) {
        numbers.replies = {f};
        const auto id = create_run();
        const auto end = resume(*work, id);
        BOOST_TEST((end->state == run_state::attention));
        BOOST_TEST((effect_of(id).state == effect_state::ambiguous));
        const auto open = attention();
        const auto mine = std::ranges::find(open, id, &ledger::attention_record::run);
        BOOST_TEST_REQUIRE((mine != open.end()));
        BOOST_TEST(mine->kind == "ambiguous");
        says(mine->evidence, f == reply::lose_answer ? "8.00 TRY less" : "it did not move");
        says(mine->evidence, "proves nothing");
        pass(1s);
    }
    BOOST_TEST(ordered() == 2u);
}

BOOST_FIXTURE_TEST_CASE(another_purchase_at_the_same_time_makes_the_balance_useless, reconcile_world)
{
    own_account();
    numbers.replies = {reply::lose_request};
    const auto id = create_run();
    int beats = 0;
    every_tick = [&] {
        if (++beats != 20)
            return;
        ledger::intend other; // somebody else of ours spends, and gets a refusal
        other.effect.id = effect_id("OTHER");
        other.effect.step = "number/1";
        other.effect.job = "other";
        other.effect.account = "numbers";
        other.effect.operation = "number.order";
        other.effect.expected = money(decimal::from_integer(8), "TRY");
        other.effect.intended_at = clock.wall_now();
        ledger::batch changes;
        changes.push_back(other);
        commit(std::move(changes));
    };
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::attention));
    says(attention().at(0).evidence, "other purchases moved it too");
    BOOST_TEST(ordered() == 1u);
}

// reliability 2.6: the balances of doubtful accounts are read before any new costly call there.
BOOST_FIXTURE_TEST_CASE(after_a_restart_nobody_buys_before_a_doubt_there_was_looked_into, reconcile_world)
{
    own_account();
    numbers.replies = {reply::lose_request};
    const auto doubtful = create_run();
    BOOST_TEST(!resume(*work, doubtful, 5s).has_value());
    BOOST_TEST((effect_of(doubtful).state == effect_state::ambiguous));
    account("numbers").reconciled->clear(); // the process is a new one
    pass(1s);
    const auto other = create_run();
    BOOST_TEST(!resume(*work, other, 200s).has_value());
    BOOST_TEST(ordered() == 1u);
    BOOST_TEST(effects_of(other).empty());

    account("numbers").reconciled->clear();
    numbers.on_poll = [](sold_number& n) {
        n.what = sold_number::code;
        n.text = "4711";
    };
    BOOST_TEST((resume(*work, doubtful)->state == run_state::succeeded));
    BOOST_TEST((effect_of(doubtful).state == effect_state::not_executed));
    BOOST_TEST((resume(*work, other)->state == run_state::succeeded));
    BOOST_TEST(numbers.orders == 2);
}

BOOST_FIXTURE_TEST_CASE(a_doubt_that_nobody_looks_into_does_not_stop_an_account_for_ever, reconcile_world)
{
    own_account();
    numbers.replies = {reply::lose_request};
    const auto doubtful = create_run();
    BOOST_TEST(!resume(*work, doubtful, 5s).has_value());
    account("numbers").reconciled->clear();
    pass(1s);
    numbers.on_poll = [](sold_number& n) {
        n.what = sold_number::code;
        n.text = "4711";
    };
    BOOST_TEST((resume(*work, create_run(), 10min)->state == run_state::succeeded));
}

BOOST_FIXTURE_TEST_CASE(a_person_who_is_faster_than_the_evidence_is_not_overruled, reconcile_world)
{
    for (const bool listing : {false, true}) {
        numbers.lists = listing;
        own_account();
        numbers.replies = {reply::lose_request};
        const auto id = create_run();
        int beats = 0;
        every_tick = [&] {
            if (++beats == 20)
                resolve_entry(effect_of(id).id.text(), effect_state::not_executed, "not-done");
        };
        const auto end = resume(*work, id);
        BOOST_TEST((end->state == run_state::attention)); // the engine makes of it what the person said
        BOOST_TEST((effect_of(id).state == effect_state::not_executed));
        BOOST_TEST(effects_of(id).size() == 1u);
        pass(10min);
    }
    BOOST_TEST(ordered() == 2u);
}

BOOST_FIXTURE_TEST_CASE(an_order_that_only_a_person_knows_of_is_never_asked_about, reconcile_world)
{
    numbers.replies = {reply::lose_answer};
    const auto id = create_run();
    BOOST_TEST(!resume(*work, id, 1s).has_value()); // stopped while it looks for evidence
    resolve_entry(effect_of(id).id.text(), effect_state::accepted, "done");
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::attention));
    for (const std::string& call : numbers.calls)
        BOOST_TEST(call == "order 3");
}

BOOST_FIXTURE_TEST_CASE(an_order_from_before_is_not_taken_for_the_lost_one, reconcile_world)
{
    numbers.lists = true;
    sold_number strangers;
    strangers.id = "99";
    strangers.created = clock.wall_now() - 1min;
    numbers.sold.push_back(strangers);
    numbers.replies = {reply::lose_answer};
    numbers.on_poll = [](sold_number& n) {
        n.what = sold_number::code;
        n.text = n.id == "100" ? "4711" : "stranger";
    };
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(result_of(id).at("code").as_string() == "4711");
    BOOST_TEST(result_of(id).at("number_id").as_string() == "100");
    BOOST_TEST(numbers.orders == 1);
}

BOOST_FIXTURE_TEST_CASE(a_lost_order_beside_that_of_another_user_is_left_to_a_person, reconcile_world)
{
    numbers.lists = true;
    numbers.replies = {reply::lose_answer};
    numbers.on_order = [this] {
        sold_number strangers;
        strangers.id = "500";
        strangers.created = clock.wall_now();
        numbers.sold.push_back(strangers);
    };
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::attention));
    BOOST_TEST_REQUIRE(attention().size() == 1u);
    says(attention()[0].evidence, "more than we asked for");
    says(attention()[0].evidence, "500");
    for (const std::string& call : numbers.calls)
        BOOST_TEST(!call.starts_with("poll"));
}

BOOST_FIXTURE_TEST_CASE(a_whole_list_without_it_and_a_balance_that_stood_prove_that_nothing_was_bought, reconcile_world)
{
    numbers.lists = true;
    own_account();
    numbers.replies = {reply::lose_request};
    numbers.on_poll = [](sold_number& n) {
        n.what = sold_number::code;
        n.text = "4711";
    };
    const auto id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::succeeded));
    BOOST_TEST((effect_of(id).state == effect_state::not_executed));
    BOOST_TEST(numbers.orders == 1);

    pass(10min);
    account("numbers").shared = true; // its balance moves for many reasons, but its list shows what everybody bought
    numbers.replies = {reply::lose_request};
    const auto other = create_run();
    BOOST_TEST((resume(*work, other)->state == run_state::succeeded));
    BOOST_TEST((effect_of(other).state == effect_state::not_executed));
    BOOST_TEST(numbers.orders == 2);
}

BOOST_FIXTURE_TEST_CASE(a_list_that_could_not_be_read_at_the_end_proves_nothing, reconcile_world)
{
    numbers.lists = true;
    numbers.replies = {reply::lose_request};
    int looks = 0;
    numbers.on_list = [&] { numbers.list_fails = ++looks == 5 ? 1 : 0; }; // the first is before the purchase
    const auto id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::attention));
    BOOST_TEST(numbers.orders == 0);
    says(attention().at(0).evidence, "does not show it");
}

BOOST_FIXTURE_TEST_CASE(a_balance_that_fell_by_the_price_gainsays_the_list, reconcile_world)
{
    numbers.lists = true;
    own_account();
    numbers.replies = {reply::lose_request};
    numbers.on_order = [this] { numbers.money_left = numbers.money_left - decimal::from_integer(8); };
    const auto id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::attention));
    says(attention().at(0).evidence, "does not show it");
}

BOOST_FIXTURE_TEST_CASE(a_list_is_read_back_to_what_was_there_before_the_purchase, reconcile_world)
{
    numbers.lists = true;
    numbers.page = 20;
    others_buy(30);
    numbers.replies = {reply::lose_answer};
    int looks = 0;
    numbers.on_list = [&] { others_buy(++looks == 2 ? 50 : 0); }; // so that ours is on the third page
    numbers.on_poll = [](sold_number& n) {
        n.what = sold_number::code;
        n.text = "4711";
    };
    const auto id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::succeeded));
    BOOST_TEST(attention().empty());
}

BOOST_FIXTURE_TEST_CASE(a_list_that_comes_back_settles_it_late, reconcile_world)
{
    numbers.lists = true;
    numbers.replies = {reply::lose_answer};
    numbers.on_order = [this] { numbers.list_fails = 3; };
    numbers.on_poll = [](sold_number& n) {
        n.what = sold_number::code;
        n.text = "4711";
    };
    const auto id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::succeeded));
    BOOST_TEST(published.count("provider.error") == 2u); // the order without an answer, and the list
    BOOST_TEST(attention().empty());
}

BOOST_FIXTURE_TEST_CASE(a_code_that_is_said_to_be_here_and_is_not_shown_is_waited_for_three_looks_more, reconcile_world)
{
    int looks = 0;
    numbers.on_poll = [&](sold_number& n) {
        n.what = ++looks == 4 ? sold_number::code : sold_number::hidden;
        n.text = "4711";
    };
    auto id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::succeeded));
    BOOST_TEST(result_of(id).at("code").as_string() == "4711");

    pass(1s);
    numbers.on_poll = [](sold_number& n) { n.what = sold_number::hidden; };
    numbers.polls = 0;
    id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::attention));
    BOOST_TEST(numbers.polls == 4);
    BOOST_TEST(numbers.cancels_asked == 0);
    BOOST_TEST_REQUIRE(attention().size() == 1u);
    BOOST_TEST(attention()[0].kind == "code-unreadable");
    BOOST_TEST(attention()[0].amount.text() == "8.00 TRY");
    BOOST_TEST(published.count("number.refund-missing") == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_yes_after_the_window_is_no_refund_until_it_is_seen, reconcile_world)
{
    numbers.cancel_answers.assign(9, "no");
    const auto id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::attention));
    BOOST_TEST(run_of(id).spent.text() == "8.00 TRY");
    BOOST_TEST(attention().at(0).kind == "refund-missing");

    pass(10min);
    own_account();
    numbers.cancel_answers.assign(9, "no");
    const auto seen = create_run();
    BOOST_TEST((resume(*work, seen)->state == run_state::failed));
    BOOST_TEST(run_of(seen).spent.text() == "0.00 TRY");
}

BOOST_FIXTURE_TEST_CASE(calls_that_fail_are_told_once_for_each_time_that_they_begin_to, reconcile_world)
{
    const auto id = create_run();
    int beats = 0;
    every_tick = [&] {
        ++beats;
        const bool away = (beats >= 20 && beats < 80) || (beats >= 120 && beats < 160);
        numbers.poll_fails.message = away ? "no connection" : "";
    };
    resume(*work, id);
    std::size_t polls = 0;
    for (const auto& e : published.all)
        if (e.name == "provider.error" && e.data.contains("call") && e.data.at("call").as_string() == "number.poll") {
            ++polls;
            BOOST_TEST(e.account == "numbers");
            BOOST_TEST(e.run == id.text());
        }
    BOOST_TEST(polls == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
