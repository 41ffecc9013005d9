#include "kinds/sms_send/delivery_report.hpp"
#include "kinds/sms_stage_world.hpp"

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(sms_delivery_report_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::item_state;
using delivery_state = providers::sms_report::delivery_state;

providers::sms_report report_with(std::vector<providers::sms_report::entry> entries)
{
    providers::sms_report r;
    r.entries = std::move(entries);
    return r;
}

ledger::item_record submitted_at(std::int64_t position, const std::string& queue = "q1")
{
    auto i = item_at(position, item_state::submitted);
    i.queue = queue;
    return i;
}

/// "delivered 0 2", "undelivered/busy 1"
std::vector<std::string> texts_of(const sms::report_moves& found)
{
    std::vector<std::string> all;
    for (const auto& move : found.moves) {
        std::string text(ledger::name(move.to));
        if (!move.reason.empty())
            text += "/" + move.reason;
        for (const auto position : move.positions)
            text += " " + std::to_string(position);
        BOOST_TEST((move.from == item_state::submitted));
        all.push_back(std::move(text));
    }
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(waiting_recipients_have_no_report_yet)
{
    const auto reports = sms::index_reports(report_with({{number_of(1), delivery_state::delivered, "ok"},
                                                         {number_of(2), delivery_state::waiting, "sent"},
                                                         {number_of(3), delivery_state::undelivered, "off"}}));
    BOOST_TEST(reports.size() == 3u);
    BOOST_TEST((reports.at(sms::phone_key(number_of(1))).state == delivery_state::delivered));
    BOOST_TEST((reports.at(sms::phone_key(number_of(2))).state == delivery_state::waiting));
    BOOST_TEST((reports.at(sms::phone_key(number_of(3))).state == delivery_state::undelivered));
    BOOST_TEST(reports.at(sms::phone_key(number_of(3))).reason == "off");
}

BOOST_AUTO_TEST_CASE(a_reason_is_printable_and_short)
{
    const auto reports =
        sms::index_reports(report_with({{number_of(1), delivery_state::undelivered, "a\n" + std::string(500, 'b')}}));
    const auto& reason = reports.begin()->second.reason;
    BOOST_TEST(reason.find('\n') == std::string::npos);
    BOOST_TEST(reason.size() < 100u);
}

BOOST_AUTO_TEST_CASE(a_report_moves_the_items_that_it_names)
{
    const auto reports = sms::index_reports(report_with({{number_of(0), delivery_state::delivered, "ok"},
                                                         {number_of(1), delivery_state::undelivered, "off"},
                                                         {number_of(2), delivery_state::delivered, "ok"},
                                                         {number_of(3), delivery_state::undelivered, "busy"},
                                                         {number_of(4), delivery_state::undelivered, "off"},
                                                         {number_of(5), delivery_state::waiting, "sent"}}));
    std::vector<ledger::item_record> block;
    for (std::int64_t i = 0; i < 8; ++i)
        block.push_back(submitted_at(i));
    const auto found = sms::moves_for(block, run_id("r"), "q1", 7, reports);
    BOOST_TEST(texts_of(found) ==
                   std::vector<std::string>({"delivered 0 2", "undelivered/busy 3", "undelivered/off 1 4"}),
               boost::test_tools::per_element());
    BOOST_TEST(found.delivered == 2);
    BOOST_TEST(found.undelivered == 3);
    BOOST_TEST(found.waiting == 3);
}

BOOST_AUTO_TEST_CASE(items_of_other_queues_and_beyond_the_range_are_left_alone)
{
    const auto reports = sms::index_reports(report_with({{number_of(0), delivery_state::delivered, "ok"},
                                                         {number_of(1), delivery_state::delivered, "ok"},
                                                         {number_of(2), delivery_state::delivered, "ok"}}));
    const auto found =
        sms::moves_for({submitted_at(0), submitted_at(1, "q2"), submitted_at(2)}, run_id("r"), "q1", 1, reports);
    BOOST_TEST(texts_of(found) == std::vector<std::string>({"delivered 0"}), boost::test_tools::per_element());
    BOOST_TEST(found.waiting == 0);
}

BOOST_AUTO_TEST_CASE(an_empty_report_moves_nothing)
{
    const auto found = sms::moves_for({submitted_at(0), submitted_at(1)}, run_id("r"), "q1", 1, {});
    BOOST_TEST(found.moves.empty());
    BOOST_TEST(found.waiting == 2);
}

BOOST_AUTO_TEST_SUITE_END()
