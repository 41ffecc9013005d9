#include "kinds/purchase_world.hpp"

BOOST_AUTO_TEST_SUITE(purchase_answer_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using providers::classification;

} // namespace

BOOST_AUTO_TEST_CASE(an_accepted_answer_has_the_providers_id)
{
    providers::outcome<bought> outcome(classification::accepted);
    outcome.value = bought{"100"};
    outcome.evidence = "status 200";
    const kinds::purchase_answer answer(outcome, &bought::id);
    BOOST_TEST(answer.accepted());
    BOOST_TEST(answer.provider_ref == "100");
    BOOST_TEST(answer.evidence == "status 200");
    BOOST_TEST(!answer.failure.has_value());
    BOOST_TEST(!answer.charged.has_value());
}

BOOST_AUTO_TEST_CASE(an_accepted_answer_that_nobody_could_ask_about_is_ambiguous)
{
    for (const bool with_value : {false, true}) {
        providers::outcome<bought> outcome(classification::accepted);
        if (with_value)
            outcome.value = bought{};
        const kinds::purchase_answer answer(outcome, &bought::id);
        BOOST_TEST((answer.classified_as == classification::ambiguous));
        BOOST_TEST_REQUIRE(answer.failure.has_value());
        BOOST_TEST((answer.failure->code == errc::ambiguous));
        BOOST_TEST(answer.failure->message == "accepted without an id");
    }
}

BOOST_AUTO_TEST_CASE(any_other_answer_stays_what_it_was_classified_as)
{
    for (const auto c : {classification::rejected, classification::rate_limited, classification::not_sent,
                         classification::ambiguous}) {
        providers::outcome<bought> outcome(c);
        outcome.failure.emplace(errc::no_stock, "none", reach::answered);
        const kinds::purchase_answer answer(outcome, &bought::id);
        BOOST_TEST((answer.classified_as == c));
        BOOST_TEST(!answer.accepted());
        BOOST_TEST((answer.failure->code == errc::no_stock));
        BOOST_TEST(answer.provider_ref.empty());
    }
}

BOOST_AUTO_TEST_CASE(the_id_that_a_doubtful_answer_claims_stays_in_the_evidence)
{
    providers::outcome<bought> outcome(classification::ambiguous);
    outcome.failure.emplace(errc::ambiguous, "HTTP 429 with a purchase", reach::answered);
    outcome.evidence = "HTTP 429";
    outcome.claimed = bought{"100"};
    const kinds::purchase_answer answer(outcome, &bought::id);
    BOOST_TEST((answer.classified_as == classification::ambiguous));
    BOOST_TEST(answer.provider_ref.empty()); // it is nobody's purchase yet
    BOOST_TEST(answer.evidence == "HTTP 429 ref 100");
}

BOOST_AUTO_TEST_SUITE_END()
