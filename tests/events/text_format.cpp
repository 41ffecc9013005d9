#include "events/detail/text_format.hpp"

#include "sample_event.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(text_format_)

using namespace ulak;
using namespace ulak::events;

namespace {

event said(std::string message, std::string job = {}, std::string run = {})
{
    event e("run.started", level::info, std::move(message));
    e.time = parse_rfc3339("2026-11-22T12:00:01.456Z").value();
    e.job = std::move(job);
    e.run = std::move(run);
    return e;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_line_holds_time_level_name_subject_and_message)
{
    struct {
        event e;
        const char* line;
    } const table[] = {
        {said("hello", "otp", "01J"), "12:00:01.456 info  run.started  otp 01J  hello"},
        {said("hello", "otp"), "12:00:01.456 info  run.started  otp  hello"},
        {said("hello", "", "01J"), "12:00:01.456 info  run.started  01J  hello"},
        {said("hello"), "12:00:01.456 info  run.started  hello"},
        {said(""), "12:00:01.456 info  run.started  "},
    };
    for (const auto& row : table)
        BOOST_TEST(to_text(row.e) == row.line);
}

BOOST_AUTO_TEST_CASE(levels_are_padded_to_one_width)
{
    auto e = said("m");
    for (const auto& [severity, start] : {std::pair(level::debug, "12:00:01.456 debug run"),
                                          {level::notice, "12:00:01.456 notice run"},
                                          {level::error, "12:00:01.456 error run"}}) {
        e.severity = severity;
        BOOST_TEST(to_text(e).starts_with(start), to_text(e));
    }
}

BOOST_AUTO_TEST_CASE(an_event_is_one_harmless_line_whatever_it_says)
{
    for (const std::string text : {"two\nlines \x1b[31m", "\r\n", "bell\x07", "\u2028", "\xff"}) {
        const auto line = to_text(said(text, text, text));
        BOOST_TEST(line.find_first_of("\n\r\x1b\x07") == std::string::npos, line);
        BOOST_TEST(line.find('\xff') == std::string::npos, line);
    }
}

BOOST_AUTO_TEST_CASE(a_very_long_message_is_cut)
{
    const auto line = to_text(said(std::string(100'000, 'x')));
    BOOST_TEST(line.size() < 5'000u);
    BOOST_TEST(line.ends_with("…"));
}

BOOST_AUTO_TEST_CASE(colours_surround_the_line_of_every_level_but_info)
{
    auto e = said("m");
    BOOST_TEST(to_text_line(e, true) == to_text(e) + "\n");
    for (auto l : {level::debug, level::notice, level::warning, level::error}) {
        e.severity = l;
        const auto line = to_text_line(e, true);
        BOOST_TEST(line.starts_with("\x1b["), line);
        BOOST_TEST(line.ends_with("\x1b[0m\n"), line);
        BOOST_TEST(line.find(to_text(e)) != std::string::npos);
        BOOST_TEST(to_text_line(e, false) == to_text(e) + "\n");
    }
}

BOOST_AUTO_TEST_SUITE_END()
