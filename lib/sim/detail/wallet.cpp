#include "sim/detail/wallet.hpp"

namespace ulak::sim {
namespace {

constexpr std::size_t max_entries = 5'000;

} // namespace

void wallet::post(wall_point at, decimal amount, std::string reason)
{
    balance_ = balance_ + amount;
    entries_.push_back(wallet_entry{++last_id_, at, amount, balance_, std::move(reason)});
    if (entries_.size() > max_entries)
        entries_.pop_front();
}

} // namespace ulak::sim
