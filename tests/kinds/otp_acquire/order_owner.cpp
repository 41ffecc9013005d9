#include "kinds/otp_acquire/order_owner.hpp"

#include "support/loop_fixture.hpp"

#include <algorithm>
#include <set>

BOOST_AUTO_TEST_SUITE(order_owner_)

namespace {

using namespace ulak;
using namespace ulak::kinds::otp;
using namespace std::chrono_literals;
using ledger::effect_record;
using ledger::effect_state;
using providers::listed_number;
using std::chrono::milliseconds;

const wall_point nine = parse_rfc3339("2026-11-22T09:00:00Z").value();

listed_number order(const std::string& id, std::optional<milliseconds> made)
{
    listed_number n;
    n.order.id = id;
    if (made)
        n.created = nine + *made;
    return n;
}

effect_record purchase(const std::string& id, milliseconds sent)
{
    effect_record e;
    e.id = effect_id(id);
    e.state = effect_state::ambiguous;
    e.intended_at = nine + sent;
    e.dispatched_at = nine + sent;
    return e;
}

/// Answered so long after it was sent, by the order of that id.
effect_record answered(const std::string& ref, milliseconds sent, milliseconds after)
{
    auto e = purchase("A" + ref, sent);
    e.state = effect_state::accepted;
    e.provider_ref = ref;
    e.settled_at = nine + sent + after;
    return e;
}

/// The ids of the orders that the purchases get, "-" for none.
std::string owners(const std::vector<listed_number>& orders, const std::vector<effect_record>& waiting,
                   const std::optional<provider_clock>& clock, std::size_t listed_before = 0)
{
    unowned_orders unowned;
    unowned.listed_before = listed_before;
    for (const auto& n : orders)
        unowned.new_orders.push_back(&n);
    std::string all;
    for (const auto& e : waiting) {
        const auto* own = order_of(unowned, waiting, e, clock);
        all += (own ? own->order.id : "-") + " ";
    }
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(orders_go_to_the_purchase_that_was_sent_last_before_they_were_made)
{
    const std::vector<effect_record> waiting{purchase("E1", 0s), purchase("E2", 10s), purchase("E3", 20s)};
    struct row {
        const char* what;
        std::vector<listed_number> orders;
        const char* owners;
    };
    for (const row& r : std::vector<row>{
             {"one each", {order("1", 1s), order("2", 11s), order("3", 21s)}, "1 2 3 "},
             {"the first never arrived", {order("2", 11s), order("3", 21s)}, "- 2 3 "},
             {"the second never arrived", {order("1", 1s), order("3", 21s)}, "1 - 3 "},
             {"the third never arrived", {order("1", 1s), order("2", 11s)}, "1 2 - "},
             {"all executed late", {order("1", 30s), order("2", 31s), order("3", 32s)}, "1 2 3 "},
             {"one, late", {order("1", 30s)}, "- - 1 "},
             {"none", {}, "- - - "},
             {"before all of them", {order("1", -1s)}, "- - - "},
             {"no time shown", {order("1", {}), order("2", {}), order("3", {})}, "1 2 3 "},
         })
        BOOST_TEST_CONTEXT(r.what)
        {
            BOOST_TEST(owners(r.orders, waiting, provider_clock()) == r.owners);
        }
}

BOOST_AUTO_TEST_CASE(the_clock_corrects_the_times_of_the_orders)
{
    const std::vector<effect_record> waiting{purchase("E1", 0s), purchase("E2", 10s)};
    provider_clock ahead;
    ahead.ahead = 3min;
    BOOST_TEST(owners({order("1", 3min + 1s)}, waiting, ahead) == "1 - ");
    BOOST_TEST(owners({order("1", 3min + 11s)}, waiting, ahead) == "- 1 ");
    provider_clock truncated;
    truncated.truncation = 1s;
    BOOST_TEST(owners({order("1", 9s)}, waiting, truncated) == "- 1 "); // made at 10 s, shown as 9
    BOOST_TEST(owners({order("1", 9s)}, waiting, provider_clock()) == "1 - ");
}

BOOST_AUTO_TEST_CASE(without_a_clock_the_position_decides)
{
    const std::vector<effect_record> waiting{purchase("E1", 0s), purchase("E2", 10s), purchase("E3", 20s)};
    const std::vector<listed_number> two{order("1", 30s), order("2", 31s)};
    BOOST_TEST(owners(two, waiting, std::nullopt) == "1 2 - ");
    BOOST_TEST(owners(two, waiting, std::nullopt, 1) == "1 1 2 "); // E1 owns what was listed before, and asks no more
    BOOST_TEST(owners({}, waiting, std::nullopt) == "- - - ");
}

// Whatever is listed: no order is given away twice, and none to a purchase that was sent after it was made.
BOOST_AUTO_TEST_CASE(no_order_has_two_owners)
{
    const std::vector<milliseconds> times{-1s, 0s, 1s, 9s, 10s, 11s, 20s, 25s};
    const std::vector<effect_record> waiting{purchase("E1", 0s), purchase("E2", 10s), purchase("E3", 20s)};
    for (unsigned chosen = 0; chosen < (1u << times.size()); ++chosen) {
        std::vector<listed_number> orders;
        for (std::size_t i = 0; i < times.size(); ++i)
            if (chosen & (1u << i))
                orders.push_back(order(std::to_string(i), times[i]));
        if (orders.size() > waiting.size())
            continue;
        unowned_orders unowned;
        for (const auto& n : orders)
            unowned.new_orders.push_back(&n);
        std::set<std::string> given;
        for (const auto& e : waiting)
            if (const auto* own = order_of(unowned, waiting, e, provider_clock())) {
                BOOST_TEST(given.insert(own->order.id).second);
                BOOST_TEST((*own->created >= *e.dispatched_at));
            }
    }
}

BOOST_AUTO_TEST_CASE(the_clock_is_estimated_from_promptly_answered_orders)
{
    using list = std::vector<listed_number>;
    BOOST_TEST(!estimate_provider_clock({}, {}).has_value());
    BOOST_TEST(!estimate_provider_clock(list{order("1", 0s)}, {}).has_value()); // nobody knows whose
    BOOST_TEST(!estimate_provider_clock(list{order("1", {})}, {answered("1", 0s, 1s)}).has_value());
    BOOST_TEST(!estimate_provider_clock(list{order("1", 0s)}, {answered("1", 0s, 2s)}).has_value()); // too late
    auto ambiguous = answered("1", 0s, 1s);
    ambiguous.state = effect_state::ambiguous;
    BOOST_TEST(!estimate_provider_clock(list{order("1", 0s)}, {ambiguous}).has_value());

    const auto seconds = estimate_provider_clock(list{order("1", 61s)}, {answered("1", 0s, 1s)});
    BOOST_TEST_REQUIRE(seconds.has_value());
    BOOST_TEST((seconds->ahead == 60s));
    BOOST_TEST((seconds->truncation == 1100ms));

    const auto finer = estimate_provider_clock(list{order("1", 61s), order("2", 70'250ms)},
                                               {answered("1", 0s, 1s), answered("2", 5s, 250ms)});
    BOOST_TEST((finer->ahead == 65s)); // the latest bound
    BOOST_TEST((finer->truncation == 100ms));
}

BOOST_AUTO_TEST_SUITE_END()
