// What the engine does beside runs: balances, services, and forgetting.
#include "engine/world.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(upkeep_)

using ledger::run_state;

namespace {

struct purse : providers::balance_reader {
    task<result<money>> balance(async::steady_point) override { co_return answer; }
    result<money> answer = money(decimal::from_integer(42), "TRY");
};

std::shared_ptr<providers::account> account_with_balance(purse*& p)
{
    auto a = std::make_shared<providers::account>();
    a->name = "acc";
    a->provider = "tamonay";
    auto owned = std::make_unique<purse>();
    p = owned.get();
    a->balances = std::move(owned);
    return a;
}

/// Which thresholds the engine asks for.
struct sweeps {
    std::vector<ledger::purge> seen{};
    bool operator()(const ledger::batch& all)
    {
        for (const auto& c : all)
            if (const auto* p = std::get_if<ledger::purge>(&c))
                seen.push_back(*p);
        return false;
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_balance_is_read_noted_and_told)
{
    world w;
    purse* p = nullptr;
    (*w.accounts)["acc"] = account_with_balance(p);
    (*w.accounts)["bare"] = std::make_shared<providers::account>();
    w.boot();
    const auto b = w.get(w.engine().balance("acc"));
    BOOST_TEST_REQUIRE(b.has_value());
    BOOST_TEST(b->balance.text() == "42.00 TRY");
    const auto noted = w.get(w.disk->balances("acc", 5)).value();
    BOOST_TEST_REQUIRE(noted.size() == 1u);
    BOOST_TEST(noted[0].balance.text() == "42.00 TRY");
    BOOST_TEST(w.published.last("balance.read")->account == "acc");
    p->answer = error(errc::auth, "wrong key", reach::answered);
    BOOST_TEST(name(w.get(w.engine().balance("acc")).error().code) == "auth");
    BOOST_TEST(name(w.get(w.engine().balance("none")).error().code) == "not_found");
    BOOST_TEST(name(w.get(w.engine().balance("bare")).error().code) == "unsupported");
    BOOST_TEST(name(w.get(w.engine().services("acc")).error().code) == "unsupported");
    BOOST_TEST(name(w.get(w.engine().services("none")).error().code) == "not_found");
}

BOOST_AUTO_TEST_CASE(all_is_swept_at_start_and_daily_and_codes_each_minute_after_a_run)
{
    world w;
    w.write("job");
    w.adjust = [](engine::dependencies& p) { p.retention_periods.codes = 10min; };
    w.boot();
    auto seen = std::make_shared<sweeps>();
    w.now().store.crash_after = [seen](const ledger::batch& all) { return (*seen)(all); };
    w.pass(1h); // the first quarter of an hour looks after an earlier life
    seen->seen.clear();
    w.pass(2h);
    BOOST_TEST(seen->seen.empty());
    w.begin("job");
    w.pass(11min);
    BOOST_TEST(seen->seen.size() >= 10u);
    BOOST_TEST(seen->seen.size() <= 13u);
    const auto& last = seen->seen.back();
    BOOST_TEST(last.codes_before.has_value());
    BOOST_TEST(!last.items_before.has_value());
    BOOST_TEST((w.wall() - *last.codes_before >= 10min));
    BOOST_TEST((w.wall() - *last.codes_before <= 12min));
    w.pass(1h);
    seen->seen.clear();
    w.pass(24h);
    BOOST_TEST(seen->seen.size() == 1u);
    BOOST_TEST(seen->seen[0].runs_before.has_value());
    BOOST_TEST(seen->seen[0].items_before.has_value());
}

BOOST_AUTO_TEST_CASE(who_was_messaged_is_remembered_as_long_as_any_job_asks)
{
    world w;
    w.write("job", "asks_back: 24h\n");
    w.write("longer", "asks_back: 1440h\n");
    w.boot();
    auto seen = std::make_shared<sweeps>();
    w.now().store.crash_after = [seen](const ledger::batch& all) { return (*seen)(all); };
    const auto next_sweep = [&] {
        seen->seen.clear();
        w.pass(25h);
        const auto full = std::ranges::find_if(seen->seen, [](const auto& p) { return p.items_before.has_value(); });
        BOOST_TEST_REQUIRE((full != seen->seen.end()));
        BOOST_TEST_REQUIRE(full->messaged_since.has_value());
        return *full;
    };
    auto sweep = next_sweep();
    BOOST_TEST((*sweep.items_before - *sweep.messaged_since == 1440h - 720h));
    w.write("longer", "asks_back: soon\n"); // the last good version counts
    w.get(w.engine().reload(false));
    sweep = next_sweep();
    BOOST_TEST((*sweep.items_before - *sweep.messaged_since == 1440h - 720h));
    w.write("new", "asks_back: soon\n"); // nobody knows what it asks for
    w.get(w.engine().reload(false));
    BOOST_TEST((*next_sweep().messaged_since == wall_point()));
}

BOOST_AUTO_TEST_CASE(a_sweep_takes_what_the_kinds_declare)
{
    world w;
    w.known_kinds[0].secret_results = {"code"};
    w.known_kinds[0].phone_results = {"number"};
    w.known_kinds[0].keeps_progress = true;
    ledger::create_run old;
    old.run.id = run_id("R1");
    old.run.job = "job";
    old.run.kind = "test.fake";
    old.run.state = run_state::succeeded;
    old.run.finished_at = old.run.created_at = w.wall() - std::chrono::hours(24 * 31);
    old.run.definition = "version: 1";
    old.run.params = R"({"to":"5551112233"})";
    old.run.progress = R"({"link":"https://example.com/x"})";
    old.run.result = R"({"code":"1234","number":"5551112233","price":"4.00"})";
    w.commit({old});
    w.boot();
    w.pass(2h);
    const auto left = w.run(run_id("R1"));
    BOOST_TEST(left.params == "{}");
    BOOST_TEST(left.result == R"({"code":null,"number":null,"price":"4.00"})");
    BOOST_TEST(left.progress == old.run.progress);
}

BOOST_AUTO_TEST_CASE(a_sweep_goes_on_until_nothing_is_left_and_after_a_crash_in_between)
{
    constexpr int many = 3 * ledger::purge_slice;
    world w;
    for (int n = 0; n < many; ++n) {
        ledger::create_run old;
        old.run.id = run_id("R" + std::to_string(n));
        old.run.job = "job";
        old.run.kind = "test.fake";
        old.run.state = run_state::succeeded;
        old.run.finished_at = old.run.created_at = w.wall() - std::chrono::hours(24 * 4000);
        ledger::batch one;
        one.push_back(std::move(old));
        w.commit(std::move(one));
    }
    w.boot();
    auto seen = std::make_shared<sweeps>();
    w.now().store.crash_after = [seen](const ledger::batch& all) {
        (*seen)(all);
        return seen->seen.size() == 2u;
    };
    w.pass(10min);
    BOOST_TEST(seen->seen.size() == 2u); // then the daemon died
    w.crash();
    BOOST_TEST(!w.runs().empty());
    w.boot();
    w.pass(10min);
    BOOST_TEST(w.runs().empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
