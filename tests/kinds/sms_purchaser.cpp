// What costs money: a call is made at most once, and its items are where the effect says.
#include "kinds/sms_send/purchaser.hpp"
#include "kinds/sms_send/send_order.hpp"
#include "kinds/sms_stage_world.hpp"

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(sms_purchaser_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using kinds::settlement;
using ledger::effect_state;
using ledger::item_state;
using providers::classification;
using names = std::vector<std::string>;

struct purchaser_world : sms_stage_world {
    purchaser_world() { add_pending(3); }

    sms::send_call call_for(const std::vector<std::int64_t>& positions, int chunk = 1)
    {
        sms::send_call call;
        call.step = "chunk/" + std::to_string(chunk);
        call.positions = positions;
        call.segments = static_cast<std::int64_t>(positions.size());
        std::vector<phone> numbers;
        for (const auto position : positions)
            numbers.push_back(phone::parse(number_of(position)).value());
        call.order = sms::order_of(settings, measured("Merhaba"), std::move(numbers));
        call.rules = sms::rules_of(settings, context.run(), call.order.numbers);
        return call;
    }
    sms::send_call rehearsal_call()
    {
        settings.rehearsal.emplace();
        settings.rehearsal->wait = 5min;
        auto call = call_for({7});
        call.step = "rehearsal";
        call.positions.clear();
        call.rehearsal = true;
        return call;
    }
    result<settlement> buy(const sms::send_call& call) { return in_time(purchaser.purchase(call)); }

    sms::purchaser purchaser{context, settings, bulk_account(), progress};
};

} // namespace

BOOST_AUTO_TEST_CASE(items_and_counts_follow_the_outcome)
{
    struct sample {
        reply answer;
        classification classified_as;
        effect_state effect;
        item_state items;
        const char* reason;
    };
    const std::vector<sample> samples{
        {reply::accept, classification::accepted, effect_state::accepted, item_state::submitted, ""},
        {reply::refuse, classification::rejected, effect_state::rejected, item_state::rejected, "validation"},
        {reply::limit, classification::rate_limited, effect_state::rate_limited, item_state::pending, ""},
        {reply::never_dispatch, classification::not_sent, effect_state::not_sent, item_state::pending, ""},
        {reply::drop_before, classification::not_sent, effect_state::not_sent, item_state::pending, ""},
        {reply::lose_answer, classification::ambiguous, effect_state::ambiguous, item_state::ambiguous, ""},
        {reply::lose_request, classification::ambiguous, effect_state::ambiguous, item_state::ambiguous, ""},
    };
    for (const sample& s : samples) {
        purchaser_world w;
        w.bulk.replies = {s.answer};
        const auto settled = w.buy(w.call_for({0, 1}));
        BOOST_TEST_CONTEXT(ledger::name(s.effect))
        {
            BOOST_TEST_REQUIRE(settled.has_value());
            BOOST_TEST((settled->classified_as == s.classified_as));
            BOOST_TEST((w.effect_of(w.id).state == s.effect));
            const auto items = w.items_of(w.id);
            for (const std::size_t i : {0u, 1u}) {
                BOOST_TEST((items[i].state == s.items));
                BOOST_TEST(items[i].reason == s.reason);
            }
            BOOST_TEST((items[2].state == item_state::pending), "not part of the call");
            BOOST_TEST(w.progress.count(s.items) == (s.items == item_state::pending ? 3 : 2));
            BOOST_TEST(w.progress.count(item_state::submitting) == 0);
            w.check_sum(w.id);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(an_accepted_call_has_its_queue_and_is_published, purchaser_world)
{
    BOOST_TEST(buy(call_for({0, 1})).has_value());
    BOOST_TEST(effect_of(id).provider_ref == "q1");
    BOOST_TEST(effect_of(id).step == "chunk/1");
    BOOST_TEST(effect_of(id).expected.text() == "2 credits");
    BOOST_TEST(items_of(id).at(0).queue == "q1");
    BOOST_TEST(published.count("send.accepted") == 1u);
    BOOST_TEST_REQUIRE(bulk.taken.size() == 1u);
    BOOST_TEST(bulk.taken[0].text == "Merhaba");
    BOOST_TEST(bulk.taken[0].numbers.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(the_intent_has_the_items_and_the_progress_before_the_provider_is_called, purchaser_world)
{
    progress->last_chunk = 4;
    bulk.on_send = [this] {
        BOOST_TEST((effect_of(id).state == effect_state::intent));
        BOOST_TEST(states() == names({"submitting", "submitting", "pending"}), boost::test_tools::per_element());
        BOOST_TEST(stored("chunk") == "4");
    };
    BOOST_TEST(buy(call_for({0, 1}, 4)).has_value());
    BOOST_TEST(bulk.asked == 1);
}

BOOST_FIXTURE_TEST_CASE(a_window_that_closed_while_the_permit_was_waited_for_stops_the_call, purchaser_world)
{
    job::window w;
    w.from = 12h;
    w.to = 13h;
    settings.window = w; // it is nine
    const auto settled = buy(call_for({0, 1}));
    BOOST_TEST_REQUIRE(!settled.has_value());
    BOOST_TEST((settled.error().code == errc::denied_now));
    BOOST_TEST(bulk.asked == 0);
    BOOST_TEST(effects_of(id).empty());
}

BOOST_FIXTURE_TEST_CASE(somebody_who_opted_out_meanwhile_stops_the_call, purchaser_world)
{
    opt_out(1);
    const auto settled = buy(call_for({0, 1}));
    BOOST_TEST_REQUIRE(!settled.has_value());
    BOOST_TEST((settled.error().code == errc::denied_now));
    BOOST_TEST(buy(call_for({0, 2}, 2)).has_value());
    BOOST_TEST(bulk.asked == 1);
}

BOOST_FIXTURE_TEST_CASE(the_balance_is_read_only_where_it_can_prove_something, purchaser_world)
{
    int reads = 0;
    bulk.on_balance = [&] { ++reads; };
    BOOST_TEST(buy(call_for({0})).has_value());
    BOOST_TEST(reads == 0); // others use the account too
    BOOST_TEST(!progress->balance_before.has_value());
    account("bulk").shared = false;
    BOOST_TEST(buy(call_for({1}, 2)).has_value());
    BOOST_TEST(reads == 1);
    BOOST_TEST_REQUIRE(progress->balance_before.has_value());
    BOOST_TEST(progress->balance_before->amount.text() == "99999 credits");
    BOOST_TEST(stored("before") == "\"99999 credits\"");
}

BOOST_FIXTURE_TEST_CASE(a_cancellation_before_the_first_byte_leaves_the_items_pending, purchaser_world)
{
    bulk.on_send = [this] { context.request_cancel(); };
    const auto settled = buy(call_for({0, 1}));
    BOOST_TEST_REQUIRE(settled.has_value());
    BOOST_TEST((settled->classified_as == classification::not_sent));
    BOOST_TEST(bulk.taken.empty());
    BOOST_TEST(states() == names({"pending", "pending", "pending"}), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(nothing_is_bought_while_the_disk_refuses_the_intent, purchaser_world)
{
    crashing.refuse = 1;
    const auto settled = buy(call_for({0, 1}));
    BOOST_TEST_REQUIRE(!settled.has_value());
    BOOST_TEST((settled.error().code == errc::unavailable));
    BOOST_TEST(bulk.asked == 0);
    BOOST_TEST(progress.count(item_state::pending) == 3);
}

BOOST_FIXTURE_TEST_CASE(an_id_that_another_call_owns_makes_the_call_ambiguous, purchaser_world)
{
    BOOST_TEST(buy(call_for({0})).has_value());
    bulk.taken.clear(); // so the provider gives out q1 once more
    const auto settled = buy(call_for({1}, 2));
    BOOST_TEST_REQUIRE(settled.has_value());
    BOOST_TEST((settled->classified_as == classification::ambiguous));
    BOOST_TEST(states() == names({"submitted", "ambiguous", "pending"}), boost::test_tools::per_element());
    BOOST_TEST(progress.count(item_state::ambiguous) == 1);
    BOOST_TEST(attention().size() == 1u);
    check_sum(id);
}

BOOST_FIXTURE_TEST_CASE(a_rehearsal_moves_no_item_and_begins_the_pause, purchaser_world)
{
    const auto call = rehearsal_call();
    BOOST_TEST(buy(call).has_value());
    BOOST_TEST(progress->rehearsed);
    BOOST_TEST((progress->wait_until == clock.wall_now() + 5min));
    BOOST_TEST(stored("rehearsed") == "true");
    BOOST_TEST(states() == names({"pending", "pending", "pending"}), boost::test_tools::per_element());
    BOOST_TEST(published.count("send.accepted") == 0u);
}

BOOST_AUTO_TEST_CASE(a_rehearsal_that_is_not_accepted_does_not_count_as_one)
{
    for (const auto answer : {reply::refuse, reply::never_dispatch, reply::limit}) {
        purchaser_world w;
        w.bulk.replies = {answer};
        BOOST_TEST(w.buy(w.rehearsal_call()).has_value());
        BOOST_TEST(!w.progress->rehearsed);
        BOOST_TEST(!w.progress->wait_until.has_value());
    }
}

BOOST_AUTO_TEST_CASE(the_digest_of_an_order_changes_with_sender_text_and_numbers)
{
    sms::settings s;
    s.message.sender = "MARKA";
    const auto one = phone::parse("5551112233").value(), two = phone::parse("5551112234").value();
    const auto first = sms::digest_of(sms::order_of(s, measured("Merhaba"), {one}));
    BOOST_TEST(first.size() == 64u);
    BOOST_TEST(first == sms::digest_of(sms::order_of(s, measured("Merhaba"), {one})));
    BOOST_TEST(first != sms::digest_of(sms::order_of(s, measured("Selam"), {one})));
    BOOST_TEST(first != sms::digest_of(sms::order_of(s, measured("Merhaba"), {two})));
    BOOST_TEST(first != sms::digest_of(sms::order_of(s, measured("Merhaba"), {one, two})));
    s.message.sender = "OTHER";
    BOOST_TEST(first != sms::digest_of(sms::order_of(s, measured("Merhaba"), {one})));
}

BOOST_AUTO_TEST_SUITE_END()
