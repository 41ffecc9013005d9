#include "ledger/detail/admission.hpp"

#include <algorithm>

namespace ulak::ledger {
namespace {

/// A change that begins something. Every other one settles what has happened already.
struct begins_something {
    bool operator()(const create_run&) const noexcept { return true; }
    bool operator()(const intend&) const noexcept { return true; }
    bool operator()(const move_effect& c) const noexcept { return c.to == effect_state::dispatched; }
    template<class Other>
    bool operator()(const Other&) const noexcept
    {
        return false;
    }
};

bool begins(const change& c)
{
    return std::visit(begins_something(), c);
}

/// The outcome of a call that was made: its dispatch may be written together with it.
bool is_outcome(const change& c)
{
    const auto* move = std::get_if<move_effect>(&c);
    return move != nullptr && move->to != effect_state::dispatched;
}

} // namespace

std::optional<error> admission::refusal(const batch& changes) const
{
    if (!held() && !blocked())
        return std::nullopt;
    if (std::ranges::none_of(changes, begins) || std::ranges::any_of(changes, is_outcome))
        return std::nullopt;
    return held() ? error(errc::paused, held_) : error(errc::unavailable, blocked_);
}

void admission::set_blocked(std::string why)
{
    blocked_ = std::move(why);
    if (monitor_)
        monitor_->set_blocked(blocked_);
}

void admission::mark_damaged(std::string why)
{
    if (damage_.empty()) // what follows from the first damage explains nothing
        damage_ = std::move(why);
    set_blocked(damage_);
}

void admission::set_held(std::string why)
{
    held_ = std::move(why);
    if (monitor_)
        monitor_->set_held(held_);
}

} // namespace ulak::ledger
