#include "kinds/otp_acquire/progress.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(otp_progress_)

namespace {

using namespace ulak;
using namespace ulak::kinds::otp;

const wall_point nine = parse_rfc3339("2026-11-22T09:00:00Z").value();

money lira(int n)
{
    return money(decimal::from_integer(n), "TRY");
}

held_number number()
{
    held_number n;
    n.effect = effect_id("E1");
    n.account = "numbers";
    n.number_id = "100";
    n.number = "+65789654123";
    n.candidate = 1;
    n.price = lira(8);
    n.balance_before = lira(100);
    n.times.ordered_at = nine;
    return n;
}

progress full_progress()
{
    progress p;
    p.purchases = 3;
    p.adopted_purchase = 2;
    p.numbers_bought = 2;
    p.next_candidate = 1;
    p.at_risk = p.cancel_requested = p.delivered = p.price_unknown = true;
    p.balance_before.emplace();
    p.balance_before->amount = lira(100);
    p.balance_before->at = nine;
    p.candidate = 1;
    p.service = "3";
    p.operator_name = "turkcell";
    p.listed_before = std::vector<std::string>{"98", "99"};
    p.held = number();
    return p;
}

} // namespace

// Runs that were stored by earlier versions go on: the keys may not change.
BOOST_AUTO_TEST_CASE(the_stored_form_stays_as_it_is)
{
    BOOST_TEST(boost::json::serialize(to_json(full_progress())) ==
               R"({"tries":3,"taken":2,"bought":2,"next":1,"at_risk":true,"by_person":true,"delivered":true,)"
               R"("before":"100.00 TRY","before_at":1795338000000,"candidate":1,"service":"3","operator":"turkcell",)"
               R"("unpriced":true,"known":["98","99"],"number":{"effect":"E1","account":"numbers","id":"100",)"
               R"("number":"+65789654123","candidate":1,"price":"8.00 TRY","before":"100.00 TRY",)"
               R"("ordered_at":1795338000000,"machine":{"stage":"waiting","fate":"open","polls":0,"cancels":0,)"
               R"("confirmations":0,"unreadable":0,"by_person":false,"alarmed":false,"late":false,"seen":false,)"
               R"("wake":0,"verifying_since":0}}})");
    BOOST_TEST(boost::json::serialize(to_json(progress())) ==
               R"({"tries":0,"taken":0,"bought":0,"next":0,"at_risk":false,"by_person":false,"delivered":false,)"
               R"("candidate":0,"service":"","operator":""})");
}

BOOST_AUTO_TEST_CASE(what_was_stored_comes_back)
{
    for (const progress& p : {full_progress(), progress()}) {
        const std::string text = boost::json::serialize(to_json(p));
        BOOST_TEST(boost::json::serialize(to_json(progress_from(text).value())) == text);
    }
    progress empty_list;
    empty_list.listed_before.emplace(); // the account had no orders: another thing than a list that could not be read
    const auto back = progress_from(boost::json::serialize(to_json(empty_list))).value();
    BOOST_TEST_REQUIRE(back.listed_before.has_value());
    BOOST_TEST(back.listed_before->empty());
    BOOST_TEST(!progress_from("{}").value().listed_before.has_value());
}

BOOST_AUTO_TEST_CASE(the_beginning_is_empty_and_what_cannot_be_read_is_an_error)
{
    for (const char* text : {"", "{}"}) {
        const auto p = progress_from(text);
        BOOST_TEST_REQUIRE(p.has_value());
        BOOST_TEST(p->purchases == 0);
        BOOST_TEST(!p->held.has_value());
    }
    for (const char* text :
         {"[]", "nonsense", R"({"number":{"id":"100"}})", R"({"number":{"machine":{"stage":"lost"}}})"}) {
        const auto p = progress_from(text);
        BOOST_TEST(!p.has_value(), text);
        BOOST_TEST((p.error().code == errc::contract));
    }
}

BOOST_AUTO_TEST_CASE(the_next_round_begins_behind_the_candidate_that_sold)
{
    progress p;
    p.purchases = 4;
    p.numbers_bought = 1;
    hold_number(p, number(), 2);
    BOOST_TEST(p.numbers_bought == 2);
    BOOST_TEST(p.adopted_purchase == 4);
    BOOST_TEST(p.next_candidate == 0u); // it was the last of two
    hold_number(p, number(), 3);
    BOOST_TEST(p.next_candidate == 2u);
    BOOST_TEST(p.held->number_id == "100");
}

BOOST_AUTO_TEST_CASE(the_result_shows_null_for_what_is_not_known)
{
    BOOST_TEST(
        boost::json::serialize(result_json(number(), std::string("4711"), true)) ==
        R"({"code":"4711","number":"+65789654123","number_id":"100","account":"numbers","price":"8.00","late":true})");
    held_number n = number();
    n.price = money();
    BOOST_TEST(
        boost::json::serialize(result_json(n, std::nullopt, false)) ==
        R"({"code":null,"number":"+65789654123","number_id":"100","account":"numbers","price":null,"late":false})");
}

BOOST_AUTO_TEST_SUITE_END()
