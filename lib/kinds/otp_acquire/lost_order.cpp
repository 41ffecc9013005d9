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

/// Those that are looked into: each gets one. The oldest first.
std::vector<ledger::effect_record> under_reconciliation(const std::vector<ledger::effect_record>& alike, const lost_order& lost)
{
    std::vector<ledger::effect_record> all;
    for (const ledger::effect_record& e : alike)
        if (e.state == effect_state::ambiguous && !lost.abandoned.contains(e.id.text()))
            all.push_back(e);
    const auto order = [](const ledger::effect_record& e) { return std::pair(sent_at(e), e.id); };
    std::ranges::sort(all, {}, order);
    return all;
}

/// Of our purchases what bears on the list.
struct own_purchases {
    own_purchases() = default;

    std::set<std::string> owned{};
    std::vector<ledger::effect_record> similar{};
    bool any_open = false;
};

own_purchases classify_purchases(const std::vector<ledger::effect_record>& ours, const lost_order& lost, wall_point read_at)
{
    own_purchases part;
    for (const ledger::effect_record& e : ours) {
        part.owned.insert(e.provider_ref);
        if (is_similar(e, lost.effect, read_at))
            part.similar.push_back(e);
        if (e.state == effect_state::dispatched && sent_at(e) <= read_at)
            part.any_open = true;
    }
    return part;
}

wall_point oldest_of(const std::vector<ledger::effect_record>& alike, const lost_order& lost)
{
    wall_point oldest = sent_at(lost.effect);
    for (const ledger::effect_record& e : alike)
        oldest = std::min(oldest, sent_at(e));
    return oldest;
}

/// Of the list what none of our purchases owns.
struct unowned_entries {
    unowned_entries() = default;

    unowned_orders matching{};        ///< as asked
    std::size_t unexplained = 0; ///< all that were not there before
};

unowned_entries find_unowned(const std::vector<listed_number>& listed, const lost_order& lost, const own_purchases& ours,
                        wall_point read_at)
{
    unowned_entries part;
    const wall_point oldest = oldest_of(ours.similar, lost);
    for (const listed_number& n : listed) {
        if (ours.owned.contains(n.order.id))
            continue;
        const bool as_asked = matches_request(n, lost, read_at);
        if (was_listed_before(n.order.id, lost)) {
            part.matching.listed_before += as_asked && n.created && *n.created >= oldest ? 1 : 0;
            continue;
        }
        ++part.unexplained;
        if (as_asked && has_newer_id(n.order.id, lost))
            part.matching.new_orders.push_back(&n);
    }
    std::ranges::sort(part.matching.new_orders, is_older);
    return part;
}

list_evidence not_listed(const std::vector<listed_number>& listed, const lost_order& lost, std::size_t unexplained)
{
    list_evidence word("the provider's list of " + counted(listed.size(), "order") + " does not show it");
    word.absent = lost.listed_before && unexplained == 0 && is_complete(listed, lost);
    if (unexplained > 0)
        word.evidence += ", but " + std::to_string(unexplained) + " that nobody here knows";
    return word;
}

list_evidence ownership_unknown(std::size_t fit)
{
    return list_evidence("the provider's list shows " + counted(fit, "order") +
                     " that fit, but was not read before, so that they may be somebody else's");
}

list_evidence too_many_matches(const std::vector<const listed_number*>& fit)
{
    list_evidence word("the provider's list shows " + counted(fit.size(), "order") + " that fit, more than we asked for");
    for (const listed_number* n : fit)
        word.evidence += (n == fit.front() ? ": " : ", ") + printable(n->order.id, 40);
    return word;
}

} // namespace

bool is_similar(const ledger::effect_record& e, const ledger::effect_record& lost, wall_point read_at)
{
    const bool unknown = e.state == effect_state::ambiguous || e.state == effect_state::written_off;
    return unknown && e.operation == lost.operation && e.digest == lost.digest && sent_at(e) >= similar_since(lost) &&
           sent_at(e) <= read_at;
}

list_evidence find_order(const std::vector<listed_number>& listed, const lost_order& lost,
                     const std::vector<ledger::effect_record>& ours, bool shared, wall_point read_at)
{
    const own_purchases part = classify_purchases(ours, lost, read_at);
    if (part.any_open)
        return list_evidence("another order of ours was under way when the provider's list was read");
    const unowned_entries unowned = find_unowned(listed, lost, part, read_at);
    const auto& fit = unowned.matching.new_orders;
    if (fit.empty())
        return not_listed(listed, lost, unowned.unexplained);
    if (!lost.listed_before && shared)
        return ownership_unknown(fit.size());
    if (fit.size() > std::max<std::size_t>(part.similar.size(), 1))
        return too_many_matches(fit);
    const auto* own = order_of(unowned.matching, under_reconciliation(part.similar, lost), lost.effect, estimate_provider_clock(listed, ours));
    if (!own)
        return list_evidence("the provider's list shows it only for another purchase of ours");
    list_evidence word;
    word.found = own->order;
    return word;
}

} // namespace ulak::kinds::otp
