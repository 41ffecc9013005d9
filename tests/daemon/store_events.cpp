#include "ulakd/store_events.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(store_events_)

using namespace ulak;
using namespace ulak::daemon;

namespace {

using strings = std::vector<std::string>;

ledger::store_health health(std::string held, std::string blocked)
{
    ledger::store_health h;
    h.held = std::move(held);
    h.blocked = std::move(blocked);
    return h;
}

strings names_of(const std::vector<events::event>& all)
{
    strings out;
    for (const auto& e : all)
        out.push_back(e.name);
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(each_change_is_reported_once)
{
    struct row {
        ledger::store_health before, now;
        strings wanted;
    };
    const row rows[] = {{health("", ""), health("", ""), {}},
                        {health("", ""), health("copied", ""), {"store.held"}},
                        {health("copied", ""), health("copied", ""), {}},
                        {health("copied", ""), health("restored", ""), {}},
                        {health("copied", ""), health("", ""), {}},
                        {health("", ""), health("", "disk full"), {"store.blocked"}},
                        {health("", "disk full"), health("", "disk full"), {}},
                        {health("", "disk full"), health("", "I/O error"), {}},
                        {health("", "disk full"), health("", ""), {"store.resumed"}},
                        {health("", ""), health("copied", "disk full"), {"store.held", "store.blocked"}},
                        {health("", "disk full"), health("copied", ""), {"store.held", "store.resumed"}}};
    for (const auto& [before, now, wanted] : rows)
        BOOST_TEST_CONTEXT(before.held << '/' << before.blocked << " to " << now.held << '/' << now.blocked)
        {
            BOOST_TEST(names_of(store_events(before, now)) == wanted, boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_CASE(the_reason_is_in_the_text)
{
    const auto held = store_events(health("", ""), health("the folder was copied", ""));
    BOOST_REQUIRE(held.size() == 1u);
    BOOST_TEST(held.front().message == "the folder was copied");
    BOOST_TEST((held.front().severity == events::level::error));
    const auto blocked = store_events(health("", ""), health("", "disk full"));
    BOOST_REQUIRE(blocked.size() == 1u);
    BOOST_TEST(blocked.front().message == "nothing costly is sent: disk full");
    const auto resumed = store_events(health("", "disk full"), health("", ""));
    BOOST_REQUIRE(resumed.size() == 1u);
    BOOST_TEST((resumed.front().severity == events::level::notice));
}

BOOST_AUTO_TEST_SUITE_END()
