#include "ledger/records.hpp"

#include "ledger/detail/transitions.hpp"

namespace ulak::ledger {
namespace {

constexpr std::array<std::string_view, run_state_count> run_names = {"queued", "running",   "paused",   "succeeded",
                                                                     "failed", "cancelled", "attention"};
constexpr std::array<std::string_view, item_state_count> item_names = {
    "pending", "skipped", "submitting", "submitted", "delivered", "undelivered", "rejected", "ambiguous"};
constexpr std::array<std::string_view, effect_state_count> effect_names = {
    "intent",       "abandoned", "not_sent",     "dispatched", "accepted", "rejected",
    "rate_limited", "ambiguous", "not_executed", "orphaned",   "refunded", "written_off"};

template<class State, std::size_t Size>
std::optional<State> find(const std::array<std::string_view, Size>& names, std::string_view text) noexcept
{
    for (std::size_t i = 0; i < Size; ++i)
        if (names[i] == text)
            return static_cast<State>(i);
    return std::nullopt;
}

} // namespace

std::string_view name(run_state s) noexcept
{
    return run_names[static_cast<std::size_t>(s)];
}

std::string_view name(item_state s) noexcept
{
    return item_names[static_cast<std::size_t>(s)];
}

std::string_view name(effect_state s) noexcept
{
    return effect_names[static_cast<std::size_t>(s)];
}

std::optional<run_state> parse_run_state(std::string_view text) noexcept
{
    return find<run_state>(run_names, text);
}

std::optional<item_state> parse_item_state(std::string_view text) noexcept
{
    return find<item_state>(item_names, text);
}

std::optional<effect_state> parse_effect_state(std::string_view text) noexcept
{
    return find<effect_state>(effect_names, text);
}

bool is_final(run_state s) noexcept
{
    return s == run_state::succeeded || s == run_state::failed || s == run_state::cancelled ||
           s == run_state::attention;
}

} // namespace ulak::ledger
