#include "control/detail/run_views.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(run_views_)

using namespace ulak;

namespace {

ledger::run_record acquired()
{
    ledger::run_record run;
    run.id = run_id("01JD0000000000000000000000");
    run.job = "otp";
    run.kind = "otp.acquire";
    run.state = ledger::run_state::succeeded;
    run.trigger = "manual";
    run.params = R"({"who":"5551112233","what":"x"})";
    run.result =
        R"({"code":"012345","number":"+65789654123","number_id":"100","account":"numbers","price":"8.00","late":false})";
    run.spent = money(decimal::from_integer(8), "TRY");
    return run;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_new_run_has_every_key_with_null_where_there_is_nothing)
{
    ledger::run_record run;
    run.id = run_id("01JD0000000000000000000000");
    const auto o = ulak::control::view(run);
    for (const char* key : {"id", "job", "kind", "state", "trigger", "started_at", "finished_at", "params", "counts",
                            "result", "error", "spent"})
        BOOST_TEST(o.contains(key), key);
    for (const char* key : {"started_at", "finished_at", "counts", "result", "error", "spent"})
        BOOST_TEST(o.at(key).is_null(), key);
    BOOST_TEST(o.at("params").is_object());
}

BOOST_AUTO_TEST_CASE(money_and_ids_are_texts)
{
    const auto o = ulak::control::view(acquired());
    BOOST_TEST(boost::json::serialize(o.at("spent")) == R"({"amount":"8.00","unit":"TRY"})");
    BOOST_TEST(o.at("result").at("code").get_string() == "012345");
}

BOOST_AUTO_TEST_SUITE_END()
