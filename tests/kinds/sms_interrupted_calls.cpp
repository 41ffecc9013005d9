#include "kinds/sms_send/interrupted_calls.hpp"
#include "kinds/sms_stage_world.hpp"

#include <optional>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(sms_interrupted_calls_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::effect_state;
using ledger::item_state;

} // namespace

BOOST_AUTO_TEST_CASE(items_follow_the_effect_of_their_call)
{
    using enum effect_state;
    struct sample {
        effect_state effect;
        std::optional<item_state> items; ///< nothing: they stay
    };
    const std::vector<sample> samples{
        {intent, {}},
        {abandoned, {}},
        {dispatched, {}},
        {accepted, {}},
        {rejected, {}},
        {not_sent, item_state::pending},
        {not_executed, item_state::pending},
        {rate_limited, item_state::pending},
        {ambiguous, item_state::ambiguous},
        {orphaned, {}},
        {written_off, {}},
        {refunded, {}},
    };
    for (const sample& s : samples) {
        ledger::effect_record e;
        e.id = effect_id("e1");
        e.state = s.effect;
        const auto changes = sms::moves_after_restart(run_id("r1"), {e});
        BOOST_TEST_CONTEXT(ledger::name(s.effect))
        {
            BOOST_TEST(changes.size() == (s.items ? 1u : 0u));
            if (changes.empty())
                continue;
            const auto& move = std::get<ledger::move_items>(changes.front());
            BOOST_TEST((move.from == item_state::submitting));
            BOOST_TEST((move.to == *s.items));
            BOOST_TEST(move.by_effect == e.id);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(the_counts_are_those_after_the_moves, sms_stage_world)
{
    add_pending(4);
    const auto call = lose_call({0, 1});
    commit({moved(id, {2}, item_state::pending, item_state::submitting, call.id)});
    const auto effects = in_time(sms::restore_items(context, progress));
    BOOST_TEST_REQUIRE(effects.has_value());
    BOOST_TEST(effects->size() == 1u);
    BOOST_TEST(progress.count(item_state::ambiguous) == 3);
    BOOST_TEST(progress.count(item_state::pending) == 1);
    BOOST_TEST(counted(id, "ambiguous") == 3);
    check_sum(id);
}

BOOST_AUTO_TEST_SUITE_END()
