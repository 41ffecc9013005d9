#include "ledger/samples.hpp"

#include "ledger/detail/admission.hpp"

using namespace ulak;
using namespace ulak::ledger;
using namespace ulak::tests;

BOOST_AUTO_TEST_SUITE(admission_)

namespace {

struct named_batch {
    const char* what;
    batch changes;
    bool begins;
};

std::vector<named_batch> batches()
{
    using enum effect_state;
    return {{"nothing", {}, false},
            {"a run", all(a_run("R1")), true},
            {"an intent", all(an_effect("e1", "R1", "s")), true},
            {"a dispatch", all(moved("e1", dispatched)), true},
            {"an outcome", all(moved("e1", accepted, "1")), false},
            {"a dispatch with its outcome", all(moved("e1", dispatched), moved("e1", ambiguous)), false},
            {"a run and an event", all(an_event("x"), a_run("R1")), true},
            {"an event", all(an_event("x")), false},
            {"a purge", all(purge()), false},
            {"an abandoned intent", all(moved("e1", abandoned)), false}};
}

std::string refused(const admission& a, const batch& b)
{
    const auto why = a.refusal(b);
    return why ? std::string(name(why->code)) : "no";
}

} // namespace

BOOST_AUTO_TEST_CASE(a_sound_store_takes_everything)
{
    const admission sound;
    for (const auto& b : batches())
        BOOST_TEST(refused(sound, b.changes) == "no", b.what);
}

BOOST_AUTO_TEST_CASE(blocked_or_held_only_what_settles_is_taken)
{
    admission blocked, held, both;
    blocked.set_blocked("the disk is full");
    held.set_held("a copy");
    both.set_blocked("the disk is full");
    both.set_held("a copy");
    for (const auto& b : batches())
        BOOST_TEST_CONTEXT(b.what)
        {
            BOOST_TEST(refused(blocked, b.changes) == (b.begins ? "unavailable" : "no"));
            BOOST_TEST(refused(held, b.changes) == (b.begins ? "paused" : "no"));
            BOOST_TEST(refused(both, b.changes) == (b.begins ? "paused" : "no"));
        }
    BOOST_TEST(blocked.refusal(all(a_run("R1")))->message == "the disk is full");
    blocked.set_blocked({});
    held.set_held({});
    BOOST_TEST(refused(blocked, all(a_run("R1"))) == "no");
    BOOST_TEST(refused(held, all(a_run("R1"))) == "no");
}

BOOST_AUTO_TEST_CASE(damage_blocks_and_is_remembered)
{
    admission a;
    BOOST_TEST(!a.damaged());
    a.mark_damaged("page 7");
    BOOST_TEST(a.damaged());
    BOOST_TEST(a.blocked());
    BOOST_TEST(a.damage() == "page 7");
    a.set_blocked("another reason");
    BOOST_TEST(a.damage() == "page 7");
}

BOOST_FIXTURE_TEST_CASE(the_monitor_shows_and_reports_every_change_once, loop_fixture)
{
    std::string seen;
    auto note = [&seen](const store_health& h) { seen += "[" + h.held + "|" + h.blocked + "]"; };
    const auto monitor = std::make_shared<health_monitor>(io.get_executor(), note);
    admission a(monitor);
    a.set_blocked("full");
    a.set_blocked("still full"); // no change
    a.set_held("copy");
    a.set_held("copy");
    a.set_blocked({});
    a.set_held({});
    BOOST_TEST(monitor->current().healthy());
    settle();
    BOOST_TEST(seen == "[|full][copy|still full][copy|][|]");
}

BOOST_AUTO_TEST_SUITE_END()
