#include "job/redacted_problems.hpp"

#include "events/redactor.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(redacted_problems_)

using namespace ulak;

BOOST_AUTO_TEST_CASE(nothing_that_is_shown_of_a_file_holds_a_secret)
{
    events::process_redactor().add_secret("s3cr3t-of-the-job-tests");
    yaml::problem p;
    p.at = {"jobs.d/x.yaml", 1, 3};
    p.code = "U0110";
    p.text = "`s3cr3t-of-the-job-tests` is no key";
    p.hint = "did you mean s3cr3t-of-the-job-tests?";
    p.source = "key: s3cr3t-of-the-job-tests";
    yaml::problem plain = p;
    plain.text = plain.hint = plain.source = "kind: sms.send";
    yaml::problems all{p, plain};
    job::redact(all);
    BOOST_TEST(all[0].text == "`***` is no key");
    BOOST_TEST(all[0].hint == "did you mean ***?");
    BOOST_TEST(all[0].source == "key: ***");
    BOOST_TEST(all[0].at.line == 1u);
    BOOST_TEST(all[0].code == "U0110");
    BOOST_TEST(all[1].source == "kind: sms.send");
}

BOOST_AUTO_TEST_SUITE_END()
