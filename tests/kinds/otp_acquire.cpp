#include "kinds/world.hpp"

#include <boost/json/serialize.hpp>

#include "kinds/otp_acquire/settings.hpp"

BOOST_AUTO_TEST_SUITE(otp_acquire_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::effect_state;
using ledger::run_state;

const std::string one_account = R"(version: 1
kind: otp.acquire
budget: {run: 20 TRY}
notify: [{when: [refund-missing, budget-hit], to: ops}]
candidates: [{account: numbers, service: "3"}]
)";
const std::string two_accounts = R"(version: 1
kind: otp.acquire
budget: {run: 20 TRY}
candidates: [{account: numbers, service: "3"}, {account: second, service: "4"}]
)";

std::string plus(std::string yaml, const std::string& line)
{
    return std::move(yaml) + line + "\n";
}

/// After so many looks the code is there.
std::function<void(sold_number&)> code_at_look(int look, std::string code)
{
    auto left = std::make_shared<int>(look);
    return [left, code](sold_number& n) {
        if (--*left <= 0 && n.what == sold_number::waiting) {
            n.what = sold_number::code;
            n.text = code;
        }
    };
}

struct otp_world : world {
    otp_world() : numbers(sells_numbers("numbers")) {}
    fake_numbers& numbers;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_code_is_delivered_with_its_number_and_price, otp_world)
{
    const auto work = load(one_account);
    BOOST_TEST_REQUIRE((work != nullptr));
    numbers.on_poll = code_at_look(3, "110547");
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST_REQUIRE(end.has_value());
    BOOST_TEST((end->state == run_state::succeeded));
    const auto r = result_of(id);
    BOOST_TEST(r.at("code").as_string() == "110547");
    BOOST_TEST(r.at("number").as_string() == "+65789654123");
    BOOST_TEST(r.at("number_id").as_string() == "100");
    BOOST_TEST(r.at("account").as_string() == "numbers");
    BOOST_TEST(r.at("price").as_string() == "8.00");
    BOOST_TEST(!r.at("late").as_bool());
    BOOST_TEST(run_of(id).spent.text() == "8.00 TRY");
    BOOST_TEST(numbers.orders == 1);
    BOOST_TEST(published.count("number.ordered") == 1u);
    BOOST_TEST(published.count("number.code") == 1u);
    for (const auto& e : published.all) {
        BOOST_TEST(e.message.find("110547") == std::string::npos);
        BOOST_TEST(json::serialize(e.data).find("110547") == std::string::npos);
        BOOST_TEST(json::serialize(e.data).find("789654") == std::string::npos);
    }
}

BOOST_FIXTURE_TEST_CASE(zeros_that_a_number_lost_on_the_way_come_back, otp_world)
{
    const auto work = load(plus(one_account, "length: 6"));
    numbers.on_poll = [](sold_number& n) {
        n.what = sold_number::code;
        n.text = "547";
        n.numeric = true;
    };
    const auto id = create_run();
    resume(*work, id);
    BOOST_TEST(result_of(id).at("code").as_string() == "000547");
}

BOOST_FIXTURE_TEST_CASE(without_a_code_the_number_is_given_back_and_the_run_has_failed, otp_world)
{
    const auto work = load(one_account);
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST((end->failure->code == errc::timed_out));
    BOOST_TEST(numbers.cancels_asked == 1);
    BOOST_TEST(run_of(id).spent.text() == "0.00 TRY");
    BOOST_TEST(numbers.money_left == decimal::from_integer(100));
    BOOST_TEST(attention().empty());
    BOOST_TEST(numbers.calls.at(numbers.calls.size() - 2) == "cancel 100");
    BOOST_TEST(numbers.calls.back() == "poll 100");
}

BOOST_FIXTURE_TEST_CASE(a_refused_cancel_is_repeated_and_an_sms_that_wins_is_delivered_late, otp_world)
{
    const auto work = load(one_account);
    numbers.cancel_answers = {"no", "no"};
    numbers.on_poll = [&](sold_number& n) {
        if (numbers.cancels_asked == 2 && n.what == sold_number::waiting) {
            n.what = sold_number::code;
            n.text = "4711";
        }
    };
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(result_of(id).at("late").as_bool());
    BOOST_TEST(run_of(id).spent.text() == "8.00 TRY");
    BOOST_TEST(numbers.cancels_asked == 2);
}

BOOST_FIXTURE_TEST_CASE(a_cancel_whose_answer_is_lost_counts_once_the_provider_shows_it, otp_world)
{
    const auto work = load(one_account);
    numbers.cancel_answers = {"lost"};
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST(numbers.cancels_asked == 1);
    BOOST_TEST(run_of(id).spent.text() == "0.00 TRY");
}

BOOST_FIXTURE_TEST_CASE(a_refund_that_nobody_confirms_is_told_with_the_price_at_risk, otp_world)
{
    const auto work = load(one_account);
    numbers.cancel_answers.assign(200, "no");
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::attention));
    const auto open = attention();
    BOOST_TEST_REQUIRE(open.size() == 1u);
    BOOST_TEST(open[0].kind == "refund-missing");
    BOOST_TEST(open[0].amount.text() == "8.00 TRY");
    BOOST_TEST(open[0].id == effects_of(id).at(0).id.text());
    BOOST_TEST(published.count("number.refund-missing") == 1u);
    const auto sent = notices();
    BOOST_TEST_REQUIRE(sent.size() == 1u);
    const auto body = json::parse(sent[0].body).as_object();
    BOOST_TEST(body.at("event").as_string() == "refund-missing");
    BOOST_TEST(body.at("run").as_string() == id.text());
    BOOST_TEST(body.at("id").as_string() == sent[0].id.text());
    BOOST_TEST(run_of(id).spent.text() == "8.00 TRY");
}

BOOST_FIXTURE_TEST_CASE(a_cancel_that_was_confirmed_without_a_refund_shows_in_the_balance, otp_world)
{
    account("numbers").shared = false;
    const auto work = load(one_account);
    numbers.cancel_answers = {"ok-unrefunded"};
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::attention));
    BOOST_TEST(attention().at(0).kind == "refund-missing");
}

BOOST_FIXTURE_TEST_CASE(a_person_cancels_and_gets_the_money_back, otp_world)
{
    const auto work = load(one_account);
    const auto id = create_run();
    int beats = 0;
    every_tick = [&] {
        if (++beats == 20)
            cancel_run();
    };
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::cancelled));
    BOOST_TEST(numbers.cancels_asked == 1);
    BOOST_TEST(run_of(id).spent.text() == "0.00 TRY");
    BOOST_TEST(beats < 60);
}

BOOST_FIXTURE_TEST_CASE(a_stop_leaves_the_number_in_the_store_and_the_next_start_goes_on, otp_world)
{
    const auto work = load(one_account);
    const auto id = create_run();
    auto end = resume(*work, id, 10s); // leaves by a stop
    BOOST_TEST(!end.has_value());
    BOOST_TEST(numbers.cancels_asked == 0);
    numbers.on_poll = code_at_look(1, "4711");
    pass(60s);
    end = resume(*work, id);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(numbers.orders == 1);
}

BOOST_FIXTURE_TEST_CASE(another_candidate_is_tried_after_a_refusal_and_never_after_silence, otp_world)
{
    fake_numbers& second = sells_numbers("second");
    second.next_id = 500;
    const auto work = load(two_accounts);
    numbers.replies = {reply::refuse};
    second.on_poll = code_at_look(1, "4711");
    auto id = create_run();
    auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(result_of(id).at("account").as_string() == "second");

    numbers.replies = {reply::lose_answer};
    second.orders = 0;
    id = create_run();
    end = resume(*work, id);
    BOOST_TEST((end->state == run_state::attention));
    BOOST_TEST(second.orders == 0);
    BOOST_TEST(numbers.orders == 1);
    BOOST_TEST(attention().at(0).kind == "ambiguous");
    BOOST_TEST((effects_of(id).at(0).state == effect_state::ambiguous));
}

BOOST_FIXTURE_TEST_CASE(a_lost_order_is_found_in_the_providers_list, otp_world)
{
    numbers.lists = true;
    const auto work = load(one_account);
    numbers.replies = {reply::lose_answer};
    numbers.on_poll = code_at_look(1, "4711");
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(numbers.orders == 1);
    BOOST_TEST(attention().empty());
    BOOST_TEST((effects_of(id).at(0).state == effect_state::accepted));
    BOOST_TEST(published.count("effect.reconciled") == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_balance_that_did_not_move_proves_that_nothing_was_bought, otp_world)
{
    account("numbers").shared = false;
    const auto work = load(one_account);
    numbers.replies = {reply::lose_request};
    numbers.on_poll = code_at_look(1, "4711");
    auto id = create_run();
    auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(numbers.orders == 1);
    BOOST_TEST((effects_of(id).at(0).state == effect_state::not_executed));
    BOOST_TEST(attention().empty());

    pass(1s); // purchases of the same millisecond would blur the balance
    numbers.replies = {reply::lose_answer};
    id = create_run();
    end = resume(*work, id);
    BOOST_TEST((end->state == run_state::attention));
    BOOST_TEST((effects_of(id).at(0).state == effect_state::orphaned));
}

BOOST_FIXTURE_TEST_CASE(calls_that_never_left_are_tried_again_and_then_given_up, otp_world)
{
    const auto work = load(one_account);
    numbers.replies = {reply::never_dispatch, reply::drop_before, reply::limit};
    numbers.on_poll = code_at_look(1, "4711");
    auto id = create_run();
    auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(numbers.orders == 1);

    numbers.replies.assign(50, reply::never_dispatch);
    id = create_run();
    end = resume(*work, id);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST((end->failure->code == errc::connect_failed));
    BOOST_TEST(run_of(id).spent.amount.zero());
}

BOOST_FIXTURE_TEST_CASE(price_and_stock_are_looked_at_before_anything_is_bought, otp_world)
{
    const std::string capped = R"(version: 1
kind: otp.acquire
budget: {run: 20 TRY}
candidates: [{account: numbers, service: "3", max_price: 7.99 TRY}]
)";
    auto work = load(capped);
    auto id = create_run();
    auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST(end->failure->message.find("max_price") != std::string::npos);
    numbers.price.reset();
    id = create_run();
    end = resume(*work, id);
    BOOST_TEST((end->state == run_state::failed));
    numbers.price = money(decimal::from_integer(7), "TRY");
    numbers.stock = 0;
    id = create_run();
    end = resume(*work, id);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST((end->failure->code == errc::no_stock));
    BOOST_TEST(numbers.orders == 0);
}

BOOST_FIXTURE_TEST_CASE(a_price_that_could_not_be_read_is_learned_from_a_balance_that_nobody_else_moves, otp_world)
{
    const auto work = load(one_account);
    account("numbers").shared = false;
    numbers.price.reset();
    numbers.on_order = [this] { numbers.money_left = numbers.money_left - decimal::from_integer(8); };
    numbers.on_poll = code_at_look(2, "110547");
    auto id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::succeeded));
    BOOST_TEST(result_of(id).at("price").as_string() == "8.00");
    BOOST_TEST(run_of(id).spent.text() == "8.00 TRY");
    BOOST_TEST(effect_of(id).evidence == "the price was not known; the balance fell by 8.00 TRY");
    pass(2h); // nothing of it can come back any more
    numbers.on_poll = [this](sold_number&) { numbers.price = money(decimal::from_integer(8), "TRY"); };
    id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::failed)); // given back, and paid back
    BOOST_TEST(run_of(id).spent.amount.zero());
}

BOOST_AUTO_TEST_CASE(a_balance_that_may_have_moved_for_other_reasons_tells_no_price)
{
    struct row {
        const char* what;
        std::function<void(otp_world&)> make;
    };
    for (const row& r : std::vector<row>{
             {"others spend from the account", [](otp_world& w) { w.account("numbers").shared = true; }},
             {"it did not move", [](otp_world& w) { w.numbers.on_order = [] {}; }},
             {"it rose",
              [](otp_world& w) {
                  w.numbers.on_order = [&w] { w.numbers.money_left = w.numbers.money_left + decimal::from_integer(8); };
              }},
             {"money of an earlier number may have come back",
              [](otp_world& w) {
                  const auto earlier = w.load(one_account);
                  BOOST_TEST(!w.resume(*earlier, w.create_run(), 10s).has_value());
              }},
         }) {
        BOOST_TEST_CONTEXT(r.what)
        {
            otp_world w;
            const auto work = w.load(one_account);
            w.account("numbers").shared = false;
            w.numbers.price.reset();
            w.numbers.on_order = [&w] { w.numbers.money_left = w.numbers.money_left - decimal::from_integer(8); };
            r.make(w);
            w.numbers.on_poll = code_at_look(2, "110547");
            const auto id = w.create_run();
            BOOST_TEST((w.resume(*work, id)->state == run_state::succeeded));
            BOOST_TEST(w.run_of(id).spent.text() == "20.00 TRY");
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_lost_order_without_a_price_is_found_whatever_the_list_says_that_it_cost, otp_world)
{
    const auto work = load(one_account);
    numbers.lists = true;
    numbers.price.reset();
    numbers.replies = {reply::lose_answer};
    numbers.on_order = [this] { numbers.price = money(decimal::from_integer(8), "TRY"); };
    numbers.on_poll = code_at_look(2, "110547");
    const auto id = create_run();
    BOOST_TEST((resume(*work, id)->state == run_state::succeeded));
    BOOST_TEST(numbers.orders == 1);
    BOOST_TEST(run_of(id).spent.text() == "8.00 TRY");
}

BOOST_FIXTURE_TEST_CASE(the_cheapest_is_asked_first_when_the_price_decides, otp_world)
{
    fake_numbers& second = sells_numbers("second");
    second.price = money(decimal::from_integer(2), "TRY");
    second.on_poll = code_at_look(1, "4711");
    const auto work = load(plus(two_accounts, "prefer: price"));
    const auto id = create_run();
    resume(*work, id);
    BOOST_TEST(result_of(id).at("account").as_string() == "second");
    BOOST_TEST(numbers.orders == 0);
}

BOOST_FIXTURE_TEST_CASE(the_budget_refuses_before_anything_leaves, otp_world)
{
    const auto work = load(R"(version: 1
kind: otp.acquire
budget: {run: 7 TRY}
notify: [{when: [budget-hit], to: ops}]
candidates: [{account: numbers, service: "3"}]
)");
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST((end->failure->code == errc::budget));
    BOOST_TEST(numbers.orders == 0);
    BOOST_TEST(published.count("budget.hit") == 1u);
    BOOST_TEST(notices().size() == 1u);
    BOOST_TEST(effects_of(id).empty());
}

BOOST_FIXTURE_TEST_CASE(attempts_buy_another_number_when_the_first_gets_no_code, otp_world)
{
    const auto work = load(plus(one_account, "attempts: 2"));
    numbers.on_poll = [](sold_number& n) {
        if (n.id == "101") {
            n.what = sold_number::code;
            n.text = "4711";
        }
    };
    const auto id = create_run();
    const auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(numbers.orders == 2);
    BOOST_TEST(run_of(id).spent.text() == "8.00 TRY");
}

BOOST_FIXTURE_TEST_CASE(a_disk_that_is_full_stops_purchases_and_loses_no_code, otp_world)
{
    const auto work = load(one_account);
    crashing.refuse = 1; // the intent
    auto id = create_run();
    auto end = resume(*work, id);
    BOOST_TEST((end->state == run_state::failed));
    BOOST_TEST((end->failure->code == errc::unavailable));
    BOOST_TEST(numbers.orders == 0);

    numbers.on_poll = [this](sold_number& n) {
        if (n.what == sold_number::waiting)
            crashing.refuse = 5; // the code is here, and the disk is full
        n.what = sold_number::code;
        n.text = "4711";
    };
    id = create_run();
    end = resume(*work, id);
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(result_of(id).at("code").as_string() == "4711");
    BOOST_TEST(crashing.refuse == 0);
}

// The process dies at every commit in turn, before it is on disk and after; the next start takes the run up.
BOOST_AUTO_TEST_CASE(after_a_crash_at_any_commit_at_most_one_number_is_bought_and_it_is_driven_to_its_end)
{
    for (const bool with_code : {true, false})
        for (const bool after : {false, true})
            for (int n = 1;; ++n) {
                BOOST_TEST_REQUIRE(n < 40);
                otp_world w;
                const auto work = w.load(one_account);
                if (with_code)
                    w.numbers.on_poll = code_at_look(3, "4711");
                const auto id = w.create_run();
                w.crashing.crash_at = n;
                w.crashing.after = after;
                auto end = w.resume(*work, id);
                const bool died = w.has_crashed;
                BOOST_TEST_CONTEXT("commit " << n << (after ? " after" : " before")
                                             << (with_code ? " code" : " no code"))
                {
                    if (died) {
                        w.crashing.crash_at = 0;
                        w.recover();
                        end = w.resume(*work, id);
                    }
                    BOOST_TEST_REQUIRE(end.has_value());
                    BOOST_TEST(w.numbers.orders <= 1);
                    for (const auto& number : w.numbers.sold) {
                        const bool in_doubt = !w.attention().empty();
                        BOOST_TEST((number.what != sold_number::waiting || in_doubt));
                    }
                    if (w.attention().empty())
                        BOOST_TEST((end->state == (with_code ? run_state::succeeded : run_state::failed)));
                    else
                        BOOST_TEST((end->state == run_state::attention));
                }
                if (!died)
                    break;
            }
}

BOOST_FIXTURE_TEST_CASE(the_loader_says_what_cannot_work, otp_world)
{
    sells_numbers("tamonay").cancels = false;
    has_balance("other");
    const auto job = [](const std::string& candidate, const std::string& more = "") {
        return "version: 1\nkind: otp.acquire\nbudget: {run: 20 TRY}\ncandidates: [" + candidate + "]\n" + more;
    };
    struct row {
        std::string yaml, code;
    };
    for (const row& r : std::vector<row>{
             {job("{account: tamonay, service: \"1\", max_price: 4 TRY}"), "U0403"},
             {job("{account: numbrs, service: \"1\"}"), "U0401"},
             {job("{account: other, service: \"1\"}"), "U0402"},
             {job("{account: numbers, service: \"1\"}", "wait: {code: 10m}\n"), "U0404"},
             {job("{account: numbers, service: \"1\"}", "match: \"(\"\n"), "U0405"},
             {job("{account: numbers, service: \"1\", max_price: 5 USD}"), "U0406"},
             {job("{account: numbers, service: \"${nothing}\"}"), "U0407"},
         }) {
        BOOST_TEST_CONTEXT(r.yaml)
        {
            BOOST_TEST((load(r.yaml) == nullptr));
            BOOST_TEST(reported(r.code));
        }
    }
    BOOST_TEST((load(job("{account: tamonay, service: \"1\", on_timeout: abandon}")) != nullptr));
}

BOOST_AUTO_TEST_CASE(codes_are_found_in_messages)
{
    using kinds::otp::extract_code;
    kinds::otp::settings how;
    providers::number_status news;
    news.text = "Your code is 123-456. Do not share it.";
    BOOST_TEST(extract_code(how, news) == "123456");
    news.text = "WhatsApp 4711 kodunuz";
    BOOST_TEST(extract_code(how, news) == "4711");
    how.code_pattern.emplace("kod: (\\w+)");
    news.text = "kod: ab12 son";
    BOOST_TEST(extract_code(how, news) == "ab12");
    news.text = "nothing fits here";
    BOOST_TEST(extract_code(how, news) == "nothing fits here");
    news.text.assign(1'000'000, 'x');
    BOOST_TEST(extract_code(how, news).size() <= 80u);
}

BOOST_AUTO_TEST_SUITE_END()
