// The parts of a run of `smm.order`, each alone.
#include "kinds/purchase_world.hpp"
#include "kinds/smm_order/abandoned_orders.hpp"
#include "kinds/smm_order/charge_changes.hpp"
#include "kinds/smm_order/checked_order.hpp"
#include "kinds/smm_order/link_guard.hpp"
#include "kinds/smm_order/linked_runs.hpp"
#include "kinds/smm_order/order_buyer.hpp"
#include "kinds/smm_order/order_charge.hpp"
#include "kinds/smm_order/order_follower.hpp"
#include "kinds/smm_order/order_reconciler.hpp"
#include "kinds/smm_order/order_result.hpp"
#include "kinds/smm_order/poll_changes.hpp"

#include <limits>

BOOST_AUTO_TEST_SUITE(smm_parts_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using namespace ulak::kinds::smm;
using panel_stage = providers::panel_status::order_state;
using ledger::effect_state;
using ledger::run_state;
using strings = std::vector<std::string>;

const std::string link = "https://example.com/p";

money dollars(std::int64_t micros)
{
    return money(decimal::from_micros(micros), "USD");
}

settings plain_settings()
{
    settings s;
    s.account = "panel";
    s.service = job::text_template::parse("1").value();
    s.link = job::text_template::parse(link).value();
    s.quantity = job::text_template::parse("1000").value();
    return s;
}

std::vector<providers::service> one_service()
{
    providers::service s;
    s.id = "1";
    s.name = "Followers";
    s.type = "Default";
    s.price = dollars(900'000);
    s.min_quantity = 50;
    s.max_quantity = 10'000;
    return {s};
}

providers::panel_order order_for(std::int64_t quantity)
{
    providers::panel_order o;
    o.service = "1";
    o.link = link;
    o.quantity = quantity;
    return o;
}

progress placed()
{
    progress p;
    p.account = "panel";
    p.link = link;
    p.booked = true;
    p.order = "23501";
    p.effect = effect_id("EFFECT");
    p.quantity = 1000;
    p.cost = dollars(900'000);
    return p;
}

/// A run on a panel, with the parts that a test asks for.
struct parts_world : purchase_world {
    parts_world() : panel(is_panel("panel"))
    {
        file.kind = "smm.order";
        id = create_run();
    }

    /// Another run of the kind, with a progress about the same link.
    run_id other_run(run_state state, const progress& p)
    {
        pass(1s);
        ledger::update_run update(create_run("other"));
        update.progress = json::serialize(to_json(p));
        if (state != run_state::running)
            update.state = state;
        const run_id of = update.id;
        commit(ledger::batch(1, std::move(update)));
        pass(1s);
        return of;
    }

    shared_run& run()
    {
        if (!run_)
            run_ = std::make_unique<shared_run>(*context, wanted, accounts->at("panel"), at);
        return *run_;
    }
    std::string conflict()
    {
        link_guard guard(run());
        const auto why = finish(guard.conflict(link));
        BOOST_TEST_REQUIRE(why.has_value());
        return why->value_or("");
    }

    fake_panel& panel;
    settings wanted = plain_settings();
    progress at{};
    std::unique_ptr<kinds::run_context> context{};
    std::unique_ptr<shared_run> run_{};

    void begin() { context = std::make_unique<kinds::run_context>(make(id)); }
};

} // namespace

BOOST_AUTO_TEST_CASE(an_order_is_rendered_with_the_parameters_of_the_run)
{
    settings s = plain_settings();
    s.quantity = job::text_template::parse(" ${many} ").value();
    s.drip_runs = 3;
    const auto order = render_order(s, {{"many", "500"}});
    BOOST_TEST_REQUIRE(order.has_value());
    BOOST_TEST(order->quantity == 500);
    BOOST_TEST(order->runs.value() == 3);
    for (const char* many : {"0", "-1", "1.5", "many", ""})
        BOOST_TEST(!render_order(s, {{"many", many}}).has_value(), many);
    BOOST_TEST(!render_order(s, {}).has_value()); // the parameter is missing
}

BOOST_AUTO_TEST_CASE(an_order_costs_its_rate_for_every_run_of_the_drip)
{
    auto order = order_for(1000);
    BOOST_TEST(check_order(plain_settings(), order, one_service())->cost.text() == "0.90 USD");
    order.runs = 6;
    BOOST_TEST(check_order(plain_settings(), order, one_service())->cost.text() == "5.40 USD");
}

/// 1844674407370956 runs of 10000 wrapped to 7384 and passed every budget.
BOOST_AUTO_TEST_CASE(a_product_that_no_number_holds_is_refused_and_never_wraps)
{
    auto offered = one_service();
    offered[0].max_quantity.reset();
    const std::int64_t highest = std::numeric_limits<std::int64_t>::max();
    const struct {
        std::int64_t quantity, runs;
    } table[] = {{10'000, 1'844'674'407'370'956},
                 {highest, 2},
                 {highest, highest},
                 {std::int64_t(1) << 32, std::int64_t(1) << 32},
                 {max_quantity, 2},
                 {max_quantity / 2 + 1, 2},
                 {max_quantity + 1, 1}};
    for (const auto& t : table) {
        auto order = order_for(t.quantity);
        order.runs = t.runs;
        const auto checked = check_order(plain_settings(), order, offered);
        BOOST_TEST_REQUIRE(checked.has_error(), t.quantity << " x " << t.runs);
        BOOST_TEST((checked.error().code == errc::validation));
    }
    auto most = order_for(max_quantity / 2);
    most.runs = 2;
    BOOST_TEST(check_order(plain_settings(), most, offered)->total_quantity == max_quantity);
}

BOOST_AUTO_TEST_CASE(a_cost_that_no_amount_holds_is_over_every_budget)
{
    auto offered = one_service();
    offered[0].max_quantity.reset();
    offered[0].price = dollars(std::numeric_limits<std::int64_t>::max() - 1);
    const auto checked = check_order(plain_settings(), order_for(max_quantity), offered);
    BOOST_TEST_REQUIRE(checked.has_error());
    BOOST_TEST((checked.error().code == errc::budget));
}

BOOST_AUTO_TEST_CASE(a_quantity_has_a_limit_and_one_with_the_runs_of_its_drip)
{
    settings s = plain_settings();
    s.quantity = job::text_template::parse("${many}").value();
    for (const char* many : {"1000000001", "9223372036854775807", "9223372036854775808", "99999999999999999999"})
        BOOST_TEST(!render_order(s, {{"many", many}}).has_value(), many);
    BOOST_TEST(render_order(s, {{"many", "1000000000"}}).has_value());
    s.drip_runs = 10'000;
    BOOST_TEST(!render_order(s, {{"many", "100001"}}).has_value());
    BOOST_TEST(render_order(s, {{"many", "100000"}}).has_value());
}

BOOST_AUTO_TEST_CASE(an_order_that_does_not_fit_the_panels_list_is_refused)
{
    const auto refused = [](const settings& s, providers::panel_order o, std::vector<providers::service> offered) {
        const auto checked = check_order(s, std::move(o), offered);
        BOOST_TEST_REQUIRE(!checked.has_value());
        BOOST_TEST((checked.error().code == errc::validation));
        return checked.error().message;
    };
    BOOST_TEST(refused(plain_settings(), order_for(100), {}) == "the panel has no service 1");
    BOOST_TEST(refused(plain_settings(), order_for(49), one_service()).find("50 to 10000") != std::string::npos);
    BOOST_TEST(refused(plain_settings(), order_for(10'001), one_service()).find("50 to 10000") != std::string::npos);
    settings other_name = plain_settings();
    other_name.expect_name = "Likes";
    BOOST_TEST(refused(other_name, order_for(100), one_service()).find("Likes") != std::string::npos);
    settings cheaper = plain_settings();
    cheaper.expect_rate = dollars(890'000);
    BOOST_TEST(refused(cheaper, order_for(100), one_service()).find("0.90 USD") != std::string::npos);
    auto unpriced = one_service();
    unpriced[0].price.reset();
    BOOST_TEST(refused(plain_settings(), order_for(100), unpriced).find("no sound rate") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_progress_survives_the_store)
{
    progress p = placed();
    p.placed_at = from_unix_ms(1'700'000'000'000);
    p.machine_state.status_text = "In progress";
    p.machine_state.remains = 500;
    const auto again = progress_from(json::serialize(to_json(p)));
    BOOST_TEST_REQUIRE(again.has_value());
    BOOST_TEST(again->order == "23501");
    BOOST_TEST(again->booked);
    BOOST_TEST((again->effect == p.effect));
    BOOST_TEST(again->cost->text() == "0.90 USD");
    BOOST_TEST((again->placed_at == p.placed_at));
    BOOST_TEST(again->machine_state.status_text == "In progress");
    BOOST_TEST(again->machine_state.remains.value() == 500);
    BOOST_TEST(progress_from("")->order.empty());
    BOOST_TEST(!progress_from("[]").has_value());
}

BOOST_AUTO_TEST_CASE(a_result_shows_nulls_until_the_panel_was_asked)
{
    const auto before = result_json(placed(), std::nullopt);
    BOOST_TEST(before.at("order").as_string() == "23501");
    BOOST_TEST(before.at("status").is_null());
    const auto seen = status_of(panel_stage::partial, "Partial", decimal::from_micros(278'190), 157);
    const auto after = result_json(placed(), seen);
    BOOST_TEST(after.at("status").as_string() == "Partial");
    BOOST_TEST(after.at("remains").as_int64() == 157);
    BOOST_TEST(after.at("currency").as_string() == "USD");
}

BOOST_AUTO_TEST_CASE(a_refund_is_what_was_not_charged_in_the_end)
{
    struct row {
        outcome end;
        std::optional<std::int64_t> charge, remains;
        std::int64_t refund; ///< 0: none
    };
    for (const row& r : std::vector<row>{{outcome::completed, 900'000, 0, 0},
                                         {outcome::completed, {}, {}, 0},
                                         {outcome::canceled, 900'000, 1000, 900'000},
                                         {outcome::canceled, {}, {}, 900'000},
                                         {outcome::canceled, 0, 1000, 900'000},
                                         {outcome::canceled, 500'000, 1000, 400'000}, // the charge is what it kept
                                         {outcome::canceled, 900'000, 400, 360'000},  // 600 were delivered
                                         {outcome::partial, 278'190, 157, 621'810},
                                         {outcome::partial, {}, 500, 450'000},
                                         {outcome::partial, {}, 5000, 900'000},
                                         {outcome::partial, 1'000'000, 0, 0}, // it charged more than it said
                                         {outcome::failed, 0, {}, 900'000},
                                         {outcome::gave_up, 0, {}, 0},
                                         {outcome::open, 0, {}, 0}}) {
        BOOST_TEST_CONTEXT(r.end << " " << r.refund)
        {
            const auto charge = r.charge ? std::optional<decimal>(decimal::from_micros(*r.charge)) : std::nullopt;
            const auto seen = status_of(panel_stage::partial, "x", charge, r.remains);
            BOOST_TEST(refund_of(placed(), r.end, seen).value_or(decimal()).micros() == r.refund);
        }
    }
}

BOOST_AUTO_TEST_CASE(of_a_drip_that_names_no_charge_no_refund_is_known)
{
    progress drip = placed();
    drip.drip = true;
    const auto says = [](std::optional<decimal> charge, std::optional<std::int64_t> remains) {
        return status_of(panel_stage::canceled, "Canceled", charge, remains);
    };
    BOOST_TEST(!refund_of(drip, outcome::canceled, says({}, {})).has_value());
    BOOST_TEST(!refund_of(drip, outcome::canceled, says({}, 50)).has_value());
    BOOST_TEST(!refund_of(drip, outcome::partial, says({}, 50)).has_value());
    BOOST_TEST(refund_of(drip, outcome::canceled, says(decimal::from_micros(300'000), {}))->micros() == 600'000);
}

BOOST_AUTO_TEST_CASE(a_charge_in_another_unit_is_no_amount_of_ours)
{
    auto seen = status_of(panel_stage::partial, "Partial", decimal::from_micros(250'000));
    seen.currency = "TRY";
    BOOST_TEST(is_in_other_unit(placed(), seen));
    BOOST_TEST(!charge_of(placed(), seen).has_value());
    BOOST_TEST(!refund_of(placed(), outcome::completed, seen).has_value());
    BOOST_TEST(!excess_charge(placed(), seen).has_value());
    seen.currency.clear(); // of a panel that names none, it is the one of its prices
    BOOST_TEST(charge_of(placed(), seen)->micros() == 250'000);
    seen.charge = decimal::from_integer(5);
    BOOST_TEST(excess_charge(placed(), seen)->text() == "5.00 USD");
}

BOOST_AUTO_TEST_CASE(the_type_of_a_service_rules_what_an_order_costs_and_needs)
{
    struct row {
        const char* type;
        std::int64_t quantity;
        std::map<std::string, std::string> fields;
        const char* cost; ///< or what the refusal says
    };
    settings s = plain_settings();
    for (const row& r : std::vector<row>{{"Default", 2000, {}, "1.80 USD"},
                                         {"", 2000, {}, "1.80 USD"},
                                         {"Default", 0, {}, "needs a quantity"},
                                         {"Package", 1, {}, "0.90 USD"},
                                         {"package", 1000, {}, "0.90 USD"},
                                         {"Package", 0, {}, "0.90 USD"},
                                         {"Custom Comments", 0, {{"comments", "a\nb\n\nc"}}, "0.0027 USD"},
                                         {"Custom Comments", 1000, {{"comments", "a\nb"}}, "0.0018 USD"},
                                         {"Custom Comments", 5, {}, "needs comments"},
                                         {"Custom Comments", 0, {{"comments", " \n"}}, "no line"},
                                         {"Custom Comments Package", 0, {{"comments", "a"}}, "0.90 USD"},
                                         {"Comment Replies", 0, {{"comments", "a"}}, "needs username"},
                                         {"Mentions Custom List", 0, {{"usernames", "a\nb"}}, "0.0018 USD"},
                                         {"Poll", 1000, {}, "needs answer_number"},
                                         {"Poll", 1000, {{"answer_number", "2"}}, "0.90 USD"},
                                         {"Subscriptions", 0, {{"username", "marka"}}, "needs min, max"},
                                         {"Subscriptions",
                                          0,
                                          {{"username", "marka"}, {"min", "10"}, {"max", "20"}},
                                          "max_cost says what it may cost"},
                                         {"Telepathy", 1000, {}, "needs fields under extra"},
                                         {"Telepathy", 1000, {{"mind", "x"}}, "max_cost says what it may cost"}}) {
        BOOST_TEST_CONTEXT(r.type << " " << r.quantity << " " << r.cost)
        {
            auto offered = one_service();
            offered[0].type = r.type;
            offered[0].min_quantity.reset();
            auto order = order_for(r.quantity);
            order.extra = r.fields;
            const auto checked = check_order(s, order, offered);
            const std::string got = checked ? checked->cost.text() : checked.error().message;
            BOOST_TEST(got.find(r.cost) != std::string::npos, got);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_cost_that_nobody_can_reckon_is_max_cost_and_no_other_may_be_above_it)
{
    settings s = plain_settings();
    s.max_cost = dollars(5'000'000);
    auto offered = one_service();
    offered[0].type = "Subscriptions";
    auto order = order_for(0);
    order.link.clear();
    order.extra = {{"username", "marka"}, {"min", "10"}, {"max", "20"}};
    BOOST_TEST(check_order(s, order, offered)->cost.text() == "5.00 USD");
    s.max_cost->unit = "TRY";
    BOOST_TEST(check_order(s, order, offered).error().message.find("max_cost is in TRY") != std::string::npos);

    offered[0].type = "Default";
    s.max_cost = dollars(899'999);
    BOOST_TEST((check_order(s, order_for(1000), offered).error().code == errc::too_expensive));
    s.max_cost = dollars(900'000);
    BOOST_TEST(check_order(s, order_for(1000), offered).has_value());
    s.expect_rate = money(decimal::from_integer(50), "TRY");
    BOOST_TEST(check_order(s, order_for(1000), offered).error().message.find("cannot be compared") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_limits_are_those_of_all_runs_of_a_drip_together)
{
    auto offered = one_service();
    offered[0].min_quantity = 100;
    auto order = order_for(20);
    BOOST_TEST(!check_order(plain_settings(), order, offered).has_value());
    order.runs = 10;
    BOOST_TEST(check_order(plain_settings(), order, offered)->total_quantity == 200);
    order.runs = 501;
    BOOST_TEST(!check_order(plain_settings(), order, offered).has_value());
    offered[0].unreadable = "max \"10k\"";
    order.runs = 10;
    BOOST_TEST(check_order(plain_settings(), order, offered).error().message.find("max \"10k\"") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_poll_writes_what_follows_from_its_transition, parts_world)
{
    struct row {
        outcome end;
        bool changed, stalled;
        strings events, moments;
        bool refund, entry;
    };
    at = placed();
    begin();
    for (const row& r :
         std::vector<row>{{outcome::open, true, false, {"order.status"}, {}, false, false},
                          {outcome::open, false, true, {}, {"stalled"}, false, false},
                          {outcome::completed, true, false, {"order.status"}, {"completed"}, false, false},
                          {outcome::canceled, true, false, {"order.status", "order.status"}, {"canceled"}, true, false},
                          {outcome::gave_up, false, false, {"order.status", "attention.raised"}, {}, false, true}}) {
        BOOST_TEST_CONTEXT(r.end)
        {
            job::notify_rule rule;
            rule.when = {"stalled", "completed", "partial", "canceled"};
            rule.channel = "ops";
            kinds::run_environment environment{io.get_executor(), clock, recorder, accounts, zone, folder};
            kinds::run_context notifying(environment, run_of(id), budget, {rule}, params);
            shared_run state(notifying, wanted, accounts->at("panel"), at);
            transition t{kinds::smm::state(), action::finish};
            t.next_state.ended_as = r.end;
            t.next_state.status_text = "Status";
            t.changed = r.changed;
            t.newly_stalled = r.stalled;
            poll_money moved;
            if (r.refund)
                moved.refund = {kinds::smm::refund_finding::unconfirmed, dollars(900'000),
                                decimal::from_micros(900'000), "others may spend from the account, too"};
            const auto changes = poll_changes(state, t, status_of(panel_stage::working, "Status"), moved);
            BOOST_TEST(events_in(changes) == r.events, boost::test_tools::per_element());
            const auto* notice = find_change<ledger::put_notice>(changes);
            BOOST_TEST((notice ? strings{notice->notice.moment} : strings()) == r.moments,
                       boost::test_tools::per_element());
            BOOST_TEST((find_change<ledger::refund_effect>(changes) != nullptr) == r.refund);
            BOOST_TEST((find_change<ledger::raise_attention>(changes) != nullptr) == r.entry);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_link_is_free_where_no_other_order_is_about_it, parts_world)
{
    begin();
    BOOST_TEST(conflict() == "");
    progress other_link = placed();
    other_link.link = "https://example.com/q";
    other_run(run_state::running, other_link);
    progress other_account = placed();
    other_account.account = "elsewhere";
    other_run(run_state::running, other_account);
    other_run(run_state::succeeded, placed());
    BOOST_TEST(conflict() == "");
}

BOOST_FIXTURE_TEST_CASE(a_link_is_taken_by_a_run_that_has_booked_or_began_before, parts_world)
{
    progress wants = placed();
    wants.order.clear();
    wants.booked = false;
    begin();
    other_run(run_state::running, wants); // later than this run, and nothing booked
    BOOST_TEST(conflict() == "");
    const auto booked = other_run(run_state::paused, placed());
    BOOST_TEST(conflict() == "run " + booked.text() + " follows an order for this link");
    wanted.on_same_link = same_link::allow;
    BOOST_TEST(conflict() == "");
}

BOOST_FIXTURE_TEST_CASE(the_order_of_a_cancelled_run_is_in_the_way_until_the_panel_has_ended_it, parts_world)
{
    other_run(run_state::cancelled, placed());
    begin();
    panel.answers = {status_of(panel_stage::working, "In progress")};
    BOOST_TEST(conflict().find("still works on order 23501") != std::string::npos);
    panel.answers.clear(); // it does not mention the order
    BOOST_TEST(conflict().find("still works on order 23501") != std::string::npos);
    panel.answers = {status_of(panel_stage::completed, "Completed")};
    BOOST_TEST(conflict() == "");
}

BOOST_FIXTURE_TEST_CASE(a_cancelled_order_that_ended_is_not_asked_about, parts_world)
{
    progress ended = placed();
    ended.machine_state.ended_as = outcome::completed;
    other_run(run_state::cancelled, ended);
    begin();
    BOOST_TEST(conflict() == ""); // the panel would say that it works on it
}

BOOST_FIXTURE_TEST_CASE(runs_are_visited_newest_first_until_enough_was_seen, parts_world)
{
    const auto first = other_run(run_state::running, placed());
    const auto second = other_run(run_state::running, placed());
    begin();
    std::vector<run_id> seen;
    const auto visit = [&](int most) {
        seen.clear();
        visit_run each = [&seen, most](const ledger::run_record& r, const progress&) {
            seen.push_back(r.id);
            return static_cast<int>(seen.size()) < most;
        };
        std::vector<run_state> states{run_state::running};
        BOOST_TEST(
            finish(visit_linked_runs(run(), link, std::move(states), wall_point::min(), std::move(each))).has_value());
    };
    visit(10);
    BOOST_TEST((seen == std::vector<run_id>{second, first}));
    visit(1);
    BOOST_TEST((seen == std::vector<run_id>{second}));
}

BOOST_FIXTURE_TEST_CASE(a_resumed_run_takes_over_the_order_that_was_accepted, parts_world)
{
    begin();
    link_guard guard(run());
    order_reconciler reconciler(run());
    order_buyer buyer(run(), guard, reconciler);
    BOOST_TEST(!finish(buyer.place()).has_value());
    BOOST_TEST(run().progress.order == "23501");
    BOOST_TEST(published.count("order.placed") == 1u);

    run_.reset(); // the process died before it saw the progress
    at = progress();
    order_reconciler after_restart(run());
    BOOST_TEST(!finish(after_restart.resume()).has_value());
    BOOST_TEST(run().progress.order == "23501");
    BOOST_TEST(run().progress.cost->text() == "0.90 USD");
    BOOST_TEST(panel.taken.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(an_order_that_only_an_operator_knows_of_is_not_followed, parts_world)
{
    begin();
    panel.replies = {reply::lose_answer};
    link_guard guard(run());
    order_reconciler reconciler(run());
    order_buyer buyer(run(), guard, reconciler);
    BOOST_TEST((finish(buyer.place())->state == run_state::attention));
    resolve_entry(effect_of(id).id.text(), effect_state::accepted, "done");
    const auto over = finish(reconciler.resume());
    BOOST_TEST_REQUIRE(over.has_value());
    BOOST_TEST((over->state == run_state::attention));
    BOOST_TEST(over->failure->message == "the order was placed, but its number is not known");
}

BOOST_FIXTURE_TEST_CASE(a_followed_order_ends_the_run_as_the_panel_ends_it, parts_world)
{
    struct row {
        panel_stage stage;
        run_state state;
    };
    for (const row& r : std::vector<row>{{panel_stage::completed, run_state::succeeded},
                                         {panel_stage::partial, run_state::succeeded},
                                         {panel_stage::canceled, run_state::failed},
                                         {panel_stage::failed, run_state::failed}}) {
        id = create_run();
        begin();
        run_.reset();
        at = progress();
        link_guard guard(run());
        order_reconciler reconciler(run());
        order_buyer buyer(run(), guard, reconciler);
        wanted.on_same_link = same_link::allow;
        BOOST_TEST(!finish(buyer.place()).has_value());
        panel.answers = {status_of(r.stage, "Over")};
        order_follower follower(run());
        BOOST_TEST((finish(follower.follow()).state == r.state));
        BOOST_TEST((finish(follower.follow()).state == r.state)); // it has ended already
        pass(1s);
    }
}

BOOST_FIXTURE_TEST_CASE(a_cancelled_run_leaves_its_order_to_the_panel, parts_world)
{
    at = placed();
    at.placed_at = clock.wall_now();
    begin();
    order_follower follower(run());
    context->request_cancel();
    BOOST_TEST((finish(follower.follow()).state == run_state::cancelled));
    context->request_stop();
    BOOST_TEST(finish(follower.follow()).interrupted);
}

BOOST_AUTO_TEST_SUITE_END()
