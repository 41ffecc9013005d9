#include "ulakd/reloader.hpp"

#include "http/certificate.hpp"
#include "ledger/sqlite_ledger.hpp"
#include "support/folder.hpp"
#include "support/loop_fixture.hpp"
#include "support/memory_ledger.hpp"

BOOST_AUTO_TEST_SUITE(reloader_)

using namespace std::chrono_literals;
using namespace ulak;
using namespace ulak::daemon;
using engine::file_change;
using status = file_change::change_status;

namespace {

struct remembering_sink final : events::sink {
    void publish(const events::event& e) override { names.push_back(e.name); }
    bool heard(const std::string& name) const { return std::ranges::find(names, name) != names.end(); }
    std::vector<std::string> names{};
};

const std::string panel = "  panel: {provider: smmonayim-panel, key: x1x1x1}\n";
const std::string numbers = "  numbers: {provider: smmonayim-numbers, key: x1x1x1}\n";

// A real engine on a store in memory, and the files of a configuration folder.
struct reloader_fixture : tests::loop_fixture {
    reloader_fixture()
    {
        write(panel);
        build();
    }
    ~reloader_fixture()
    {
        start(engine->stop(clock.now() + 1s));
        pass(5s);
    }

    void write(const std::string& accounts, const std::string& more = {})
    {
        dir.write("ulak.yaml", "version: 1\nstate_dir: state\n" + more + "accounts:\n" + accounts);
    }

    void build(bool simulated = false)
    {
        bus->add(published);
        std::filesystem::create_directories(dir.at("jobs.d"));
        yaml::problems found;
        auto s = load_settings(dir.at("ulak.yaml"), true, found);
        BOOST_REQUIRE(s.has_value());
        s->simulated = simulated;
        auto accounts = clients.accounts(*s, {}, {});
        BOOST_REQUIRE(accounts);
        engine::dependencies deps{io.get_executor(), clock,         recorder, *accounts,   {},
                                  s->jobs_dir,       s->config_dir, s->zone,  s->retention};
        engine = std::make_unique<engine::engine>(std::move(deps));
        BOOST_REQUIRE(run(engine->start()));
        reloader::dependencies parts{io.get_executor(), clock, clients, *engine, recorder, *bus, *log, published};
        subject = std::make_unique<reloader>(parts, std::move(*s), std::move(*accounts));
    }

    reloader::changes reload(bool dry_run = false)
    {
        auto done = run(subject->reload(dry_run));
        BOOST_REQUIRE(done);
        return std::move(*done);
    }

    const providers::account& account(const std::string& name) { return *subject->accounts().at(name); }

    tests::folder dir{};
    remembering_sink published{};
    std::unique_ptr<events::bus> bus = std::make_unique<events::bus>(io.get_executor());
    std::unique_ptr<events::log_sink> log =
        events::make_log_sink(events::format::json, events::level::error, dir.at("log"));
    std::unique_ptr<ledger::ledger> store = tests::make_memory_ledger(io.get_executor());
    ledger::recorder recorder{*store, *bus, clock};
    client_builder clients{io.get_executor(), clock, http::make_resolver(io.get_executor(), clock), published};
    std::unique_ptr<engine::engine> engine{};
    std::unique_ptr<reloader> subject{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(without_a_change_nothing_happens, reloader_fixture)
{
    const auto* before = &account("panel");
    BOOST_TEST(reload().empty());
    BOOST_TEST((&account("panel") == before));
    BOOST_TEST(subject->last_reload_ok());
    BOOST_TEST(subject->reloaded_at().has_value());
    BOOST_TEST(!published.heard("config.loaded"));
}

BOOST_FIXTURE_TEST_CASE(a_new_account_comes_in_and_the_others_stay_the_same_objects, reloader_fixture)
{
    const auto* before = &account("panel");
    write(panel + numbers);
    const auto changes = reload();
    BOOST_REQUIRE(changes.size() == 1u);
    BOOST_TEST((changes.front().status == status::loaded));
    BOOST_TEST(changes.front().changed == std::vector<std::string>{"accounts.numbers"},
               boost::test_tools::per_element());
    BOOST_TEST(subject->accounts().size() == 2u);
    BOOST_TEST((&account("panel") == before));
    BOOST_TEST(engine->accounts()->contains("numbers"));
    BOOST_TEST(published.heard("config.loaded"));
    BOOST_TEST(reload().empty()); // it is in force now
}

BOOST_FIXTURE_TEST_CASE(a_dry_run_says_what_would_change_and_changes_nothing, reloader_fixture)
{
    write(panel + numbers);
    const auto changes = reload(true);
    BOOST_REQUIRE(changes.size() == 1u);
    BOOST_TEST((changes.front().status == status::loaded));
    BOOST_TEST(subject->accounts().size() == 1u);
    BOOST_TEST(!engine->accounts()->contains("numbers"));
    BOOST_TEST(!subject->reloaded_at().has_value());
    BOOST_TEST(!published.heard("config.loaded"));
}

BOOST_FIXTURE_TEST_CASE(a_file_with_errors_is_refused_as_a_whole, reloader_fixture)
{
    write(panel + numbers + "  third: {provider: nobody}\n");
    const auto changes = reload();
    BOOST_REQUIRE(changes.size() == 1u);
    BOOST_TEST((changes.front().status == status::rejected));
    BOOST_TEST(!changes.front().problems.empty());
    BOOST_TEST(subject->accounts().size() == 1u);
    BOOST_TEST(!subject->last_reload_ok());
    BOOST_TEST(published.heard("config.rejected"));
    write(panel);
    reload();
    BOOST_TEST(subject->last_reload_ok());
}

BOOST_FIXTURE_TEST_CASE(what_needs_a_restart_is_refused, reloader_fixture)
{
    write(panel + numbers, "jobs_dir: elsewhere.d\n");
    const auto changes = reload();
    BOOST_REQUIRE(changes.size() == 1u);
    BOOST_TEST((changes.front().status == status::rejected));
    BOOST_REQUIRE(changes.front().problems.size() == 1u);
    BOOST_TEST(changes.front().problems.front().code == "U0514");
    BOOST_TEST(subject->accounts().size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(an_account_is_in_force_once_the_store_knows_what_it_is, reloader_fixture)
{
    BOOST_TEST(!account("panel").identity_id.empty());
    write(panel + numbers);
    reload();
    BOOST_TEST(!account("numbers").identity_id.empty());
    BOOST_TEST(account("numbers").identity_id != account("panel").identity_id);
    BOOST_TEST(run(store->identities()).value().size() == 2u);
    const auto before = account("numbers").identity_id;
    write(panel + "  numbers: {provider: smmonayim-numbers, key: y1y1y1y1}\n");
    reload();
    BOOST_TEST(account("numbers").identity_id != before);
    for (const auto& one : run(store->identities()).value())
        BOOST_TEST(one.login.find("y1y1") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(an_account_that_cannot_be_built_changes_nothing, reloader_fixture)
{
    write(panel + "  numbers: {provider: smmonayim-numbers, key: x1x1x1, pace: 5 segments/s}\n");
    const auto changes = reload();
    BOOST_REQUIRE(changes.size() == 1u);
    BOOST_TEST((changes.front().status == status::rejected));
    BOOST_REQUIRE(changes.front().problems.size() == 1u);
    BOOST_TEST(changes.front().problems.front().text.find("account numbers") != std::string::npos);
    BOOST_TEST(subject->accounts().size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_reload_lets_suspended_accounts_be_tried_again_and_a_dry_run_does_not, reloader_fixture)
{
    for (int i = 0; i < 3; ++i)
        account("panel").health->record(providers::call_result::login_refused, "no", clock.now(), clock.wall_now(), 1);
    reload(true);
    BOOST_TEST(name(account("panel").health->state()) == "suspended");
    reload();
    BOOST_TEST(name(account("panel").health->state()) == "ready");
    BOOST_TEST(published.heard("account.resumed"));
}

BOOST_FIXTURE_TEST_CASE(a_broken_job_is_refused_by_itself, reloader_fixture)
{
    dir.write("jobs.d/bad.yaml", "version: 1\nkind: nothing\n");
    write(panel + numbers);
    const auto changes = reload();
    BOOST_REQUIRE(changes.size() == 2u);
    BOOST_TEST((changes[0].status == status::loaded)); // ulak.yaml comes first
    BOOST_TEST((changes[1].status == status::rejected));
    BOOST_TEST(subject->accounts().size() == 2u);
    BOOST_TEST(!subject->last_reload_ok());
}

BOOST_FIXTURE_TEST_CASE(certificates_that_were_exchanged_are_read_anew_though_the_file_is_the_same, reloader_fixture)
{
    const std::string trusting = "  panel: {provider: smmonayim-panel, key: x1x1x1, ca_file: own.pem}\n";
    dir.write("own.pem", http::make_authority("first")->certificate_pem);
    write(trusting);
    reload();
    BOOST_TEST(reload().empty());
    const auto* before = &account("panel");
    dir.write("own.pem", http::make_authority("second")->certificate_pem);
    for (const bool dry_run : {true, false}) {
        const auto changes = reload(dry_run);
        BOOST_REQUIRE(changes.size() == 1u);
        BOOST_TEST((changes.front().status == status::loaded));
        BOOST_TEST(changes.front().changed == std::vector<std::string>{"certificates of " + dir.at("own.pem")},
                   boost::test_tools::per_element());
    }
    BOOST_TEST((&account("panel") == before)); // with its runs, rates and health
    BOOST_TEST(reload().empty());
    // One that cannot be used is a problem at its key, and what was trusted stays.
    dir.write("own.pem", "no certificate\n");
    const auto changes = reload();
    BOOST_REQUIRE(changes.size() == 1u);
    BOOST_TEST((changes.front().status == status::rejected));
    BOOST_REQUIRE(!changes.front().problems.empty());
    BOOST_TEST(changes.front().problems.front().code == "U0510");
    BOOST_TEST(changes.front().problems.front().at.line > 0u);
    BOOST_TEST(changes.front().problems.front().text.find("own.pem") != std::string::npos);
    BOOST_TEST((&account("panel") == before));
}

BOOST_FIXTURE_TEST_CASE(a_simulated_daemon_keeps_its_settings, reloader_fixture)
{
    start(engine->stop(clock.now() + 1s));
    pass(5s);
    build(true);
    write(panel + numbers);
    BOOST_TEST(reload().empty());
    BOOST_TEST(subject->accounts().size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
