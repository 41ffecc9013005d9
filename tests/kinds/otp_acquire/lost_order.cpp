#include "kinds/otp_acquire/lost_order.hpp"

#include "kinds/world.hpp"

BOOST_AUTO_TEST_SUITE(lost_order_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using kinds::otp::find_order;
using kinds::otp::list_evidence;
using kinds::otp::lost_order;
using ledger::effect_state;
using providers::listed_number;

const wall_point sent = parse_rfc3339("2026-11-22T09:00:00Z").value();

listed_number listed(const std::string& id, std::chrono::milliseconds after = 1s)
{
    listed_number n;
    n.order.id = id;
    n.order.number = "+905551112233";
    n.order.price = money(decimal::from_integer(4), "TRY");
    n.service = "1";
    n.operator_name = "turkcell";
    n.created = sent + after;
    return n;
}

ledger::effect_record effect(const std::string& id, effect_state s = effect_state::ambiguous, std::string ref = {})
{
    ledger::effect_record e;
    e.id = effect_id(id);
    e.state = s;
    e.operation = "number.order";
    e.digest = "same";
    e.expected = money(decimal::from_integer(4), "TRY");
    e.dispatched_at = e.intended_at = sent;
    e.provider_ref = std::move(ref);
    return e;
}

/// A purchase at 09:00 before which the list showed 100 and 101.
struct market {
    market()
    {
        lost.effect = effect("E5");
        lost.service = "1";
        lost.operator_name = "turkcell";
        lost.listed_before = std::vector<std::string>{"101", "100"};
        ours.push_back(lost.effect);
        shown = {listed("101", -1min), listed("100", -2min)};
    }
    market& shows(listed_number n)
    {
        shown.insert(shown.begin(), std::move(n));
        return *this;
    }
    list_evidence ask() const { return find_order(shown, lost, ours, shared, sent + 2min); }
    std::string found() const
    {
        const auto w = ask();
        return w.found ? w.found->id : w.absent ? "absent" : "unknown";
    }

    lost_order lost{};
    std::vector<ledger::effect_record> ours{};
    std::vector<listed_number> shown{};
    bool shared = true;
};

} // namespace

BOOST_AUTO_TEST_CASE(the_one_new_order_that_is_as_we_asked_is_ours)
{
    market m;
    BOOST_TEST(m.found() == "absent");
    BOOST_TEST(m.shows(listed("102")).found() == "102");
    BOOST_TEST(m.ask().found->number == "+905551112233");
}

BOOST_AUTO_TEST_CASE(an_order_that_cannot_be_ours_is_never_taken)
{
    struct row {
        const char* what;
        std::function<void(listed_number&)> change;
    };
    for (const row& r : std::vector<row>{
             {"another service", [](auto& n) { n.service = "2"; }},
             {"another operator", [](auto& n) { n.operator_name = "vodafone"; }},
             {"another price", [](auto& n) { n.order.price = money(decimal::from_integer(5), "TRY"); }},
             {"made long before", [](auto& n) { n.created = sent - 6min; }},
             {"made in the future", [](auto& n) { n.created = sent + 8min; }},
             {"an id from before the order", [](auto& n) { n.order.id = "99"; }},
         }) {
        BOOST_TEST_CONTEXT(r.what)
        {
            market m;
            auto n = listed("102");
            r.change(n);
            m.shows(std::move(n));
            for (const bool shared : {true, false}) {
                m.shared = shared;
                BOOST_TEST(m.found() == "unknown"); // and it proves that the list holds what nobody here knows
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(where_no_price_was_known_none_is_compared)
{
    market m;
    auto n = listed("102");
    n.order.price = money(decimal::from_integer(5), "TRY");
    m.shows(std::move(n));
    m.lost.price_unknown = true;
    BOOST_TEST(m.found() == "102");
}

BOOST_AUTO_TEST_CASE(what_the_provider_does_not_show_is_not_held_against_an_order)
{
    market m;
    auto n = listed("102");
    n.service.clear();
    n.operator_name.clear();
    n.order.price.reset();
    n.created.reset();
    BOOST_TEST(m.shows(std::move(n)).found() == "102");
}

BOOST_AUTO_TEST_CASE(orders_of_other_users_in_the_list_before_do_not_confuse)
{
    market m;
    m.shown = {listed("102"), listed("101", -10s), listed("100", -20s)}; // all as we asked, all within five minutes
    BOOST_TEST(m.found() == "102");
}

BOOST_AUTO_TEST_CASE(more_orders_than_we_asked_for_are_named_and_none_is_taken)
{
    market m;
    m.shows(listed("102")).shows(listed("103"));
    BOOST_TEST(m.found() == "unknown");
    const auto why = m.ask().evidence;
    BOOST_TEST(why.find("2 orders") != std::string::npos, why);
    BOOST_TEST(why.find("102") != std::string::npos, why);
    BOOST_TEST(why.find("103") != std::string::npos, why);
}

BOOST_AUTO_TEST_CASE(each_of_several_lost_orders_of_ours_gets_one)
{
    market m;
    m.ours.push_back(effect("E7"));
    m.shows(listed("102")).shows(listed("103"));
    BOOST_TEST(m.found() == "102");
    auto later = m;
    later.lost.effect = effect("E7");
    BOOST_TEST(later.found() == "103");
    m.shows(listed("104"));
    BOOST_TEST(m.found() == "unknown"); // one of the three is somebody else's
    auto other = effect("E6");
    other.digest = "another service";
    m.ours.push_back(other);
    BOOST_TEST(m.found() == "unknown"); // which it may not be
}

BOOST_AUTO_TEST_CASE(what_another_purchase_of_ours_owns_or_may_get_is_left_to_it)
{
    market m;
    m.shows(listed("102"));
    m.ours.push_back(effect("E4", effect_state::accepted, "102"));
    BOOST_TEST(m.found() == "absent");
    m.ours.back() = effect("E6", effect_state::dispatched);
    BOOST_TEST(m.found() == "unknown");
    m.ours.back() = effect("E4", effect_state::not_executed);
    BOOST_TEST(m.found() == "102");
}

BOOST_AUTO_TEST_CASE(what_was_written_off_or_given_up_may_have_brought_about_an_order_and_gets_none)
{
    for (const auto state : {effect_state::written_off, effect_state::ambiguous}) {
        market m;
        m.ours.push_back(effect("E4", state));
        if (state == effect_state::ambiguous)
            m.lost.abandoned = {"E4"};
        BOOST_TEST(m.shows(listed("102")).found() == "102");
        BOOST_TEST(m.shows(listed("103")).found() == "102"); // one of them came from the other
        BOOST_TEST(m.shows(listed("104")).found() == "unknown");
        m.shown.erase(m.shown.begin());
        m.ours.back().dispatched_at = sent - 6min; // too long ago to have made one of these
        BOOST_TEST(m.found() == "unknown");
        m.ours.back().dispatched_at = sent + 3min; // after the list was read
        BOOST_TEST(m.found() == "unknown");
    }
}

BOOST_AUTO_TEST_CASE(a_purchase_that_began_after_the_list_was_read_does_not_confuse_it)
{
    market m;
    m.shows(listed("102"));
    m.ours.push_back(effect("E6", effect_state::dispatched));
    BOOST_TEST(m.found() == "unknown");
    m.ours.back().dispatched_at = sent + 3min;
    BOOST_TEST(m.found() == "102");
}

BOOST_AUTO_TEST_CASE(ids_that_are_numbers_are_given_out_in_their_order)
{
    market m;
    m.lost.listed_before = std::vector<std::string>{"98"};
    m.shown = {listed("100"), listed("99"), listed("98", -1min)};
    m.ours.push_back(effect("E7"));
    BOOST_TEST(m.found() == "99");
    m.lost.effect = effect("E7");
    BOOST_TEST(m.found() == "100");
}

BOOST_AUTO_TEST_CASE(without_a_list_from_before_only_an_account_of_our_own_tells)
{
    market m;
    m.lost.listed_before.reset();
    m.shown = {listed("102")};
    BOOST_TEST(m.found() == "unknown");
    m.shared = false;
    BOOST_TEST(m.found() == "102");
    m.shown.clear();
    BOOST_TEST(m.found() == "unknown"); // nothing to compare with: no proof either
}

BOOST_AUTO_TEST_CASE(a_list_that_may_be_cut_proves_nothing)
{
    market m;
    const auto fill = [&](int from, int step) {
        m.shown.clear();
        m.lost.listed_before = std::vector<std::string>();
        for (int i = 0; i < 50; ++i) {
            m.shown.push_back(listed(std::to_string(from + i * step), -1min));
            m.lost.listed_before->push_back(m.shown.back().order.id);
        }
    };
    fill(100, 1); // the oldest first: new ones would not show
    BOOST_TEST(m.found() == "unknown");
    fill(149, -1);
    BOOST_TEST(m.found() == "absent");
    m.shown.resize(20); // a page may be shorter than what was asked for
    BOOST_TEST(m.found() == "absent");
    std::swap(m.shown[3], m.shown[4]); // in no certain order
    BOOST_TEST(m.found() == "unknown");
    std::swap(m.shown[3], m.shown[4]);
    m.lost.listed_before = std::vector<std::string>{"7"}; // all are newer, and there may be more
    for (auto& n : m.shown)
        m.ours.push_back(effect("A" + n.order.id, effect_state::accepted, n.order.id));
    BOOST_TEST(m.found() == "unknown");
}

BOOST_AUTO_TEST_CASE(a_list_that_lost_what_was_there_before_proves_nothing)
{
    market m;
    m.shown.clear();
    BOOST_TEST(m.found() == "unknown");
    m.lost.listed_before->clear(); // the account's very first order
    BOOST_TEST(m.found() == "absent");
}

BOOST_AUTO_TEST_CASE(an_order_that_was_there_before_ours_is_left_to_the_purchase_lost_before_it)
{
    market m;
    m.ours.insert(m.ours.begin(), effect("E3"));
    m.lost.listed_before->insert(m.lost.listed_before->begin(), "102"); // E3's, when E5 was about to go
    m.shows(listed("102", 0s)).shows(listed("103", 1s)).shows(listed("104", 2s));
    m.ours.push_back(effect("E7"));
    BOOST_TEST(m.found() == "103");
}

/// One that was answered at once tells how the provider's clock stands to ours.
BOOST_AUTO_TEST_CASE(an_order_goes_to_the_purchase_that_was_sent_last_before_it_was_made)
{
    struct row {
        const char* what;
        std::chrono::milliseconds ahead;         ///< the provider's clock
        std::chrono::milliseconds first, second; ///< when E5 and E7 were sent
        std::vector<std::chrono::milliseconds> made;
        const char *of_first, *of_second;
    };
    for (const row& r : {row{"the first was never received", 0ms, 0s, 19s, {19s + 3ms}, "unknown", "102"},
                         row{"the second was never received", 0ms, 0s, 19s, {3ms}, "102", "unknown"},
                         row{"the provider is three minutes ahead", 3min, 0s, 19s, {19s + 3ms}, "unknown", "102"},
                         row{"the provider is two minutes behind", -2min, 0s, 19s, {19s + 3ms}, "unknown", "102"},
                         row{"both were executed", 0ms, 0s, 19s, {3ms, 19s + 3ms}, "102", "103"},
                         row{"both were executed late", 0ms, 0s, 19s, {30s, 31s}, "102", "103"},
                         row{"in one moment", 0ms, 0s, 2ms, {4ms, 5ms}, "102", "103"},
                         row{"seconds only", 0ms, 500ms, 19s + 500ms, {19s}, "unknown", "102"}})
        BOOST_TEST_CONTEXT(r.what)
        {
            market m;
            m.ours[0].dispatched_at = m.lost.effect.dispatched_at = sent + r.first;
            m.ours.push_back(effect("E7"));
            m.ours.back().dispatched_at = sent + r.second;
            m.ours.push_back(effect("E1", effect_state::accepted, "101"));
            m.ours.back().dispatched_at = sent - 1min - 2ms;
            m.ours.back().settled_at = sent - 1min + 1ms;
            for (auto& n : m.shown)
                n.created = *n.created + r.ahead;
            int id = 102;
            for (const auto after : r.made)
                m.shows(listed(std::to_string(id++), after + r.ahead));
            BOOST_TEST(m.found() == r.of_first);
            m.lost.effect = m.ours[1];
            BOOST_TEST(m.found() == r.of_second);
        }
}

BOOST_AUTO_TEST_CASE(an_answer_that_came_late_tells_nothing_of_the_clock)
{
    market m;
    m.ours.push_back(effect("E7"));
    m.ours.back().dispatched_at = sent + 19s;
    m.ours.push_back(effect("E1", effect_state::accepted, "101"));
    m.ours.back().settled_at = sent + 2s;
    m.shows(listed("102", 19s + 3ms));
    BOOST_TEST(m.found() == "102");
}

BOOST_AUTO_TEST_SUITE_END()
