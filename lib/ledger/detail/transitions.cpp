#include "ledger/detail/transitions.hpp"

namespace ulak::ledger {
namespace {

template<class State>
constexpr unsigned bit(State s) noexcept
{
    return 1u << static_cast<unsigned>(s);
}

template<class... State>
constexpr unsigned states(State... s) noexcept
{
    return (0u | ... | bit(s));
}

template<class State>
constexpr bool has(unsigned states, State s) noexcept
{
    return (states & bit(s)) != 0;
}

/// | from       | to                                                                    |
/// | ---------- | --------------------------------------------------------------------- |
/// | intent     | abandoned not_sent dispatched                                         |
/// | dispatched | accepted rejected rate_limited ambiguous not_sent                     |
/// | accepted   | accepted                                                              |
/// | ambiguous  | ambiguous accepted rejected not_executed orphaned written_off         |
/// | orphaned   | orphaned accepted refunded written_off                                |
constexpr std::array<unsigned, effect_state_count> effect_transitions = [] {
    using enum effect_state;
    std::array<unsigned, effect_state_count> to{};
    to[static_cast<std::size_t>(intent)] = states(abandoned, not_sent, dispatched);
    to[static_cast<std::size_t>(dispatched)] = states(accepted, rejected, rate_limited, ambiguous, not_sent);
    to[static_cast<std::size_t>(accepted)] = states(accepted);
    to[static_cast<std::size_t>(ambiguous)] =
        states(ambiguous, accepted, rejected, not_executed, orphaned, written_off);
    to[static_cast<std::size_t>(orphaned)] = states(orphaned, accepted, refunded, written_off);
    return to;
}();

constexpr std::array<unsigned, item_state_count> item_transitions = [] {
    using enum item_state;
    std::array<unsigned, item_state_count> to{};
    to[static_cast<std::size_t>(pending)] = states(skipped, submitting, rejected);
    to[static_cast<std::size_t>(submitting)] = states(submitted, delivered, undelivered, rejected, ambiguous);
    to[static_cast<std::size_t>(submitted)] = states(delivered, undelivered, rejected);
    to[static_cast<std::size_t>(ambiguous)] = states(submitted, delivered, undelivered, rejected);
    return to;
}();

} // namespace

bool may_follow(effect_state from, effect_state to) noexcept
{
    return has(effect_transitions[static_cast<std::size_t>(from)], to);
}

bool may_follow(run_state from, run_state to, bool entries_open) noexcept
{
    if (from == to || !is_final(from))
        return true;
    const bool ends_well_or_not = to == run_state::succeeded || to == run_state::failed;
    return from == run_state::attention && ends_well_or_not && !entries_open;
}

bool may_follow(item_state from, item_state to, bool harmless) noexcept
{
    if (from == to)
        return true;
    if (to == item_state::pending)
        return harmless && (from == item_state::submitting || from == item_state::ambiguous);
    return has(item_transitions[static_cast<std::size_t>(from)], to);
}

bool allows_new_attempt(effect_state s) noexcept
{
    using enum effect_state;
    return has(states(not_sent, rate_limited, not_executed, refunded), s);
}

bool is_settled(effect_state s) noexcept
{
    using enum effect_state;
    return !has(states(intent, dispatched, ambiguous, orphaned), s);
}

} // namespace ulak::ledger
