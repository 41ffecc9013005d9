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
std::vector<ledger::effect_record> that_wait(const std::vector<ledger::effect_record>& alike, const lost_order& lost)
{
    std::vector<ledger::effect_record> all;
    for (const ledger::effect_record& e : alike)
        if (e.state == effect_state::ambiguous && !lost.given_up.contains(e.id.text()))
            all.push_back(e);
    const auto order = [](const ledger::effect_record& e) { return std::pair(sent_at(e), e.id); };
    std::ranges::sort(all, {}, order);
    return all;
}

/// Of our purchases what bears on the list.
struct our_part {
    our_part() = default;

    std::set<std::string> owned{};
    std::vector<ledger::effect_record> alike{};
    bool under_way = false;
};

our_part part_of(const std::vector<ledger::effect_record>& ours, const lost_order& lost, wall_point read_at)
{
    our_part part;
    for (const ledger::effect_record& e : ours) {
        part.owned.insert(e.provider_ref);
        if (is_alike(e, lost.effect, read_at))
            part.alike.push_back(e);
        if (e.state == effect_state::dispatched && sent_at(e) <= read_at)
            part.under_way = true;
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
struct unowned_part {
    unowned_part() = default;

    unowned_orders fit{};        ///< as asked
    std::size_t unexplained = 0; ///< all that were not there before
};

unowned_part unowned_in(const std::vector<listed_number>& listed, const lost_order& lost, const our_part& ours,
                        wall_point read_at)
{
    unowned_part part;
    const wall_point oldest = oldest_of(ours.alike, lost);
    for (const listed_number& n : listed) {
        if (ours.owned.contains(n.order.id))
            continue;
        const bool as_asked = is_as_asked(n, lost, read_at);
        if (is_known(n.order.id, lost)) {
            part.fit.before += as_asked && n.created && *n.created >= oldest ? 1 : 0;
            continue;
        }
        ++part.unexplained;
        if (as_asked && came_later(n.order.id, lost))
            part.fit.since.push_back(&n);
    }
    std::ranges::sort(part.fit.since, comes_first);
    return part;
}

list_word nothing_fits(const std::vector<listed_number>& listed, const lost_order& lost, std::size_t unexplained)
{
    list_word word("the provider's list of " + counted(listed.size(), "order") + " does not show it");
    word.absent = lost.known && unexplained == 0 && is_whole(listed, lost);
    if (unexplained > 0)
        word.evidence += ", but " + std::to_string(unexplained) + " that nobody here knows";
    return word;
}

list_word may_be_others(std::size_t fit)
{
    return list_word("the provider's list shows " + counted(fit, "order") +
                     " that fit, but was not read before, so that they may be somebody else's");
}

list_word too_many(const std::vector<const listed_number*>& fit)
{
    list_word word("the provider's list shows " + counted(fit.size(), "order") + " that fit, more than we asked for");
    for (const listed_number* n : fit)
        word.evidence += (n == fit.front() ? ": " : ", ") + printable(n->order.id, 40);
    return word;
}

} // namespace

bool is_alike(const ledger::effect_record& e, const ledger::effect_record& lost, wall_point read_at)
{
    const bool unknown = e.state == effect_state::ambiguous || e.state == effect_state::written_off;
    return unknown && e.operation == lost.operation && e.digest == lost.digest && sent_at(e) >= alike_since(lost) &&
           sent_at(e) <= read_at;
}

list_word find_order(const std::vector<listed_number>& listed, const lost_order& lost,
                     const std::vector<ledger::effect_record>& ours, bool shared, wall_point read_at)
{
    const our_part part = part_of(ours, lost, read_at);
    if (part.under_way)
        return list_word("another order of ours was under way when the provider's list was read");
    const unowned_part unowned = unowned_in(listed, lost, part, read_at);
    const auto& fit = unowned.fit.since;
    if (fit.empty())
        return nothing_fits(listed, lost, unowned.unexplained);
    if (!lost.known && shared)
        return may_be_others(fit.size());
    if (fit.size() > std::max<std::size_t>(part.alike.size(), 1))
        return too_many(fit);
    const auto* own = own_order(unowned.fit, that_wait(part.alike, lost), lost.effect, clock_of(listed, ours));
    if (!own)
        return list_word("the provider's list shows it only for another purchase of ours");
    list_word word;
    word.found = own->order;
    return word;
}

} // namespace ulak::kinds::otp
