// What an attempt at a notice writes, and a notice's fields.
#include "engine/detail/attempt_changes.hpp"

#include <boost/test/unit_test.hpp>

using namespace ulak;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(attempt_changes_)

namespace {

const wall_point made_at = parse_rfc3339("2026-03-02T06:00:00Z").value();

engine::parsed_notice notice(int attempts = 0, const std::string& body = R"({"time":"2026-03-02T06:00:00Z","job":"j",)"
                                                                         R"("run":"R1","data":{"state":"done","n":3}})")
{
    ledger::notice_record n;
    n.id = notice_id("N1");
    n.channel = "ops";
    n.moment = "done";
    n.attempts = attempts;
    n.body = body;
    return engine::parsed_notice(std::move(n));
}

ledger::update_notice update_in(const ledger::batch& all)
{
    return std::get<ledger::update_notice>(all.at(0));
}

events::event event_in(const ledger::batch& all)
{
    return std::get<ledger::append_event>(all.at(1)).event;
}

engine::attempt failed(bool retry = true)
{
    return engine::attempt(error(errc::transient, "the webhook answered 500"), retry);
}

} // namespace

BOOST_AUTO_TEST_CASE(waits_double_up_to_ten_minutes)
{
    const std::pair<int, std::chrono::milliseconds> table[] = {{0, 1s},   {1, 1s},    {2, 2s},     {3, 4s},
                                                               {9, 256s}, {10, 512s}, {11, 10min}, {1000, 10min}};
    for (const auto& [attempts, wait] : table)
        BOOST_TEST((engine::retry_after(attempts) == wait), attempts);
}

BOOST_AUTO_TEST_CASE(a_delivered_notice_is_done_and_says_so)
{
    const auto all = engine::attempt_changes(notice(2), engine::attempt(), made_at);
    BOOST_TEST(update_in(all).sent);
    BOOST_TEST(!update_in(all).given_up);
    BOOST_TEST(update_in(all).attempts == 3);
    BOOST_TEST(event_in(all).name == "notify.sent");
    BOOST_TEST(event_in(all).job == "j");
    BOOST_TEST(!event_in(all).data.contains("given_up"));
}

BOOST_AUTO_TEST_CASE(a_failure_is_tried_again_later)
{
    const auto all = engine::attempt_changes(notice(1), failed(), made_at + 5s);
    BOOST_TEST(!update_in(all).sent);
    BOOST_TEST(!update_in(all).given_up);
    BOOST_TEST((update_in(all).next_at == made_at + 7s));
    BOOST_TEST(update_in(all).last_error == "the webhook answered 500");
    BOOST_TEST(event_in(all).data.at("next_at").is_string());
}

BOOST_AUTO_TEST_CASE(it_is_given_up_after_a_day_or_when_it_may_not_be_tried_again)
{
    BOOST_TEST(!update_in(engine::attempt_changes(notice(), failed(), made_at + 24h - 1s)).given_up);
    BOOST_TEST(update_in(engine::attempt_changes(notice(), failed(), made_at + 24h)).given_up);
    const auto never = engine::attempt_changes(notice(), failed(false), made_at);
    BOOST_TEST(update_in(never).given_up);
    BOOST_TEST((event_in(never).severity == events::level::error));
    BOOST_TEST(!event_in(never).data.contains("next_at"));
}

BOOST_AUTO_TEST_CASE(a_notice_without_a_time_is_given_up_by_its_attempts)
{
    BOOST_TEST(!update_in(engine::attempt_changes(notice(150, "{}"), failed(), made_at)).given_up);
    BOOST_TEST(update_in(engine::attempt_changes(notice(151, "not json"), failed(), made_at)).given_up);
}

BOOST_AUTO_TEST_CASE(fields_come_from_the_body_then_from_its_data)
{
    const auto n = notice();
    BOOST_TEST(n.field("job") == "j");
    BOOST_TEST(n.field("state") == "done");
    BOOST_TEST(n.field("n") == "3");
    BOOST_TEST(n.field("nothing").empty());
    BOOST_TEST(notice(0, R"({"a":null,"b":[1,2]})").field("a").empty());
    BOOST_TEST(notice(0, R"({"a":null,"b":[1,2]})").field("b") == "[1,2]");
    BOOST_TEST(notice(0, "[]").field("a").empty());
}

BOOST_AUTO_TEST_SUITE_END()
