#include "sim/detail/panel_book.hpp"

#include <boost/test/unit_test.hpp>

using namespace ulak;
using namespace std::chrono_literals;
using sim::panel_outcome;

BOOST_AUTO_TEST_SUITE(panel_book_)

namespace {

const wall_point start{};

/// A thousand units, over after eight seconds.
sim::panel_order thousand(panel_outcome outcome = panel_outcome::completed, std::int64_t left = 0)
{
    sim::panel_order o;
    o.link = "https://example.com/a";
    o.quantity = 1'000;
    o.ordered_at = start;
    o.duration = 8s;
    o.outcome = outcome;
    o.left_at_end = left;
    return o;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_outcome_goes_its_way_from_pending_to_its_end)
{
    const struct {
        panel_outcome outcome;
        std::int64_t left;
        const char *at_once, *halfway, *in_the_end;
        std::int64_t remains;
    } table[] = {
        {panel_outcome::completed, 0, "Pending", "In progress", "Completed", 0},
        {panel_outcome::partial, 250, "Pending", "In progress", "Partial", 250},
        {panel_outcome::canceled, 0, "Pending", "In progress", "Canceled", 1'000},
        {panel_outcome::stuck, 0, "Pending", "Pending", "Pending", 1'000},
    };
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.in_the_end)
        {
            const auto o = thousand(t.outcome, t.left);
            BOOST_TEST(o.status(start) == t.at_once);
            BOOST_TEST(o.remains(start) == 1'000);
            BOOST_TEST(o.status(start + 4s) == t.halfway);
            BOOST_TEST(o.status(start + 8s) == t.in_the_end);
            BOOST_TEST(o.remains(start + 8s) == t.remains);
            BOOST_TEST(o.ended(start + 8s) == (t.outcome != panel_outcome::stuck));
        }
}

BOOST_AUTO_TEST_CASE(work_begins_after_a_quarter_and_goes_on_evenly)
{
    const auto o = thousand();
    BOOST_TEST(o.remains(start + 2s) == 1'000);
    BOOST_TEST(o.status(start + 1'999ms) == "Pending");
    BOOST_TEST(o.status(start + 2s) == "In progress");
    BOOST_TEST(o.remains(start + 5s) == 500);
    BOOST_TEST(o.remains(start + 8s) == 0);
}

BOOST_AUTO_TEST_CASE(what_remains_never_grows)
{
    for (const auto outcome : {panel_outcome::completed, panel_outcome::partial})
        for (auto o = thousand(outcome, 300); o.quantity > 0; o.quantity = 0) {
            std::int64_t last = 1'000;
            for (auto passed = 0ms; passed <= 9s; passed += 250ms) {
                const auto now = o.remains(start + passed);
                BOOST_TEST(now <= last);
                last = now;
            }
        }
}

BOOST_AUTO_TEST_CASE(a_link_is_active_until_its_latest_order_ends)
{
    sim::random_source random(1);
    sim::panel_book book(10, random);
    const auto first = book.add(thousand()).id;
    BOOST_TEST(first > 10u);
    BOOST_TEST(book.active("https://example.com/a", start + 7s));
    BOOST_TEST(!book.active("https://example.com/a", start + 8s));
    BOOST_TEST(!book.active("https://example.com/b", start));
    auto later = thousand();
    later.ordered_at = start + 8s;
    const auto second = book.add(later).id;
    BOOST_TEST(book.active("https://example.com/a", start + 8s));
    BOOST_TEST(book.ids() == (std::vector{first, second}), boost::test_tools::per_element());
    BOOST_TEST(book.find(first)->quantity == 1'000);
    BOOST_TEST(book.find(second + 1) == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
