#include "kinds/otp_acquire/number_changes.hpp"

#include "kinds/otp_acquire/otp_world.hpp"

#include <boost/json/serialize.hpp>

#include <variant>

BOOST_AUTO_TEST_SUITE(number_changes_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using kinds::otp::held_number;
using kinds::otp::outcome;
using kinds::otp::state;

struct changes_world : otp_parts {
    changes_world() { hold_number(); }

    held_number& number() { return *progress.held; }
    state& last() { return progress.held->machine_state; }
    ledger::batch ended(outcome o)
    {
        last().ended_as = o;
        update = ledger::update_run(id);
        kinds::otp::extracted_code found;
        found.code = "4711";
        return kinds::otp::final_changes(*context, number(), found, update);
    }
    ledger::update_run update{id};
};

/// The first change of this type; null if there is none.
template<class T>
const T* find(const ledger::batch& all)
{
    for (const auto& change : all)
        if (const T* found = std::get_if<T>(&change))
            return found;
    return nullptr;
}

/// The names of the events, in their order.
std::string events_in(const ledger::batch& all)
{
    std::string names;
    for (const auto& change : all)
        if (const auto* e = std::get_if<ledger::append_event>(&change))
            names += e->event.name + " ";
    return names;
}

} // namespace

BOOST_FIXTURE_TEST_CASE(an_event_shows_a_number_without_its_middle_and_never_the_code, changes_world)
{
    const auto all = ended(outcome::code);
    const auto* e = find<ledger::append_event>(all);
    BOOST_TEST(e->event.message == "a code came on +65***4123");
    BOOST_TEST(json::serialize(e->event.data) ==
               R"({"number_id":"100","number":"+65***4123","length":4,"late":false})");
    BOOST_TEST(e->event.account == "numbers");
    BOOST_TEST(e->event.provider == "smmonayim-numbers");
    BOOST_TEST(json::parse(*update.result).as_object().at("code").as_string() == "4711");
    last().code_late = true;
    BOOST_TEST(find<ledger::append_event>(ended(outcome::code))->event.message == "a late code came on +65***4123");
    BOOST_TEST(json::parse(*update.result).as_object().at("late").as_bool());
}

BOOST_FIXTURE_TEST_CASE(an_order_is_published_with_its_price, changes_world)
{
    const auto all = kinds::otp::ordered_changes(*context, number());
    BOOST_TEST(events_in(all) == "number.ordered ");
    const auto& e = find<ledger::append_event>(all)->event;
    BOOST_TEST(e.message == "number +65***4123 ordered at numbers");
    BOOST_TEST(json::serialize(e.data) ==
               R"({"number_id":"100","number":"+65***4123","price":{"amount":"8.00","unit":"TRY"}})");
}

BOOST_AUTO_TEST_CASE(only_a_confirmed_refund_is_given_back_to_the_budget)
{
    struct row {
        const char* what;
        outcome end;
        bool seen, alarmed;
        bool refund;
        const char* event; ///< empty: none
    };
    for (const row& r : std::vector<row>{
             {"in the balance", outcome::refunded, true, false, true, "number.cancelled "},
             {"in the balance after the alarm", outcome::refunded, true, true, true, "number.cancelled "},
             {"documented", outcome::refunded, false, false, true, "number.cancelled "},
             {"promised after the alarm", outcome::refunded, false, true, false, "number.cancelled "},
             {"ended by the provider", outcome::ended_by_provider, false, false, false, "number.cancelled "},
             {"missing", outcome::refund_missing, false, true, false, ""},
             {"expired", outcome::expired, false, true, false, ""},
             {"the code is hidden", outcome::code_unreadable, false, true, false, ""},
             {"delivered", outcome::code, false, false, false, "number.code "},
         }) {
        BOOST_TEST_CONTEXT(r.what)
        {
            changes_world w;
            w.last().refund_seen = r.seen;
            w.last().alarm_raised = r.alarmed;
            const auto all = w.ended(r.end);
            const auto* refund = find<ledger::refund_effect>(all);
            BOOST_TEST((refund != nullptr) == r.refund);
            BOOST_TEST(events_in(all) == r.event);
            if (refund) {
                BOOST_TEST((refund->id == w.number().effect));
                BOOST_TEST(refund->amount == decimal::from_integer(8));
            }
            BOOST_TEST(w.update.result.has_value() == (r.end == outcome::code));
        }
    }
}

BOOST_FIXTURE_TEST_CASE(an_alarm_names_the_price_at_risk_and_what_was_tried, changes_world)
{
    last().cancels = 3;
    last().cancels_confirmed = 1;
    last().polls = 40;
    const auto missing = kinds::otp::alarm_changes(*context, number());
    BOOST_TEST(events_in(missing) == "number.refund-missing attention.raised ");
    BOOST_TEST((find<ledger::put_notice>(missing) != nullptr));
    const auto& entry = find<ledger::raise_attention>(missing)->entry;
    BOOST_TEST(entry.id == number().effect.text());
    BOOST_TEST(entry.kind == "refund-missing");
    BOOST_TEST(entry.amount.text() == "8.00 TRY");
    BOOST_TEST(entry.evidence ==
               "number 100 at numbers (smmonayim-numbers): no refund was confirmed, 8.00 TRY at risk; "
               "3 cancels asked, 1 confirmed, 40 looks");
    BOOST_TEST(json::serialize(find<ledger::append_event>(missing)->event.data) ==
               R"({"number_id":"100","number":"+65***4123","amount":{"amount":"8.00","unit":"TRY"},"attention":")" +
                   number().effect.text() + "\"}");

    last().ended_as = outcome::code_unreadable;
    const auto hidden = kinds::otp::alarm_changes(*context, number());
    BOOST_TEST(events_in(hidden) == "attention.raised ");
    BOOST_TEST((find<ledger::put_notice>(hidden) == nullptr));
    BOOST_TEST(find<ledger::raise_attention>(hidden)->entry.kind == "code-unreadable");
}

BOOST_AUTO_TEST_CASE(the_end_of_a_number_in_the_progress)
{
    struct row {
        const char* what;
        outcome end;
        bool seen;
        bool delivered, at_risk; ///< after an alarm
    };
    for (const row& r : std::vector<row>{{"a code", outcome::code, false, true, false},
                                         {"a refund that was seen", outcome::refunded, true, false, false},
                                         {"a refund that was promised", outcome::refunded, false, false, true},
                                         {"no refund", outcome::refund_missing, false, false, true},
                                         {"nothing", outcome::expired, false, false, true}}) {
        BOOST_TEST_CONTEXT(r.what)
        {
            changes_world w;
            w.progress.at_risk = true;
            w.last().ended_as = r.end;
            w.last().refund_seen = r.seen;
            w.last().cancel_requested = true;
            release_number(w.progress);
            BOOST_TEST(w.progress.delivered == r.delivered);
            BOOST_TEST(w.progress.at_risk == r.at_risk);
            BOOST_TEST(w.progress.cancel_requested);
            BOOST_TEST(!w.progress.held.has_value());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
