#include "core/ids.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <sstream>
#include <thread>
#include <vector>

using namespace ulak;

namespace {

/// 26 letters of Crockford's base 32 with a first letter not above '7'.
} // namespace

BOOST_AUTO_TEST_SUITE(ids_)

BOOST_AUTO_TEST_CASE(ulids_of_one_millisecond_increase)
{
    std::string last;
    for (int i = 0; i < 10'000; ++i) {
        const auto next = make_ulid(1'795'338'000'000);
        BOOST_REQUIRE(is_ulid(next));
        BOOST_REQUIRE_LT(last, next);
        last = next;
    }
}

BOOST_AUTO_TEST_CASE(ulids_sort_by_their_time)
{
    std::string last;
    for (std::int64_t ms = 2'000'000'000'000; ms < 2'000'000'000'500; ++ms) {
        const auto next = make_ulid(ms);
        BOOST_REQUIRE_LT(last, next);
        last = next;
    }
}

BOOST_AUTO_TEST_CASE(the_time_is_in_the_first_ten_letters)
{
    BOOST_TEST(make_ulid(0).substr(0, 10) == "0000000000");
    BOOST_TEST(make_ulid(1'469'918'176'385).substr(0, 10) == "01ARYZ6S41"); // the example of the ULID specification
    BOOST_TEST(make_ulid((std::int64_t{1} << 48) - 1).substr(0, 10) == "7ZZZZZZZZZ");
    BOOST_TEST(make_ulid(-5).substr(0, 10) == "0000000000");
}

BOOST_AUTO_TEST_CASE(threads_never_get_the_same)
{
    std::vector<std::vector<std::string>> made(4);
    std::vector<std::thread> threads;
    for (auto& mine : made)
        threads.emplace_back([&mine] {
            for (int i = 0; i < 2'000; ++i)
                mine.push_back(make_ulid(1'795'338'000'001));
        });
    for (auto& t : threads)
        t.join();
    std::set<std::string> all;
    for (const auto& mine : made)
        all.insert(mine.begin(), mine.end());
    BOOST_TEST(all.size() == 8'000u);
}

BOOST_AUTO_TEST_CASE(ids_of_different_kinds_do_not_mix)
{
    static_assert(!std::is_convertible_v<run_id, effect_id> && !std::is_convertible_v<std::string, run_id>);
    BOOST_TEST(run_id("a") < run_id("b"));
    BOOST_TEST(run_id().empty());
    BOOST_TEST(std::hash<run_id>()(run_id("a")) == std::hash<run_id>()(run_id("a")));
}

BOOST_AUTO_TEST_CASE(a_clock_that_steps_back_still_gives_ulids_of_its_own_time)
{
    const auto late = make_ulid(1'900'000'000'500);
    const auto early = make_ulid(1'900'000'000'000);
    BOOST_TEST(is_ulid(late));
    BOOST_TEST(early < late);
    BOOST_TEST(make_ulid(1'900'000'000'000) > early);
}

BOOST_AUTO_TEST_CASE(ids_keep_and_print_their_text)
{
    const run_id id("01J");
    std::ostringstream out;
    out << id;
    BOOST_TEST(out.str() == "01J");
    BOOST_TEST(id.text() == "01J");
    BOOST_TEST(!id.empty());
    BOOST_TEST((std::hash<run_id>()(run_id("a")) != std::hash<run_id>()(run_id("b"))));
}

BOOST_AUTO_TEST_SUITE_END()
