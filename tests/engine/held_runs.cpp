// An account is its provider, site and login, not its name: what was bought at another one is left alone.
#include "engine/world.hpp"

#include "kinds/waiting.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(held_runs_)

using ledger::effect_state;
using ledger::run_state;

namespace {

constexpr char site_a[] = "https://a.example", site_b[] = "https://b.example";

ledger::batch bought(const kinds::run_context& c, const std::string& identity, const std::string& operation)
{
    const effect_id id("E" + c.run().id.text());
    ledger::intend i;
    i.effect.id = id;
    i.effect.run = c.run().id;
    i.effect.step = "number/1";
    i.effect.job = c.run().job;
    i.effect.account = "acc";
    i.effect.provider = "tamonay";
    i.effect.identity = identity;
    i.effect.operation = operation;
    i.effect.expected = money(decimal::from_integer(8), "TRY");
    ledger::move_effect accepted(id, effect_state::accepted);
    accepted.provider_ref = "173";
    ledger::batch all;
    all.push_back(std::move(i));
    all.push_back(ledger::move_effect(id, effect_state::dispatched));
    all.push_back(std::move(accepted));
    return all;
}

struct changing_world : world {
    changing_world() { write("job", "concurrency: 9\naccount: acc\n"); }

    /// From the next boot or reload on, the account is this.
    void become(const std::string& site, const std::string& login = "me", const std::string& provider = "tamonay")
    {
        auto a = std::make_shared<providers::account>();
        a->name = "acc";
        a->provider = provider;
        a->identity = {provider, site, login};
        accounts = std::make_shared<providers::accounts>();
        (*accounts)["acc"] = std::move(a);
    }
    void reload()
    {
        engine::configuration c(accounts, channels(), engine::retention());
        auto done = get(engine().reconfigure(false, std::move(c)));
        BOOST_TEST_REQUIRE(done.has_value(), (done ? "" : done.error().message));
    }

    /// Buys number 173, then asks for its code every minute, and gives it back when it is cancelled.
    task<kinds::ending> follow(kinds::run_context& c)
    {
        const auto account = c.account("acc");
        if (c.run().progress == "{}") {
            boost::json::object progress{{"number", "173"}};
            auto all = bought(c, older_version ? std::string() : account->identity_id, operation);
            auto saved = co_await c.save_progress(std::move(progress), std::move(all));
            BOOST_TEST(saved.has_value(), (saved ? "" : saved.error().message));
        }
        while (!c.stopping() && !c.cancel_requested()) {
            asked.push_back("code at " + account->identity.base_url);
            co_await kinds::sleep_for(c, 1min);
        }
        if (c.stopping())
            co_return kinds::ending::stopped();
        asked.push_back("cancel at " + account->identity.base_url);
        co_return kinds::ending(run_state::cancelled);
    }

    /// A run with an open number at site a, and the daemon stopped.
    run_id bought_and_stopped()
    {
        become(site_a);
        *run_script = [this](kinds::run_context& c) { return follow(c); };
        boot();
        const auto id = begin("job");
        BOOST_TEST_REQUIRE(asked == std::vector<std::string>{"code at https://a.example"});
        stop();
        asked.clear();
        return id;
    }

    std::vector<ledger::attention_record> open_entries() { return get(disk->attention(true)).value(); }

    std::vector<std::string> asked{}; ///< of providers
    bool older_version = false;
    std::string operation = "number.order";
};

} // namespace

BOOST_AUTO_TEST_CASE(a_number_of_one_site_is_never_asked_for_at_another)
{
    changing_world w;
    const auto id = w.bought_and_stopped();
    w.become(site_b);
    w.boot();
    w.pass(3h);
    BOOST_TEST(w.asked.empty());
    BOOST_TEST((w.run(id).state == run_state::running));
    const auto open = w.open_entries();
    BOOST_TEST_REQUIRE(open.size() == 1u);
    BOOST_TEST(open[0].kind == "account-changed");
    BOOST_TEST(open[0].account == "acc");
    BOOST_TEST(open[0].run.text() == id.text());
    BOOST_TEST(open[0].amount.text() == "8.00 TRY");
    BOOST_TEST(open[0].evidence.find("base_url was https://a.example, is https://b.example") != std::string::npos);
    BOOST_TEST(open[0].evidence.find("login") == std::string::npos);
    BOOST_TEST(open[0].evidence.find("ulakctl adopt acc") != std::string::npos);
    BOOST_TEST(w.published.last("attention.raised")->account == "acc");
}

BOOST_AUTO_TEST_CASE(what_changed_is_said_in_words)
{
    struct row {
        const char *site, *login, *provider, *words;
    };
    const row table[] = {
        {site_a, "you", "tamonay", "acc: the login changed;"},
        {site_b, "you", "tamonay", "base_url was https://a.example, is https://b.example; the login changed;"},
        {site_a, "me", "smmonayim-numbers", "provider was tamonay, is smmonayim-numbers;"},
    };
    for (const auto& r : table)
        BOOST_TEST_CONTEXT(r.words)
        {
            changing_world w;
            w.bought_and_stopped();
            w.become(r.site, r.login, r.provider);
            w.boot();
            BOOST_TEST(w.asked.empty());
            const auto open = w.open_entries();
            BOOST_TEST_REQUIRE(open.size() == 1u);
            BOOST_TEST(open[0].evidence.find(r.words) != std::string::npos, open[0].evidence);
        }
}

BOOST_AUTO_TEST_CASE(one_entry_stays_over_restarts_and_is_closed_when_the_account_is_what_it_was)
{
    changing_world w;
    w.bought_and_stopped();
    w.become(site_b);
    w.boot();
    const auto entry = w.open_entries().at(0).id;
    w.stop();
    w.become(site_b);
    w.boot();
    BOOST_TEST_REQUIRE(w.open_entries().size() == 1u);
    BOOST_TEST(w.open_entries()[0].id == entry);
    w.stop();
    w.become(site_a);
    w.boot();
    BOOST_TEST(w.open_entries().empty());
    BOOST_TEST(w.asked == std::vector<std::string>{"code at https://a.example"}, boost::test_tools::per_element());
    BOOST_TEST(w.published.last("attention.resolved")->data.at("attention").as_string() == entry);
    // And it waits again, with an entry of its own.
    w.stop();
    w.become(site_b);
    w.boot();
    BOOST_TEST_REQUIRE(w.open_entries().size() == 1u);
    BOOST_TEST(w.open_entries()[0].id != entry);
}

BOOST_AUTO_TEST_CASE(a_reload_that_brings_the_old_account_back_lets_the_run_go_on)
{
    changing_world w;
    w.bought_and_stopped();
    w.become(site_b);
    w.boot();
    w.become("https://c.example");
    w.reload();
    BOOST_TEST(w.asked.empty());
    BOOST_TEST_REQUIRE(w.open_entries().size() == 1u);
    BOOST_TEST(w.open_entries()[0].evidence.find("is https://c.example") != std::string::npos);
    w.accounts = std::make_shared<providers::accounts>();
    w.reload(); // gone for a while
    BOOST_TEST(w.asked.empty());
    BOOST_TEST(w.open_entries().size() == 1u);
    w.become(site_a);
    w.reload();
    BOOST_TEST(w.open_entries().empty());
    BOOST_TEST(w.asked == std::vector<std::string>{"code at https://a.example"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(new_runs_buy_at_the_new_site_while_the_old_one_waits)
{
    changing_world w;
    const auto old = w.bought_and_stopped();
    w.become(site_b);
    w.boot();
    const auto fresh = w.begin("job");
    BOOST_TEST(w.asked == std::vector<std::string>{"code at https://b.example"}, boost::test_tools::per_element());
    ledger::effect_query q;
    q.run = fresh.text();
    const auto effects = w.get(w.disk->effects(std::move(q))).value();
    BOOST_TEST_REQUIRE(effects.size() == 1u);
    BOOST_TEST(effects[0].provider_ref == "173"); // another site's number of the same id
    BOOST_TEST((w.run(old).state == run_state::running));
}

BOOST_AUTO_TEST_CASE(a_person_can_say_that_it_is_the_same_wallet)
{
    changing_world w;
    w.bought_and_stopped();
    w.become(site_a, "a new key");
    w.boot();
    BOOST_TEST(w.asked.empty());
    BOOST_TEST((w.get(w.engine().adopt_account("none", 7)).error().code == errc::not_found));
    BOOST_TEST(w.get(w.engine().adopt_account("acc", 7)).has_value());
    BOOST_TEST(w.open_entries().empty());
    BOOST_TEST(w.asked == std::vector<std::string>{"code at https://a.example"}, boost::test_tools::per_element());
    BOOST_TEST(w.published.last("account.adopted")->data.at("uid").to_number<int>() == 7);
    BOOST_TEST((w.get(w.engine().adopt_account("acc", 7)).error().code == errc::conflict));
    w.stop();
    w.become(site_a, "a new key");
    w.boot();
    BOOST_TEST(w.asked.size() == 2u);
}

BOOST_AUTO_TEST_CASE(to_resolve_the_entry_ends_the_run_without_a_call)
{
    changing_world w;
    const auto id = w.bought_and_stopped();
    w.become(site_b);
    w.boot();
    const auto entry = w.open_entries().at(0).id;
    BOOST_TEST(w.get(w.engine().resolve(entry, "write-off", 7)).has_value());
    BOOST_TEST((w.run(id).state == run_state::failed));
    BOOST_TEST(w.run(id).error_message == "its account changed, and a person has given it up");
    w.become(site_a);
    w.reload();
    w.pass(1h);
    BOOST_TEST(w.asked.empty());
}

BOOST_AUTO_TEST_CASE(a_cancel_waits_for_the_account_too)
{
    changing_world w;
    const auto id = w.bought_and_stopped();
    w.become(site_b);
    w.boot();
    BOOST_TEST(w.get(w.engine().cancel(id)).has_value());
    w.pass(1h);
    BOOST_TEST(w.asked.empty());
    BOOST_TEST((w.run(id).state == run_state::running));
    const auto why = w.engine().waits_for_account(id);
    BOOST_TEST(why.find("base_url was https://a.example, is https://b.example") != std::string::npos, why);
    BOOST_TEST(why.find("ulakctl adopt acc") != std::string::npos, why);
    w.become(site_a);
    w.reload();
    BOOST_TEST(w.asked == std::vector<std::string>{"cancel at https://a.example"}, boost::test_tools::per_element());
    BOOST_TEST((w.run(id).state == run_state::cancelled));
}

BOOST_AUTO_TEST_CASE(a_cancel_ends_a_run_at_once_that_has_nothing_open_at_the_provider)
{
    changing_world w;
    w.operation = "sms.send";
    const auto id = w.bought_and_stopped();
    ledger::add_items add;
    add.run = id;
    add.items.resize(700);
    for (std::size_t i = 0; i < add.items.size(); ++i) {
        add.items[i].position = static_cast<std::int64_t>(i);
        add.items[i].phone = "555" + std::to_string(1000000 + i);
    }
    add.items[0].state = ledger::item_state::submitted;
    w.become(site_b);
    w.boot();
    ledger::batch listed;
    listed.push_back(std::move(add));
    BOOST_TEST_REQUIRE(w.get(w.disk->commit(std::move(listed))).has_value());
    BOOST_TEST_REQUIRE(w.open_entries().size() == 1u);
    BOOST_TEST(w.get(w.engine().cancel(id)).has_value());
    BOOST_TEST((w.run(id).state == run_state::cancelled));
    BOOST_TEST(w.open_entries().empty());
    BOOST_TEST(w.engine().waits_for_account(id).empty());
    const auto counts = w.get(w.disk->count_items(id)).value().by_state;
    BOOST_TEST(counts.at(static_cast<std::size_t>(ledger::item_state::skipped)) == 699);
    BOOST_TEST(counts.at(static_cast<std::size_t>(ledger::item_state::submitted)) == 1);
    BOOST_TEST((w.get(w.engine().cancel(id)).error().code == errc::conflict));
    w.become(site_a);
    w.reload();
    w.pass(1h);
    BOOST_TEST(w.asked.empty());
}

BOOST_AUTO_TEST_CASE(what_an_older_version_bought_belongs_to_the_account_as_it_is_first_seen)
{
    changing_world w;
    w.become(site_a);
    *w.run_script = [&w](kinds::run_context& c) { return w.follow(c); };
    w.boot();
    w.older_version = true;
    w.begin("job");
    w.stop();
    w.asked.clear();
    // The first start after the upgrade; the store has no identities then.
    w.become("https://first.example");
    w.boot();
    BOOST_TEST(w.asked == std::vector<std::string>{"code at https://first.example"}, boost::test_tools::per_element());
    w.stop();
    w.asked.clear();
    w.become(site_b);
    w.boot();
    BOOST_TEST(w.asked.empty());
    BOOST_TEST_REQUIRE(w.open_entries().size() == 1u);
    BOOST_TEST(w.open_entries()[0].evidence.find("was https://first.example") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_an_account_bought_before_gets_the_identity_that_another_name_made_known)
{
    changing_world w;
    w.become(site_a);
    *w.run_script = [&w](kinds::run_context& c) { return w.follow(c); };
    w.boot();
    w.older_version = true;
    w.begin("job");
    w.stop();
    w.asked.clear();
    // The first start after the upgrade knows the same login under another name only.
    auto other = std::make_shared<providers::account>();
    other->name = "other";
    other->provider = "tamonay";
    other->identity = {"tamonay", site_a, "me"};
    w.accounts = std::make_shared<providers::accounts>();
    (*w.accounts)["other"] = other;
    w.boot();
    w.stop();
    w.become(site_a); // it is back, and its login is known
    w.boot();
    ledger::effect_query q;
    q.account = "acc";
    const auto effects = w.get(w.disk->effects(std::move(q))).value();
    BOOST_TEST_REQUIRE(effects.size() == 1u);
    BOOST_TEST(!effects[0].identity.empty());
    w.stop();
    w.asked.clear();
    w.become(site_b);
    w.boot();
    BOOST_TEST(w.asked.empty());
    BOOST_TEST(w.open_entries().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_run_that_waits_for_its_account_counts_for_who_was_messaged)
{
    changing_world w;
    w.write("job", "concurrency: 9\naccount: acc\nasks_back: 1440h\n");
    w.bought_and_stopped();
    w.write("job", "concurrency: 9\naccount: acc\nasks_back: 24h\n"); // the run has the older version
    w.become(site_b);
    w.boot();
    std::optional<ledger::purge> last;
    w.now().store.crash_after = [&last](const ledger::batch& all) {
        for (const auto& change : all)
            if (const auto* p = std::get_if<ledger::purge>(&change); p && p->items_before)
                last = *p;
        return false;
    };
    w.pass(25h);
    BOOST_TEST_REQUIRE(last.has_value());
    BOOST_TEST((*last->items_before - *last->messaged_since == 1440h - 720h));
}

BOOST_AUTO_TEST_CASE(the_store_keeps_no_login)
{
    changing_world w;
    w.bought_and_stopped();
    const auto all = w.get(w.disk->identities()).value();
    BOOST_TEST_REQUIRE(all.size() == 1u);
    BOOST_TEST(all[0].base_url == site_a);
    BOOST_TEST(all[0].login.size() == 16u);
    // Another store has another key: one fingerprint of a login says nothing about another.
    changing_world other;
    other.bought_and_stopped();
    BOOST_TEST(other.get(other.disk->identities()).value().at(0).login != all[0].login);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
