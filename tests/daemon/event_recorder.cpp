#include "ulakd/event_recorder.hpp"

#include "ledger/sqlite_ledger.hpp"
#include "refusing_ledger.hpp"
#include "support/loop_fixture.hpp"
#include "support/memory_ledger.hpp"

BOOST_AUTO_TEST_SUITE(event_recorder_)

using namespace ulak;
using namespace ulak::daemon;

namespace {

struct remembering_sink final : events::sink {
    void publish(const events::event& e) override { heard.push_back(e); }
    std::vector<events::event> heard{};
};

struct recorder_fixture : tests::loop_fixture {
    void publish(ledger::ledger& store)
    {
        ledger::recorder recorder(store, published, clock);
        event_recorder events(recorder, fallback, tasks);
        events.publish(events::event("account.failing", events::level::warning, "account a is failing"));
        run(tasks.join());
    }

    remembering_sink published{}, fallback{};
    async::task_group tasks{io.get_executor()};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(an_event_is_recorded_and_then_published_with_its_number, recorder_fixture)
{
    const auto store = tests::make_memory_ledger(io.get_executor());
    publish(*store);
    BOOST_REQUIRE(published.heard.size() == 1u);
    BOOST_TEST(published.heard.front().name == "account.failing");
    BOOST_TEST(published.heard.front().seq > 0);
    BOOST_TEST(fallback.heard.empty());
    const auto kept = run(store->recent_events("account.failing", 10));
    BOOST_REQUIRE(kept);
    BOOST_TEST(kept->size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(what_the_store_refuses_reaches_those_who_listen_all_the_same, recorder_fixture)
{
    tests::refusing_ledger store;
    publish(store);
    BOOST_TEST(published.heard.empty());
    BOOST_REQUIRE(fallback.heard.size() == 1u);
    BOOST_TEST(fallback.heard.front().message == "account a is failing");
}

BOOST_AUTO_TEST_SUITE_END()
