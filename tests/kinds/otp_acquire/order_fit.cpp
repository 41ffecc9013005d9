#include "kinds/otp_acquire/order_fit.hpp"

#include "support/loop_fixture.hpp"

#include <functional>

BOOST_AUTO_TEST_SUITE(order_fit_)

namespace {

using namespace ulak;
using namespace ulak::kinds::otp;
using namespace std::chrono_literals;
using ledger::effect_state;
using providers::listed_number;

const wall_point sent = parse_rfc3339("2026-11-22T09:00:00Z").value();

money lira(int n)
{
    return money(decimal::from_integer(n), "TRY");
}

lost_order lost()
{
    lost_order o;
    o.effect.operation = "number.order";
    o.effect.digest = "same";
    o.effect.expected = lira(4);
    o.effect.intended_at = sent - 1s;
    o.effect.dispatched_at = sent;
    o.service = "1";
    o.operator_name = "turkcell";
    o.listed_before = std::vector<std::string>{"101", "100"};
    return o;
}

listed_number listed(const std::string& id)
{
    listed_number n;
    n.order.id = id;
    n.order.price = lira(4);
    n.service = "1";
    n.operator_name = "turkcell";
    n.created = sent + 1s;
    return n;
}

/// Ids from the first down to the last.
std::vector<listed_number> page(int first, int last)
{
    std::vector<listed_number> all;
    for (int id = first; id >= last; --id)
        all.push_back(listed(std::to_string(id)));
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(an_order_fits_unless_something_that_it_shows_differs)
{
    struct row {
        const char* what;
        std::function<void(listed_number&, lost_order&)> change;
        bool fits;
    };
    for (const row& r : std::vector<row>{
             {"as asked", [](auto&, auto&) {}, true},
             {"another service", [](auto& n, auto&) { n.service = "2"; }, false},
             {"no service shown", [](auto& n, auto&) { n.service.clear(); }, true},
             {"another operator", [](auto& n, auto&) { n.operator_name = "vodafone"; }, false},
             {"the operator in capitals", [](auto& n, auto&) { n.operator_name = "TURKCELL"; }, true},
             {"no operator shown", [](auto& n, auto&) { n.operator_name.clear(); }, true},
             {"no operator asked for", [](auto&, auto& o) { o.operator_name.clear(); }, true},
             {"another price", [](auto& n, auto&) { n.order.price = lira(5); }, false},
             {"a price in another unit", [](auto& n, auto&) { n.order.price = money(decimal::from_integer(9), "USD"); },
              true},
             {"no price shown", [](auto& n, auto&) { n.order.price.reset(); }, true},
             {"another price, and none was known",
              [](auto& n, auto& o) {
                  n.order.price = lira(5);
                  o.price_unknown = true;
              },
              true},
             {"five minutes earlier", [](auto& n, auto&) { n.created = sent - 5min; }, true},
             {"more than five minutes earlier", [](auto& n, auto&) { n.created = sent - 5min - 1s; }, false},
             {"five minutes after the list was read", [](auto& n, auto&) { n.created = sent + 7min; }, true},
             {"later than that", [](auto& n, auto&) { n.created = sent + 7min + 1s; }, false},
             {"no time shown", [](auto& n, auto&) { n.created.reset(); }, true},
         }) {
        BOOST_TEST_CONTEXT(r.what)
        {
            auto n = listed("102");
            auto o = lost();
            r.change(n, o);
            BOOST_TEST(matches_request(n, o, sent + 2min) == r.fits);
        }
    }
}

BOOST_AUTO_TEST_CASE(ids_that_are_numbers_grow_and_others_tell_nothing)
{
    auto o = lost();
    BOOST_TEST(was_listed_before("100", o));
    BOOST_TEST(!was_listed_before("102", o));
    BOOST_TEST(has_newer_id("102", o));
    BOOST_TEST(!has_newer_id("99", o));
    BOOST_TEST(has_newer_id("a99", o));
    BOOST_TEST(has_newer_id("99999999999999999999999", o)); // no number that fits
    o.listed_before = std::vector<std::string>{"a1", "b2"};
    BOOST_TEST(has_newer_id("1", o));
    o.listed_before.reset();
    BOOST_TEST(has_newer_id("1", o));
    BOOST_TEST(!was_listed_before("100", o));
    const auto a = listed("99"), b = listed("100"), c = listed("101");
    BOOST_TEST(is_older(&a, &b));
    BOOST_TEST(is_older(&b, &c));
    BOOST_TEST(!is_older(&c, &a));
}

BOOST_AUTO_TEST_CASE(a_list_is_complete_when_nothing_new_can_be_missing)
{
    struct row {
        const char* what;
        std::vector<listed_number> list;
        std::optional<std::vector<std::string>> before;
        bool complete;
    };
    auto unsorted = page(130, 101);
    std::swap(unsorted[3], unsorted[4]);
    for (const row& r : std::vector<row>{
             {"short, and goes back", page(103, 101), std::vector<std::string>{"101"}, true},
             {"short, and does not", page(103, 102), std::vector<std::string>{"101"}, false},
             {"empty", {}, std::vector<std::string>{"101"}, false},
             {"long, the newest first, and goes back", page(130, 101), std::vector<std::string>{"101"}, true},
             {"long, and does not go back", page(130, 102), std::vector<std::string>{"101"}, false},
             {"long, in no order", unsorted, std::vector<std::string>{"101"}, false},
             {"the account's first orders", page(103, 101), std::vector<std::string>(), true},
             {"the account's first order is not there yet", {}, std::vector<std::string>(), true},
             {"as long as a page at an account without earlier orders", page(115, 101), std::vector<std::string>(),
              false},
             {"one shorter than a page", page(114, 101), std::vector<std::string>(), true},
             {"the list from before is not known", page(103, 101), std::nullopt, false},
         }) {
        BOOST_TEST_CONTEXT(r.what)
        {
            auto o = lost();
            o.listed_before = r.before;
            BOOST_TEST(is_complete(r.list, o) == r.complete);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_purchase_is_similar_when_it_may_have_made_the_same_order)
{
    struct row {
        const char* what;
        std::function<void(ledger::effect_record&)> change;
        bool similar;
    };
    for (const row& r : std::vector<row>{
             {"ambiguous", [](auto&) {}, true},
             {"written off", [](auto& e) { e.state = effect_state::written_off; }, true},
             {"accepted", [](auto& e) { e.state = effect_state::accepted; }, false},
             {"not executed", [](auto& e) { e.state = effect_state::not_executed; }, false},
             {"another operation", [](auto& e) { e.operation = "sms.send"; }, false},
             {"another service", [](auto& e) { e.digest = "other"; }, false},
             {"five minutes earlier", [](auto& e) { e.dispatched_at = sent - 5min; }, true},
             {"long before", [](auto& e) { e.dispatched_at = sent - 5min - 1s; }, false},
             {"right before the list was read", [](auto& e) { e.dispatched_at = sent + 2min; }, true},
             {"after the list was read", [](auto& e) { e.dispatched_at = sent + 2min + 1s; }, false},
         }) {
        BOOST_TEST_CONTEXT(r.what)
        {
            auto e = lost().effect;
            e.state = effect_state::ambiguous;
            r.change(e);
            BOOST_TEST(is_similar(e, lost().effect, sent + 2min) == r.similar);
        }
    }
    auto booked_only = lost().effect;
    booked_only.dispatched_at.reset();
    BOOST_TEST((sent_at(booked_only) == sent - 1s));
    BOOST_TEST((similar_since(lost().effect) == sent - 5min));
}

BOOST_AUTO_TEST_SUITE_END()
