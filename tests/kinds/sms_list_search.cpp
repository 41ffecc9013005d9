#include "kinds/sms_send/list_search.hpp"
#include "kinds/sms_stage_world.hpp"

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(sms_list_search_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::effect_state;
using ledger::item_state;

/// A provider that shows the orders of the test.
struct listing_sms : fake_sms, providers::sms_order_list {
    task<result<std::vector<providers::listed_sms>>> recent_orders(std::chrono::milliseconds) override
    {
        if (list_fails)
            co_return *list_fails;
        co_return listed;
    }
    std::vector<providers::listed_sms> listed{};
    std::optional<error> list_fails{};
};

struct list_world : sms_stage_world {
    list_world()
    {
        auto owned = std::make_unique<listing_sms>();
        sms = owned.get();
        account("bulk").sms = std::move(owned);
        add_pending(4);
        pass(1min);
        call = lose_call({0, 1});
    }
    /// An order of the provider to these positions.
    void list(const std::string& queue, const std::vector<std::int64_t>& positions,
              std::optional<std::chrono::milliseconds> after_call = 1s, const std::string& by = "MARKA")
    {
        providers::listed_sms order;
        order.id = queue;
        order.sender = by;
        order.total = static_cast<std::int64_t>(positions.size());
        if (after_call)
            order.submitted = call.dispatched_at.value_or(call.intended_at) + *after_call;
        sms->listed.push_back(order);
        providers::sms_order content;
        for (const auto position : positions)
            content.numbers.push_back(phone::parse(number_of(position)).value());
        sms->queues[queue] = sms->taken.size();
        sms->taken.push_back(std::move(content));
    }
    /// The id, "" or the error's message.
    std::string find()
    {
        kinds::sms::list_search search(context, account("bulk"), *sms, "MARKA");
        const std::vector<std::string> numbers{number_of(0), number_of(1)};
        const auto found = run(search.find(call, numbers));
        return found ? *found : found.error().message;
    }

    listing_sms* sms = nullptr;
    ledger::effect_record call{};
};

} // namespace

BOOST_AUTO_TEST_CASE(an_order_may_come_from_a_call_if_it_was_submitted_about_then)
{
    ledger::effect_record call;
    call.intended_at = from_unix_ms(1'000'000);
    call.dispatched_at = from_unix_ms(1'001'000);
    struct sample {
        std::optional<std::int64_t> seconds_after_dispatch;
        bool fits;
    };
    // One minute of tolerance for the provider's clock, and a call that may take 90 seconds.
    for (const sample& s : {sample{{}, true}, sample{0, true}, sample{-60, true}, sample{-61, false}, sample{90, true},
                            sample{150, true}, sample{151, false}}) {
        providers::listed_sms order;
        if (s.seconds_after_dispatch)
            order.submitted = *call.dispatched_at + std::chrono::seconds(*s.seconds_after_dispatch);
        BOOST_TEST(sms::may_result_from(order, call, 90s) == s.fits);
    }
}

BOOST_FIXTURE_TEST_CASE(the_one_order_that_fits_is_found, list_world)
{
    list("q1", {0, 1});
    BOOST_TEST(find() == "q1");
}

BOOST_FIXTURE_TEST_CASE(the_order_of_the_numbers_does_not_matter, list_world)
{
    list("q1", {1, 0});
    BOOST_TEST(find() == "q1");
}

BOOST_FIXTURE_TEST_CASE(orders_that_differ_in_anything_are_not_taken, list_world)
{
    BOOST_TEST(find() == "");
    list("other numbers", {0, 2});
    list("more numbers", {0, 1, 2});
    list("fewer numbers", {0});
    list("other sender", {0, 1}, 1s, "OTHER");
    list("too early", {0, 1}, -2min);
    list("too late", {0, 1}, 10min);
    BOOST_TEST(find() == "");
}

BOOST_FIXTURE_TEST_CASE(an_order_that_is_listed_twice_counts_once, list_world)
{
    list("q1", {0, 1});
    sms->listed.push_back(sms->listed.front());
    BOOST_TEST(find() == "q1");
}

BOOST_FIXTURE_TEST_CASE(two_orders_that_fit_settle_nothing, list_world)
{
    list("q1", {0, 1});
    list("q2", {0, 1});
    BOOST_TEST(find() == "several orders in the provider's list fit");
}

BOOST_FIXTURE_TEST_CASE(an_order_of_another_call_is_not_taken, list_world)
{
    const auto owner = lose_call({2, 3}, "chunk/2");
    ledger::move_effect settled(owner.id, effect_state::accepted);
    settled.provider_ref = "q1";
    settled.charged = owner.expected;
    settled.at = clock.wall_now();
    commit({settled});
    list("q1", {0, 1});
    BOOST_TEST(find() == "");
}

BOOST_FIXTURE_TEST_CASE(an_order_that_another_ambiguous_call_may_have_become_settles_nothing, list_world)
{
    const auto other = create_run();
    ledger::add_items add;
    add.run = other;
    add.items = {item_at(0), item_at(1)};
    commit({add});
    const auto twin = lose_call_of(other, {0, 1});
    list("q1", {0, 1});
    BOOST_TEST(find() == "another send in doubt fits the order q1 as well");

    // A call that is known not to have been executed claims nothing.
    ledger::move_effect settled(twin.id, effect_state::not_executed);
    settled.at = clock.wall_now();
    commit({settled});
    BOOST_TEST(find() == "q1");
}

BOOST_FIXTURE_TEST_CASE(an_ambiguous_call_to_other_numbers_claims_nothing, list_world)
{
    lose_call({2, 3}, "chunk/2");
    list("q1", {0, 1});
    BOOST_TEST(find() == "q1");
}

BOOST_FIXTURE_TEST_CASE(errors_of_the_provider_come_back, list_world)
{
    sms->list_fails.emplace(errc::transient, "down", reach::answered);
    BOOST_TEST(find() == "down");
    sms->list_fails.reset();
    list("q1", {0, 1});
    sms->report_fails.emplace(errc::transient, "no report", reach::answered);
    BOOST_TEST(find() == "no report");
}

BOOST_FIXTURE_TEST_CASE(only_a_provider_with_a_list_can_be_searched, list_world)
{
    BOOST_TEST((kinds::sms::list_of(account("bulk")) == sms));
    account("bulk").sms = std::make_unique<fake_sms>();
    BOOST_TEST((kinds::sms::list_of(account("bulk")) == nullptr));
}

BOOST_AUTO_TEST_SUITE_END()
