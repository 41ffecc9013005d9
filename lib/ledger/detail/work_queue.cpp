#include "ledger/detail/work_queue.hpp"

#include <algorithm>

namespace ulak::ledger {
namespace {

// Of one transaction: a longer one makes its first waiter wait for its last.
constexpr std::size_t max_group_size = 500;
constexpr std::size_t max_group_weight = 2'000;
constexpr int max_urgent_turns = 8; ///< one after the other, some milliseconds each

} // namespace

void work_queue::add(work_list arrived)
{
    for (auto& w : arrived) {
        const auto rank = w->rank();
        of(rank).push_back(std::move(w));
    }
}

bool work_queue::empty() const noexcept
{
    return std::ranges::all_of(lines_, [](const line& l) { return l.empty(); });
}

work_list work_queue::take_urgent()
{
    work_list group;
    std::size_t weight = 0;
    for (const auto rank : {work_rank::money, work_rank::change})
        while (has(rank) && group.size() < max_group_size && weight < max_group_weight) {
            group.push_back(take(rank));
            weight += weight_of(*group.back()->changes());
        }
    return group;
}

work_ptr work_queue::take(work_rank r)
{
    auto first = std::move(of(r).front());
    of(r).pop_front();
    return first;
}

bool work_queue::is_overdue() const noexcept
{
    return turns_ >= max_urgent_turns;
}

void work_queue::put_back(work_rank r, work_ptr w)
{
    of(r).push_front(std::move(w));
}

} // namespace ulak::ledger
