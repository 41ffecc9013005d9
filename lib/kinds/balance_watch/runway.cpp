#include "kinds/balance_watch/runway.hpp"

#include <algorithm>

namespace ulak::kinds::balance {
namespace {

using namespace std::chrono_literals;

/// The pace is taken from the readings of a week, and not from less than an hour.
constexpr std::chrono::milliseconds pace_window = 7 * 24h;
constexpr std::chrono::milliseconds shortest_pace_window = 1h;
constexpr std::chrono::milliseconds longest_runway = 10 * 365 * 24h;

} // namespace

std::optional<std::chrono::milliseconds> estimate_runway(const std::vector<ledger::balance_record>& newest_first)
{
    if (newest_first.size() < 2)
        return std::nullopt;
    const ledger::balance_record& now = newest_first.front();
    decimal spent;
    wall_point oldest = now.at;
    for (std::size_t i = 1; i < newest_first.size(); ++i) {
        const auto& later = newest_first[i - 1];
        const auto& earlier = newest_first[i];
        if (earlier.balance.unit != now.balance.unit || now.at - earlier.at > pace_window)
            break;
        oldest = earlier.at;
        if (earlier.balance.amount > later.balance.amount)
            spent = spent + (earlier.balance.amount - later.balance.amount);
    }
    const auto past = now.at - oldest;
    if (past < shortest_pace_window || spent.zero())
        return std::nullopt;
    if (now.balance.amount.negative())
        return 0ms;
    const double lasts = static_cast<double>(past.count()) * static_cast<double>(now.balance.amount.micros()) /
                         static_cast<double>(spent.micros());
    return std::chrono::milliseconds(
        static_cast<std::int64_t>(std::min(lasts, static_cast<double>(longest_runway.count()))));
}

} // namespace ulak::kinds::balance
