#include "kinds/otp_acquire/number_state.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(number_state_)

namespace {

using namespace ulak;
using namespace ulak::kinds::otp;
using namespace std::chrono_literals;

state full_state()
{
    state s;
    s.at = stage::retrying;
    s.ended_as = outcome::open;
    s.polls = 1;
    s.cancels = 2;
    s.cancels_confirmed = 3;
    s.unreadable_polls = 4;
    s.cancel_requested = s.alarm_raised = s.code_late = s.refund_seen = true;
    s.wake_at = 77s;
    s.verifying_since = 78s;
    return s;
}

} // namespace

// Runs that were stored by earlier versions go on: neither keys nor names may change.
BOOST_AUTO_TEST_CASE(the_stored_form_stays_as_it_is)
{
    BOOST_TEST(boost::json::serialize(to_json(full_state())) ==
               R"({"stage":"retrying","fate":"open","polls":1,"cancels":2,"confirmations":3,"unreadable":4,)"
               R"("by_person":true,"alarmed":true,"late":true,"seen":true,"wake":77000,"verifying_since":78000})");
    const std::vector<std::string> stages{"waiting",  "last_look", "cancelling", "after_cancel",
                                          "retrying", "watching",  "verifying",  "done"};
    for (std::size_t i = 0; i < stages.size(); ++i)
        BOOST_TEST(name(static_cast<stage>(i)) == stages[i]);
    const std::vector<std::string> outcomes{"open",           "code",    "returned",  "ended",
                                            "refund_missing", "expired", "unreadable"};
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        BOOST_TEST(name(static_cast<outcome>(i)) == outcomes[i]);
}

BOOST_AUTO_TEST_CASE(a_state_comes_back_as_it_was_stored)
{
    BOOST_TEST((state_from(to_json(full_state())).value() == full_state()));
    for (int at = 0; at <= static_cast<int>(stage::done); ++at)
        for (int end = 0; end <= static_cast<int>(outcome::code_unreadable); ++end) {
            state s;
            s.at = static_cast<stage>(at);
            s.ended_as = static_cast<outcome>(end);
            BOOST_TEST((state_from(to_json(s)).value() == s));
        }
}

BOOST_AUTO_TEST_CASE(a_state_that_cannot_be_read_is_an_error_and_not_a_guess)
{
    for (const char* text :
         {"{}", R"({"stage":"waiting"})", R"({"fate":"open"})", R"({"stage":"somewhere","fate":"open"})",
          R"({"stage":"waiting","fate":"lost"})", R"({"stage":1,"fate":0})"}) {
        BOOST_TEST_CONTEXT(text)
        {
            const auto s = state_from(boost::json::parse(text).as_object());
            BOOST_TEST(!s.has_value());
            BOOST_TEST((s.error().code == errc::contract));
        }
    }
}

BOOST_AUTO_TEST_CASE(fields_that_an_earlier_version_did_not_store_read_as_zero)
{
    const auto o = boost::json::parse(R"({"stage":"verifying","fate":"open","polls":"three","late":1})").as_object();
    state expected;
    expected.at = stage::verifying_refund;
    BOOST_TEST((state_from(o).value() == expected));
}

BOOST_AUTO_TEST_SUITE_END()
