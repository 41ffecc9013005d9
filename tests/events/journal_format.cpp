#include "events/detail/journal_format.hpp"

#include "events/detail/message_ids.hpp"
#include "journal_fields.hpp"
#include "sample_event.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

BOOST_AUTO_TEST_SUITE(journal_format_)

using namespace ulak;
using namespace ulak::events;

BOOST_AUTO_TEST_CASE(a_record_holds_the_standard_fields_and_the_events_own)
{
    auto e = sample_event();
    e.message = "one\ntwo=2";
    const std::map<std::string, std::string> expected = {
        {"MESSAGE", "one\ntwo=2"},      {"PRIORITY", "4"},
        {"SYSLOG_IDENTIFIER", "ulakd"}, {"MESSAGE_ID", std::string(message_id(run_started))},
        {"ULAK_EVENT", "run.started"},  {"ULAK_SEQ", "7"},
        {"ULAK_JOB", "otp-watch"},      {"ULAK_RUN", "01J"},
        {"ULAK_PRICE", "4.00"},         {"ULAK_TRY_NO", "2"},
    };
    BOOST_TEST((journal_fields(to_journal_record(e)) == expected));
}

BOOST_AUTO_TEST_CASE(levels_become_the_priorities_of_syslog)
{
    for (const auto& [severity, priority] : {std::pair(level::debug, "7"),
                                             {level::info, "6"},
                                             {level::notice, "5"},
                                             {level::warning, "4"},
                                             {level::error, "3"}})
        BOOST_TEST(journal_fields(to_journal_record(sample_event(severity)))["PRIORITY"] == priority);
}

BOOST_AUTO_TEST_CASE(an_event_without_id_or_sequence_number_has_no_such_fields)
{
    const auto fields = journal_fields(to_journal_record(event("no.such", level::info, "m")));
    BOOST_TEST(!fields.contains("MESSAGE_ID"));
    BOOST_TEST(!fields.contains("ULAK_SEQ"));
    BOOST_TEST(!fields.contains("ULAK_JOB"));
    BOOST_TEST(fields.at("ULAK_EVENT") == "no.such");
}

BOOST_AUTO_TEST_CASE(own_fields_cannot_break_out_of_their_names_or_values)
{
    event e("no.such", level::info, "m");
    e.data = {{"a b=c\nd", "x\nMESSAGE=forged"}, {"Seq", 9}, {"ünlü", true}, {std::string(200, 'k'), nullptr}};
    const auto fields = journal_fields(to_journal_record(e));
    BOOST_TEST(fields.at("MESSAGE") == "m");
    BOOST_TEST(fields.at("ULAK_A_B_C_D") == "x\nMESSAGE=forged");
    BOOST_TEST(!fields.contains("ULAK_SEQ"), "a reserved name is refused in any case");
    for (const auto& [key, value] : fields) {
        BOOST_TEST(key.size() <= 64u);
        BOOST_TEST(key.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos, key);
    }
}

BOOST_AUTO_TEST_CASE(values_that_are_no_text_are_written_as_json)
{
    event e("no.such", level::info, "m");
    e.data = {{"n", 1.5}, {"list", {1, "two"}}, {"none", nullptr}};
    const auto fields = journal_fields(to_journal_record(e));
    BOOST_TEST(fields.at("ULAK_LIST") == R"([1,"two"])");
    BOOST_TEST(fields.at("ULAK_NONE") == "null");
}

BOOST_AUTO_TEST_CASE(every_name_has_an_id_of_its_own)
{
    std::set<std::string_view> ids;
    for (const auto& [event_name, id] : message_ids) {
        BOOST_TEST(id.size() == 32u);
        BOOST_TEST(id.find_first_not_of("0123456789abcdef") == std::string_view::npos);
        ids.insert(id);
    }
    BOOST_TEST(ids.size() == message_ids.size());
    for (const char* known : {daemon_started, run_finished, effect_ambiguous, control_command, log_dropped})
        BOOST_TEST(!message_id(known).empty(), known);
    BOOST_TEST(message_id("no.such").empty());
}

BOOST_AUTO_TEST_SUITE_END()
