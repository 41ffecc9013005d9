#include "sim/detail/simulated_account.hpp"

namespace ulak::sim {

simulated_account::simulated_account(const protocol_descriptor& p, decimal balance, std::uint64_t seed,
                                     random_source& random)
    : protocol(p), money(balance, std::string(p.unit))
{
    constexpr std::uint64_t distinct_seeds = 1'000; // ids stay as short as a provider's
    const auto first_id = p.goods.first_id + seed % distinct_seeds * p.goods.id_spread;
    if (p.goods.numbers)
        numbers = std::make_unique<number_market>(p.goods.numbers(), first_id, random);
    if (p.goods.messages)
        messages = std::make_unique<sms_account>(first_id, random);
    if (p.goods.services)
        panel = std::make_unique<panel_account>(p.goods.services(), first_id, random);
}

} // namespace ulak::sim
