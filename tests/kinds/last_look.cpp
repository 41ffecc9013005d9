// The last look is taken twice around the note, and a call that sends SMS says whom it reaches.
#include "kinds/purchase/last_look.hpp"
#include "kinds/purchase_world.hpp"

#include <memory>

BOOST_AUTO_TEST_SUITE(last_look_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::effect_state;

struct look_world : purchase_world {
    /// Notes something under these rules; `meanwhile` happens while the disk is busy with it.
    result<void> note(kinds::run_context& c, std::optional<kinds::message_rules> rules, std::function<void()> meanwhile)
    {
        kinds::last_look look(c, kinds::call_owner::run, std::move(rules));
        std::optional<result<void>> out;
        start(keep(look, out, noted, std::move(meanwhile)));
        settle();
        BOOST_REQUIRE(out.has_value());
        return *out;
    }
    static task<> keep(const kinds::last_look& look, std::optional<result<void>>& out, bool& noted,
                       std::function<void()> meanwhile)
    {
        ledger::put_setting put;
        put.name = "note";
        put.value = "1";
        auto work = look.note(ledger::batch(1, std::move(put)), effect_id(), noted);
        auto ex = co_await boost::asio::this_coro::executor;
        boost::asio::post(ex, std::move(meanwhile)); // comes between the hand-over and the answer of the store
        auto done = co_await std::move(work);
        out.emplace(std::move(done));
    }
    static kinds::message_rules until(std::chrono::minutes close)
    {
        kinds::message_rules rules;
        rules.window.emplace();
        rules.window->to = close;
        return rules;
    }
    bool noted = false;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(what_changes_while_the_note_is_written_still_counts, look_world)
{
    auto c = make();
    const auto closed = note(c, until(9h + 5min), [this] { clock.jump_wall(5min); });
    BOOST_TEST_REQUIRE(!closed.has_value());
    BOOST_TEST((closed.error().code == errc::window));
    BOOST_TEST(noted); // it stays on disk
    const auto cancelled = note(c, {}, [&c] { c.request_cancel(); });
    BOOST_TEST_REQUIRE(!cancelled.has_value());
    BOOST_TEST((cancelled.error().code == errc::cancelled));
}

BOOST_FIXTURE_TEST_CASE(a_closed_window_notes_nothing, look_world)
{
    auto c = make();
    BOOST_TEST((note(c, until(9h), [] {}).error().code == errc::window));
    BOOST_TEST(!noted);
    BOOST_TEST(note(c, until(9h + 1min), [] {}).has_value());
    BOOST_TEST(noted);
}

BOOST_FIXTURE_TEST_CASE(nothing_is_noted_once_its_time_is_over, look_world)
{
    auto c = make();
    kinds::message_rules rules;
    rules.until = clock.wall_now();
    BOOST_TEST((note(c, rules, [] {}).error().code == errc::window));
    BOOST_TEST(!noted);
    rules.until = clock.wall_now() + 1min;
    BOOST_TEST((note(c, rules, [this] { clock.jump_wall(1min); }).error().code == errc::window));
    BOOST_TEST(noted); // the note took its time
}

BOOST_FIXTURE_TEST_CASE(a_call_that_sends_sms_and_does_not_say_whom_it_reaches_is_not_booked, look_world)
{
    auto c = make();
    for (const bool empty : {false, true}) {
        kinds::purchase_request request("chunk/1", accounts->at("numbers"), kinds::sms_operation, lira(1));
        if (empty)
            request.messages.emplace();
        auto reserved = finish(kinds::reserve(c, std::move(request)));
        BOOST_TEST_REQUIRE(reserved.has_value());
        auto booked = finish(std::move(*reserved).book(ledger::batch()));
        BOOST_TEST_REQUIRE(!booked.has_value());
        BOOST_TEST((booked.error().code == errc::contract));
    }
    BOOST_TEST(effects_of(id).empty());
}

BOOST_AUTO_TEST_SUITE_END()
