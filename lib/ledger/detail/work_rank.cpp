#include "ledger/detail/work_rank.hpp"

#include <algorithm>

namespace ulak::ledger {
namespace {

constexpr std::size_t max_small_weight = 500; ///< rows: some milliseconds

template<class Change>
bool holds(const change& c) noexcept
{
    return std::holds_alternative<Change>(c);
}

bool is_money(const change& c) noexcept
{
    return holds<intend>(c) || holds<move_effect>(c) || holds<refund_effect>(c);
}

std::size_t weight_of(const change& c) noexcept
{
    if (const auto* add = std::get_if<add_items>(&c))
        return 1 + add->items.size();
    if (const auto* move = std::get_if<move_items>(&c))
        return 1 + move->positions.size();
    if (const auto* old = std::get_if<purge>(&c))
        return 1 + static_cast<std::size_t>(std::max<std::int64_t>(old->limit, 0));
    return 1;
}

} // namespace

std::size_t weight_of(const batch& changes) noexcept
{
    std::size_t sum = 0;
    for (const auto& c : changes)
        sum += weight_of(c);
    return sum;
}

work_rank rank_of(const batch& changes) noexcept
{
    if (std::ranges::any_of(changes, is_money))
        return work_rank::money;
    const bool bulky = std::ranges::any_of(changes, holds<purge>) || weight_of(changes) > max_small_weight;
    return bulky ? work_rank::bulk : work_rank::change;
}

} // namespace ulak::ledger
