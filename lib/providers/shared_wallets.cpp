#include "providers/shared_wallets.hpp"

#include <algorithm>
#include <vector>

namespace ulak::providers {
namespace {

using wallet = std::vector<std::shared_ptr<account>>; ///< the accounts of one identity

std::vector<wallet> wallets_of(const accounts& all)
{
    std::vector<wallet> found;
    for (const auto& [name, one] : all) {
        const auto same = [&one](const wallet& w) {
            return one->identity.known() && w.front()->identity == one->identity;
        };
        const auto at = std::ranges::find_if(found, same);
        if (at == found.end())
            found.push_back(wallet(1, one));
        else
            at->push_back(one);
    }
    return found;
}

/// Whose permits all take: those that are in use, else the fewest.
const account& holder(const wallet& w, const std::set<std::string>& kept)
{
    const account* best = w.front().get();
    for (const auto& one : w) {
        const bool used = kept.contains(one->name), best_used = kept.contains(best->name);
        if ((used && !best_used) || (used == best_used && one->purchases < best->purchases))
            best = one.get();
    }
    return *best;
}

} // namespace

void share_wallets(accounts& all, const std::set<std::string>& kept)
{
    for (const wallet& w : wallets_of(all)) {
        const account& from = holder(w, kept);
        const auto permits = from.purchase_permits;
        const auto reconciled = from.reconciled;
        const bool shared = std::ranges::any_of(w, [](const auto& one) { return one->shared; });
        for (const auto& one : w) {
            one->purchase_permits = permits;
            one->reconciled = reconciled;
            one->shared = shared;
        }
    }
}

} // namespace ulak::providers
