#include "kinds/otp_acquire/lost_order.hpp"

#include "core/text.hpp"
#include "kinds/otp_acquire/order_fit.hpp"
#include "kinds/otp_acquire/order_owner.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace ulak::kinds::otp {
namespace {

using ledger::effect_state;
using providers::listed_number;

/// Similar purchases that somebody reconciles, each of which gets an order. The oldest first.
std::vector<ledger::effect_record> under_reconciliation(const std::vector<ledger::effect_record>& similar,
                                                        const lost_order& lost)
{
    std::vector<ledger::effect_record> all;
    for (const ledger::effect_record& e : similar)
        if (e.state == effect_state::ambiguous && !lost.abandoned.contains(e.id.text()))
            all.push_back(e);
    const auto order = [](const ledger::effect_record& e) { return std::pair(sent_at(e), e.id); };
    std::ranges::sort(all, {}, order);
    return all;
}

/// What our purchases mean for the list.
struct own_purchases {
    own_purchases() = default;

    std::set<std::string> owned{}; ///< ids of orders whose purchase is known
    std::vector<ledger::effect_record> similar{};
    bool any_open = false; ///< one was in flight when the list was read
};

own_purchases classify_purchases(const std::vector<ledger::effect_record>& ours, const lost_order& lost,
                                 wall_point read_at)
{
    own_purchases own;
    for (const ledger::effect_record& e : ours) {
        own.owned.insert(e.provider_ref);
        if (is_similar(e, lost.effect, read_at))
            own.similar.push_back(e);
        if (e.state == effect_state::dispatched && sent_at(e) <= read_at)
            own.any_open = true;
    }
    return own;
}

wall_point oldest_of(const std::vector<ledger::effect_record>& similar, const lost_order& lost)
{
    wall_point oldest = sent_at(lost.effect);
    for (const ledger::effect_record& e : similar)
        oldest = std::min(oldest, sent_at(e));
    return oldest;
}

/// Orders of the list that no purchase of ours owns.
struct unowned_entries {
    unowned_entries() = default;

    unowned_orders matching{};   ///< those that may be the lost one
    std::size_t unexplained = 0; ///< all that were not listed before
};

unowned_entries find_unowned(const std::vector<listed_number>& listed, const lost_order& lost,
                             const own_purchases& ours, wall_point read_at)
{
    unowned_entries unowned;
    const wall_point oldest = oldest_of(ours.similar, lost);
    for (const listed_number& n : listed) {
        if (ours.owned.contains(n.order.id))
            continue;
        const bool fits = matches_request(n, lost, read_at);
        if (was_listed_before(n.order.id, lost)) {
            unowned.matching.listed_before += fits && n.created && *n.created >= oldest ? 1 : 0;
            continue;
        }
        ++unowned.unexplained;
        if (fits && has_newer_id(n.order.id, lost))
            unowned.matching.new_orders.push_back(&n);
    }
    std::ranges::sort(unowned.matching.new_orders, is_older);
    return unowned;
}

list_evidence not_listed(const std::vector<listed_number>& listed, const lost_order& lost, std::size_t unexplained)
{
    list_evidence result("the provider's list of " + counted(listed.size(), "order") + " does not show it");
    result.absent = lost.listed_before && unexplained == 0 && is_complete(listed, lost);
    if (unexplained > 0)
        result.evidence += ", but " + std::to_string(unexplained) + " that nobody here knows";
    return result;
}

list_evidence ownership_unknown(std::size_t matches)
{
    return list_evidence("the provider's list shows " + counted(matches, "order") +
                         " that fit, but was not read before, so that they may be somebody else's");
}

list_evidence too_many_matches(const std::vector<const listed_number*>& matches)
{
    list_evidence result("the provider's list shows " + counted(matches.size(), "order") +
                         " that fit, more than we asked for");
    for (const listed_number* n : matches)
        result.evidence += (n == matches.front() ? ": " : ", ") + printable(n->order.id, 40);
    return result;
}

} // namespace

list_evidence find_order(const std::vector<listed_number>& listed, const lost_order& lost,
                         const std::vector<ledger::effect_record>& ours, bool shared, wall_point read_at)
{
    const own_purchases own = classify_purchases(ours, lost, read_at);
    if (own.any_open)
        return list_evidence("another order of ours was under way when the provider's list was read");
    const unowned_entries unowned = find_unowned(listed, lost, own, read_at);
    const auto& matches = unowned.matching.new_orders;
    if (matches.empty())
        return not_listed(listed, lost, unowned.unexplained);
    if (!lost.listed_before && shared)
        return ownership_unknown(matches.size());
    if (matches.size() > std::max<std::size_t>(own.similar.size(), 1))
        return too_many_matches(matches);
    const auto* found = order_of(unowned.matching, under_reconciliation(own.similar, lost), lost.effect,
                                 estimate_provider_clock(listed, ours));
    if (!found)
        return list_evidence("the provider's list shows it only for another purchase of ours");
    list_evidence result;
    result.found = found->order;
    return result;
}

} // namespace ulak::kinds::otp
