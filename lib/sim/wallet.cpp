#include "sim/wallet.hpp"

namespace ulak::sim {
namespace {

constexpr std::size_t movements_kept = 5'000;

} // namespace

void wallet::move(wall_point at, decimal amount, std::string reason)
{
    balance_ = balance_ + amount;
    history_.push_back(movement{++moves_, at, amount, balance_, std::move(reason)});
    if (history_.size() > movements_kept)
        history_.pop_front();
}

} // namespace ulak::sim
