#include "ulakd/lifecycle.hpp"

#include "ledger/sqlite_ledger.hpp"
#include "refusing_ledger.hpp"
#include "support/folder.hpp"
#include "support/loop_fixture.hpp"
#include "support/memory_ledger.hpp"

#include <algorithm>
#include <csignal>

BOOST_AUTO_TEST_SUITE(lifecycle_)

using namespace ulak;
using namespace ulak::daemon;

namespace {

struct remembering_sink final : events::sink {
    void publish(const events::event& e) override { names.push_back(e.name); }
    std::vector<std::string> names{};
};

// Everything that the composition root builds, without sockets; the store is the test's.
struct lifecycle_fixture : tests::loop_fixture {
    void build(ledger::ledger& store)
    {
        bus->add(published);
        std::filesystem::create_directories(dir.at("jobs.d"));
        yaml::problems found;
        auto s = load_settings(dir.write("ulak.yaml", "version: 1\nstate_dir: state\n"), true, found);
        BOOST_REQUIRE(s.has_value());
        recorder = std::make_unique<ledger::recorder>(store, *bus, clock);
        auto accounts = std::make_shared<providers::accounts>();
        engine::dependencies deps{io.get_executor(), clock,         *recorder, accounts,    {},
                                  s->jobs_dir,       s->config_dir, s->zone,   s->retention};
        engine = std::make_unique<engine::engine>(std::move(deps));
        reloader::dependencies parts{io.get_executor(), clock, clients, *engine, *recorder, *bus, *log, published};
        reload = std::make_unique<reloader>(parts, std::move(*s), accounts);
        lifecycle::dependencies all{manager, clock,
                                    signals, *log,
                                    *bus,    *recorder,
                                    *engine, *server,
                                    tasks,   barrier,
                                    *reload, [] { return std::string("fine"); },
                                    {},      [this](std::chrono::seconds limit) { limits.push_back(limit); }};
        subject = std::make_unique<lifecycle>(std::move(all));
    }

    tests::folder dir{};
    remembering_sink published{};
    service_manager manager{};
    signal_set signals{io.get_executor(), SIGTERM, SIGINT, SIGHUP};
    std::unique_ptr<events::bus> bus = std::make_unique<events::bus>(io.get_executor());
    std::unique_ptr<events::log_sink> log =
        events::make_log_sink(events::format::json, events::level::error, dir.at("log"));
    std::unique_ptr<ledger::recorder> recorder{};
    client_builder clients{io.get_executor(), clock, http::make_resolver(io.get_executor(), clock), published};
    std::unique_ptr<engine::engine> engine{};
    std::unique_ptr<reloader> reload{};
    recovery_barrier barrier{io.get_executor()};
    std::unique_ptr<http::server> server = http::make_server(io.get_executor(), clock);
    async::task_group tasks{io.get_executor()};
    std::vector<std::chrono::seconds> limits{}; ///< of the stop, as they were set
    std::unique_ptr<lifecycle> subject{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_daemon_recovers_opens_the_barrier_and_stops_on_sigterm, lifecycle_fixture)
{
    const auto store = tests::make_memory_ledger(io.get_executor());
    build(*store);
    BOOST_TEST(!barrier.lifted());
    BOOST_TEST(::raise(SIGTERM) == 0); // waits in the signal set until the daemon has started
    BOOST_TEST(run(subject->run()) == 0);
    BOOST_TEST(barrier.lifted());
    const std::vector<std::string> wanted{"daemon.started", "daemon.stopping"};
    BOOST_TEST(published.names == wanted, boost::test_tools::per_element());
    BOOST_TEST(engine->stopping());
    BOOST_TEST((limits == std::vector<std::chrono::seconds>{stop_limit}));
    BOOST_TEST((stop_limit < announced_stop_time));
    BOOST_TEST((announced_stop_time < std::chrono::seconds(130))); // TimeoutStopSec= of the unit
    BOOST_TEST((stop_timeout + forced_stop_timeout < stop_limit)); // each part has its time before
}

BOOST_FIXTURE_TEST_CASE(without_a_store_it_ends_with_one_and_lets_nobody_in, lifecycle_fixture)
{
    tests::refusing_ledger store;
    build(store);
    BOOST_TEST(run(subject->run()) == 1);
    BOOST_TEST(!barrier.lifted());
    BOOST_TEST(std::ranges::count(published.names, "daemon.started") == 0);
    BOOST_TEST(std::ranges::count(published.names, "daemon.stopping") >= 1); // with the reason, in the log at least
}

BOOST_AUTO_TEST_SUITE_END()
