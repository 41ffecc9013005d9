#include "providers/detail/report_entries.hpp"

#include "providers/detail/json_parse.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(report_entries_)

using namespace ulak;
using namespace ulak::providers;

namespace {

using state = sms_report::delivery_state;

state state_of(std::string_view word)
{
    return word == "ok" ? state::delivered : word == "no" ? state::undelivered : state::waiting;
}

sms_report report_of(const std::string& json)
{
    const auto list = parse_provider_json(json);
    BOOST_REQUIRE(list);
    sms_report report;
    add_report_entries(report, &*list, state_of);
    return report;
}

} // namespace

BOOST_AUTO_TEST_CASE(numbers_of_every_form_become_ten_digits)
{
    for (const char* number : {R"("5551112233")", "5551112233", R"("+905551112233")", R"("905551112233")",
                               R"("05551112233")", "905551112233"})
        BOOST_TEST_CONTEXT(number)
        {
            const auto report = report_of(std::string(R"([{"number":)") + number + R"(,"status":"ok"}])");
            BOOST_REQUIRE(report.entries.size() == 1u);
            BOOST_TEST(report.entries.front().digits == "5551112233");
            BOOST_TEST((report.entries.front().state == state::delivered));
            BOOST_TEST(report.entries.front().provider_status == "ok");
        }
}

BOOST_AUTO_TEST_CASE(a_foreign_number_stays_as_it_came)
{
    const auto report = report_of(R"([{"number":"+49 30 1","status":"ok"}])");
    BOOST_REQUIRE(report.entries.size() == 1u);
    BOOST_TEST(report.entries.front().digits == "+49 30 1");
}

BOOST_AUTO_TEST_CASE(one_object_stands_for_a_list_of_one)
{
    BOOST_TEST(report_of(R"({"number":"5551112233","status":"no"})").entries.size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_has_no_number_is_left_out_and_what_has_no_status_waits)
{
    const auto report = report_of(R"([{"status":"ok"},{"number":null,"status":"ok"},{"number":"5551112233"},7,null])");
    BOOST_REQUIRE(report.entries.size() == 1u);
    BOOST_TEST((report.entries.front().state == state::waiting));
    BOOST_TEST(report.entries.front().provider_status.empty());
}

BOOST_AUTO_TEST_CASE(nothing_at_all_adds_nothing)
{
    sms_report report;
    add_report_entries(report, nullptr, state_of);
    BOOST_TEST(report.entries.empty());
    for (const char* json : {"null", "[]", "7", "\"x\""})
        BOOST_TEST(report_of(json).entries.empty(), json);
}

BOOST_AUTO_TEST_CASE(waiting_entries_are_counted)
{
    const auto report = report_of(R"([{"number":"1","status":"ok"},{"number":"2","status":"?"},{"number":"3"}])");
    BOOST_TEST(count_waiting(report) == 2u);
    BOOST_TEST(count_waiting(sms_report()) == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
