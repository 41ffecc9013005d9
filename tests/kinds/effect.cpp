#include "kinds/effect.hpp"

#include "kinds/waiting.hpp"
#include "kinds/world.hpp"

namespace {

using namespace ulak;
using namespace ulak::tests;
using kinds::settlement;
using ledger::effect_state;
using providers::verdict;

struct bought {
    std::string id{};
};

/// A context and an account, and one way to spend.
struct effect_world : world {
    effect_world()
    {
        sells_numbers("numbers");
        file.kind = "otp.acquire";
        id = create();
    }

    kinds::context make() { return make(id); }
    kinds::context make(const run_id& of)
    {
        kinds::surroundings around{io.get_executor(), clock, record, accounts, zone, folder};
        std::vector<job::notify_rule> rules(1);
        rules[0].when = {"budget-hit"};
        rules[0].channel = "ops";
        return kinds::context(around, run_of(of), limits, rules, params);
    }

    task<> buy(kinds::context& c, std::string step, fate f, std::string ref,
               std::optional<result<kinds::spent<bought>>>& out)
    {
        kinds::spending what(std::move(step), accounts->at("numbers"), "number.order",
                             money(decimal::from_integer(8), "TRY"));
        kinds::costly_call<bought> call = [&, f, ref](providers::purchase how) {
            std::function<bought()> take = [this, ref] {
                ++reached;
                on_take();
                return bought{ref};
            };
            return judged<bought>(f, std::move(how), error(errc::no_stock, "none", reach::answered), std::move(take));
        };
        std::function<kinds::acceptance(const bought&)> read = [](const bought& b) {
            return kinds::acceptance{b.id, {}};
        };
        std::function<ledger::batch(const settlement&, const std::optional<bought>&)> then =
            [&](const settlement& s, const std::optional<bought>&) {
                ledger::batch more;
                ledger::update_run state(c.run().id);
                state.progress = "{\"outcome\":\"" + std::string(name(s.what)) + "\"}";
                more.push_back(std::move(state));
                return more;
            };
        auto spending_it = kinds::spend<bought>(c, std::move(what), std::move(call), std::move(read), std::move(then));
        auto done = co_await std::move(spending_it);
        out.emplace(std::move(done));
    }

    result<kinds::spent<bought>> buy(kinds::context& c, std::string step, fate f, std::string ref = "100")
    {
        std::optional<result<kinds::spent<bought>>> out;
        start(buy(c, std::move(step), f, std::move(ref), out), &signal);
        for (int i = 0; i < 600 && !out; ++i)
            pass(1s);
        BOOST_TEST_REQUIRE(out.has_value());
        return std::move(*out);
    }

    ledger::recorder record{mortal, told, clock};
    time_zone zone = time_zone::utc();
    job::budget limits{};
    run_id id{};
    int reached = 0;
    std::function<void()> on_take = [] {};
};

money lira(int n)
{
    return money(decimal::from_integer(n), "TRY");
}

} // namespace

BOOST_AUTO_TEST_SUITE(effect_)

BOOST_FIXTURE_TEST_CASE(each_outcome_is_on_disk_with_what_follows_from_it, effect_world)
{
    struct row {
        fate f;
        verdict what;
        effect_state state;
    };
    int n = 0;
    for (const row& r : std::vector<row>{{fate::accept, verdict::accepted, effect_state::accepted},
                                         {fate::refuse, verdict::rejected, effect_state::rejected},
                                         {fate::limit, verdict::rate_limited, effect_state::rate_limited},
                                         {fate::never_dispatch, verdict::not_sent, effect_state::not_sent},
                                         {fate::drop_before, verdict::not_sent, effect_state::not_sent},
                                         {fate::lose_answer, verdict::ambiguous, effect_state::ambiguous}}) {
        BOOST_TEST_CONTEXT(name(r.what))
        {
            auto c = make();
            const auto got = buy(c, "step/" + std::to_string(++n), r.f);
            BOOST_TEST_REQUIRE(got.has_value());
            BOOST_TEST((got->how.what == r.what));
            const auto stored = effects_of(id);
            BOOST_TEST((stored.at(static_cast<std::size_t>(n - 1)).state == r.state));
            BOOST_TEST(run_of(id).progress.find(name(r.what)) != std::string::npos);
        }
    }
    BOOST_TEST(attention().size() == 1u);
    BOOST_TEST(told.count("effect.intended") == 6u);
    BOOST_TEST(told.count("effect.settled") == 5u);
    BOOST_TEST(told.count("effect.ambiguous") == 1u);
    BOOST_TEST(account("numbers").tills->available() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_step_that_may_have_taken_effect_is_not_tried_again, effect_world)
{
    auto c = make();
    buy(c, "order", fate::never_dispatch);
    buy(c, "order", fate::limit);
    BOOST_TEST((buy(c, "order", fate::lose_answer)->how.what == verdict::ambiguous));
    const auto again = buy(c, "order", fate::accept);
    BOOST_TEST_REQUIRE(!again.has_value());
    BOOST_TEST((again.error().code == errc::conflict));
    BOOST_TEST(reached == 1);
    BOOST_TEST(effects_of(id).back().attempt == 3);
}

BOOST_FIXTURE_TEST_CASE(an_id_that_another_purchase_owns_is_no_acceptance, effect_world)
{
    auto c = make();
    buy(c, "number/1", fate::accept, "100");
    const auto second = buy(c, "number/2", fate::accept, "100");
    BOOST_TEST_REQUIRE(second.has_value());
    BOOST_TEST((second->how.what == verdict::ambiguous));
    BOOST_TEST(attention().size() == 1u);
    BOOST_TEST((buy(c, "number/3", fate::accept, "")->how.what == verdict::ambiguous));
}

BOOST_FIXTURE_TEST_CASE(budgets_count_what_is_spent_or_may_be, effect_world)
{
    limits.run = lira(20);
    auto c = make();
    buy(c, "number/1", fate::lose_answer);
    buy(c, "number/2", fate::refuse);
    buy(c, "number/3", fate::accept);
    const auto refused = buy(c, "number/4", fate::accept, "101");
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().code == errc::budget));
    BOOST_TEST(reached == 2);
    BOOST_TEST(told.count("budget.hit") == 1u);
    BOOST_TEST(notices().size() == 1u);
    BOOST_TEST(account("numbers").tills->available() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_day_begins_at_midnight_of_the_configured_zone, effect_world)
{
    zone = time_zone::find("Europe/Istanbul").value();
    const auto at = parse_rfc3339("2026-11-22T20:59:59Z").value();
    BOOST_TEST(rfc3339(kinds::day_start(at, zone)).substr(0, 16) == "2026-11-21T21:00");
    BOOST_TEST(rfc3339(kinds::day_start(at + 1s, zone)).substr(0, 16) == "2026-11-22T21:00");
    limits.day = lira(10);
    auto c = make();
    buy(c, "number/1", fate::accept, "1");
    BOOST_TEST(!buy(c, "number/2", fate::accept, "2").has_value());
    pass(13h); // 09:00 UTC is noon there; midnight comes after twelve hours
    BOOST_TEST(buy(c, "number/3", fate::accept, "3").has_value());
}

BOOST_FIXTURE_TEST_CASE(an_accounts_day_counts_over_all_jobs, effect_world)
{
    account("numbers").day_budget = lira(10);
    auto c = make();
    buy(c, "number/1", fate::accept, "1");
    const auto other = create("other");
    auto d = make(other);
    const auto refused = buy(d, "number/1", fate::accept, "2");
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().message.find("account-day") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(an_outcome_waits_for_the_disk_however_long_and_through_a_cancellation, effect_world)
{
    auto c = make();
    on_take = [this] { mortal.refuse = 3; }; // the money is gone, and then the disk is full
    std::optional<result<kinds::spent<bought>>> out;
    start(buy(c, "order", fate::accept, "100", out), &signal);
    BOOST_TEST(!out.has_value());
    signal.emit(boost::asio::cancellation_type::terminal);
    pass(2s);
    BOOST_TEST(!out.has_value());
    pass(10s);
    BOOST_TEST_REQUIRE(out.has_value());
    BOOST_TEST((out->value().how.what == verdict::accepted));
    BOOST_TEST((effects_of(id).at(0).state == effect_state::accepted));
    BOOST_TEST(mortal.refuse == 0);
}

BOOST_FIXTURE_TEST_CASE(a_disk_that_refuses_the_intent_sends_nothing, effect_world)
{
    auto c = make();
    mortal.refuse = 1;
    const auto refused = buy(c, "order", fate::accept);
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().code == errc::unavailable));
    BOOST_TEST(reached == 0);
    BOOST_TEST(effects_of(id).empty());
}

BOOST_FIXTURE_TEST_CASE(nothing_is_sent_when_the_dispatch_cannot_be_written_or_the_daemon_stops, effect_world)
{
    auto c = make();
    c.ask_stop();
    const auto stopped = buy(c, "order", fate::accept);
    BOOST_TEST_REQUIRE(!stopped.has_value());
    BOOST_TEST((stopped.error().code == errc::cancelled));
    auto d = make();
    d.ask_cancel();
    const auto cancelled = buy(d, "order", fate::accept);
    BOOST_TEST_REQUIRE(cancelled.has_value());
    BOOST_TEST((cancelled->how.what == verdict::not_sent));
    BOOST_TEST(reached == 0);
}

BOOST_AUTO_TEST_SUITE_END()
