#include "http/resolver.hpp"

#include "http/client/address_filter.hpp"
#include "http/client/caching_resolver.hpp"
#include "http/loop.hpp"
#include "http/print.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <future>
#include <mutex>

namespace ulak::http::testing {
namespace {

// Outlives its threads: each holds a share.
struct fake_system {
    std::mutex guard{};
    std::map<std::string, lookup_result> known{};
    std::atomic<int> asked{0};
    std::atomic<bool> hangs{false};
    std::promise<void> release{};
    std::shared_future<void> released{release.get_future()};

    lookup_result ask(const std::string& host)
    {
        ++asked;
        if (hangs || host.starts_with("stuck"))
            released.wait();
        std::lock_guard lock(guard);
        return known[host];
    }

    void set(const std::string& host, std::vector<std::string> addresses, std::string failure = "")
    {
        std::lock_guard lock(guard);
        auto& entry = known[host];
        entry.addresses.clear();
        for (const auto& address : addresses)
            entry.addresses.push_back(asio::ip::make_address(address));
        entry.failure = std::move(failure);
    }
};

struct resolver_fixture : loop_fixture {
    std::shared_ptr<fake_system> system = std::make_shared<fake_system>();
    std::shared_ptr<resolver> names = std::make_shared<caching_resolver>(
        ex, clock, [shared = system](const std::string& host) { return shared->ask(host); });

    ~resolver_fixture() { system->release.set_value(); }

    result<endpoints> ask(const std::string& host) { return run(names->resolve(host, "443", in(5s))); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(resolver_, resolver_fixture)

BOOST_AUTO_TEST_CASE(literal_addresses_are_not_asked_for)
{
    auto found = ask("192.0.2.7");
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST(found->front().address().to_string() == "192.0.2.7");
    BOOST_TEST(found->front().port() == 443);
    BOOST_TEST(ask("2001:db8::1").has_value());
    BOOST_TEST(system->asked == 0);
}

BOOST_AUTO_TEST_CASE(localhost_is_this_machine_whatever_its_files_say)
{
    system->set("localhost", {"192.0.2.7"});
    auto found = ask("localhost");
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST_REQUIRE(found->size() == 2u);
    for (const auto& address : *found)
        BOOST_TEST(address.address().is_loopback());
    BOOST_TEST(system->asked == 0);
}

BOOST_AUTO_TEST_CASE(answers_are_kept_for_a_minute)
{
    system->set("a.test", {"192.0.2.1", "192.0.2.2"});
    BOOST_TEST(ask("a.test")->size() == 2u);
    pass(59s);
    BOOST_TEST(ask("a.test").has_value());
    BOOST_TEST(system->asked == 1);
    pass(2s);
    BOOST_TEST(ask("a.test").has_value());
    BOOST_TEST(system->asked == 2);
}

BOOST_AUTO_TEST_CASE(an_old_answer_serves_while_the_name_server_is_away_but_not_for_ever)
{
    system->set("a.test", {"192.0.2.1"});
    ask("a.test");
    system->set("a.test", {}, "try again");
    pass(59min);
    BOOST_TEST(ask("a.test").has_value());
    pass(2min);
    auto gone = ask("a.test");
    BOOST_TEST_REQUIRE(gone.has_error());
    BOOST_TEST(gone.error().code == errc::resolve_failed);
    BOOST_TEST(gone.error().message.find("try again") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(one_question_serves_all_who_ask_at_once)
{
    auto first = start(names->resolve("stuck.test", "443", in(60s)));
    auto second = start(names->resolve("stuck.test", "444", in(60s)));
    turn();
    system->set("stuck.test", {"192.0.2.1"});
    system->release.set_value();
    until([&] { return first->ended() && second->ended(); });
    BOOST_TEST(first->get()->front().port() == 443);
    BOOST_TEST(second->get()->front().port() == 444);
    BOOST_TEST(system->asked == 1);
    system->release = std::promise<void>();
}

BOOST_AUTO_TEST_CASE(n03_a_stuck_name_delays_no_other_and_its_waiter_leaves_in_time)
{
    auto stuck = start(names->resolve("stuck.test", "443", in(5s)));
    turn();
    system->set("a.test", {"192.0.2.1"});
    BOOST_TEST(ask("a.test").has_value());
    pass(6s);
    BOOST_TEST_REQUIRE(stuck->ended());
    BOOST_TEST(stuck->get().error().code == errc::timed_out);
    auto cancelled = start(names->resolve("stuck.test", "443", in(5s)));
    turn();
    cancelled->cancel();
    until([&] { return cancelled->ended(); });
    BOOST_TEST(cancelled->get().error().code == errc::cancelled);
}

BOOST_AUTO_TEST_CASE(n03_a_name_asked_right_after_a_stuck_one_does_not_wait_behind_it)
{
    system->set("a.test", {"192.0.2.1"});
    system->set("b.test", {"192.0.2.2"});
    ask("a.test"); // one thread is at hand now, and may be woken for either
    turn();
    auto stuck = start(names->resolve("stuck.test", "443", in(5s)));
    auto other = start(names->resolve("b.test", "443", in(5s)));
    until([&] { return other->ended(); });
    BOOST_TEST(other->get().has_value());
    BOOST_TEST(!stuck->ended());
    pass(6s);
    BOOST_TEST(stuck->ended());
}

BOOST_AUTO_TEST_CASE(n03_an_old_answer_serves_after_two_seconds_where_a_new_one_takes_longer)
{
    system->set("a.test", {"192.0.2.1"});
    ask("a.test");
    pass(2min);
    system->hangs = true;
    auto waiting = start(names->resolve("a.test", "443", in(30s)));
    turn();
    pass(1s);
    BOOST_TEST(!waiting->ended());
    pass(2s);
    until([&] { return waiting->ended(); });
    BOOST_TEST_REQUIRE(waiting->get().has_value());
    BOOST_TEST(waiting->get()->front().address().to_string() == "192.0.2.1");
}

BOOST_AUTO_TEST_CASE(n03_nobody_waits_for_a_stuck_thread_at_the_end)
{
    auto began = std::chrono::steady_clock::now();
    auto stuck = start(names->resolve("stuck.test", "443", in(5s)));
    turn();
    pass(6s);
    BOOST_TEST(stuck->ended());
    names.reset();
    BOOST_TEST((std::chrono::steady_clock::now() - began < 5s));
}

BOOST_AUTO_TEST_CASE(the_system_reads_the_old_short_form_of_an_address)
{
    auto real = make_resolver(ex, clock);
    auto found = run(real->resolve("127.1", "80", in(5s)));
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST(found->front().address().is_loopback());
    BOOST_TEST(run(real->resolve("127.1", "http", in(5s))).error().code == errc::invalid_argument);
}

BOOST_AUTO_TEST_CASE(n04_private_ranges_are_known)
{
    for (auto text : {"127.0.0.1",
                      "127.255.255.255",
                      "10.1.2.3",
                      "172.16.0.1",
                      "172.31.255.255",
                      "192.168.1.1",
                      "169.254.169.254",
                      "100.64.0.1",
                      "0.0.0.0",
                      "224.0.0.1",
                      "255.255.255.255",
                      "198.18.0.1",
                      "::1",
                      "::",
                      "fe80::1",
                      "fd00::1",
                      "fc00::1",
                      "ff02::1",
                      "::ffff:127.0.0.1",
                      "::ffff:10.0.0.1",
                      "64:ff9b::10.0.0.1"})
        BOOST_TEST(is_private(asio::ip::make_address(text)), text);
    for (auto text : {"8.8.8.8", "172.32.0.1", "172.15.255.255", "100.128.0.1", "192.169.0.1", "11.0.0.1",
                      "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"})
        BOOST_TEST(!is_private(asio::ip::make_address(text)), text);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::http::testing
