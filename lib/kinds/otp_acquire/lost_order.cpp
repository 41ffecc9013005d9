#include "kinds/otp_acquire/lost_order.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <set>

namespace ulak::kinds::otp {
namespace {

using ledger::effect_state;
using providers::listed_number;

/// The provider's clock is not known to agree with ours.
constexpr std::chrono::minutes clock_slack(5);
/// A list of so many may have been cut.
constexpr std::size_t whole_list = 50;

std::optional<std::uint64_t> number_of(const std::string& id)
{
    std::uint64_t n = 0;
    const auto read = std::from_chars(id.data(), id.data() + id.size(), n);
    return read.ec == std::errc() && read.ptr == id.data() + id.size() ? std::optional(n) : std::nullopt;
}

std::optional<std::uint64_t> highest(const std::vector<std::string>& ids)
{
    std::optional<std::uint64_t> most;
    for (const std::string& id : ids)
        if (const auto n = number_of(id))
            most = std::max(most.value_or(0), *n);
    return most;
}

bool is_known(const std::string& id, const lost_order& lost)
{
    return lost.known && std::ranges::find(*lost.known, id) != lost.known->end();
}

/// Ids only grow, where they are numbers.
bool came_later(const std::string& id, const lost_order& lost)
{
    const auto n = number_of(id);
    const auto most = lost.known ? highest(*lost.known) : std::nullopt;
    return !n || !most || *n > *most;
}

wall_point sent_at(const ledger::effect_record& e)
{
    return e.dispatched_at.value_or(e.intended_at);
}

bool is_as_asked(const listed_number& n, const lost_order& lost, wall_point now)
{
    const wall_point sent = sent_at(lost.effect);
    const money& expected = lost.effect.expected;
    const bool same_service = n.service.empty() || n.service == lost.service;
    const bool same_operator = n.operator_name.empty() || lost.operator_name.empty() ||
                               lower_ascii(n.operator_name) == lower_ascii(lost.operator_name);
    const bool same_price = !n.order.price || n.order.price->unit != expected.unit || *n.order.price == expected;
    const bool in_time = !n.created || (*n.created >= sent - clock_slack && *n.created <= now + clock_slack);
    return same_service && same_operator && same_price && in_time;
}

/// Newest first as far as one can see, and back to a time before the order: nothing newer can be missing.
bool is_whole(const std::vector<listed_number>& listed, const lost_order& lost)
{
    if (listed.size() < whole_list)
        return true;
    const auto first = number_of(listed.front().order.id), last = number_of(listed.back().order.id);
    return first && last && *first > *last &&
           std::ranges::any_of(listed, [&](const listed_number& n) { return is_known(n.order.id, lost); });
}

/// Those that are looked into: each gets one. The oldest first.
std::vector<effect_id> that_wait(const std::vector<ledger::effect_record>& alike, const lost_order& lost)
{
    std::vector<effect_id> all;
    for (const ledger::effect_record& e : alike)
        if (e.state == effect_state::ambiguous && !lost.given_up.contains(e.id.text()))
            all.push_back(e.id);
    std::ranges::sort(all);
    return all;
}

/// Ids that are numbers grow: "99" comes before "100".
bool comes_first(const listed_number* a, const listed_number* b)
{
    const auto &x = a->order.id, &y = b->order.id;
    return x.size() != y.size() ? x.size() < y.size() : x < y;
}

} // namespace

bool is_alike(const ledger::effect_record& e, const ledger::effect_record& lost, wall_point read_at)
{
    const bool unknown = e.state == effect_state::ambiguous || e.state == effect_state::written_off;
    return unknown && e.operation == lost.operation && e.digest == lost.digest &&
           sent_at(e) >= sent_at(lost) - clock_slack && sent_at(e) <= read_at;
}

list_word find_order(const std::vector<listed_number>& listed, const lost_order& lost,
                     const std::vector<ledger::effect_record>& ours, bool shared, wall_point read_at)
{
    std::set<std::string> owned;
    std::vector<ledger::effect_record> alike;
    for (const ledger::effect_record& e : ours) {
        owned.insert(e.provider_ref);
        if (is_alike(e, lost.effect, read_at))
            alike.push_back(e);
        if (e.state == effect_state::dispatched && sent_at(e) <= read_at)
            return list_word("another order of ours was under way when the provider's list was read");
    }
    wall_point oldest = sent_at(lost.effect);
    for (const ledger::effect_record& e : alike)
        oldest = std::min(oldest, sent_at(e));
    std::vector<const listed_number*> fit;
    std::size_t unexplained = 0, of_older_ones = 0;
    for (const listed_number& n : listed) {
        if (owned.contains(n.order.id))
            continue;
        if (is_known(n.order.id, lost)) { // and so before ours, which leaves it to those who were lost before
            of_older_ones += is_as_asked(n, lost, read_at) && n.created && *n.created >= oldest ? 1 : 0;
            continue;
        }
        ++unexplained;
        if (is_as_asked(n, lost, read_at) && came_later(n.order.id, lost))
            fit.push_back(&n);
    }
    const auto waiting = that_wait(alike, lost);
    const auto place = static_cast<std::size_t>(std::ranges::find(waiting, lost.effect.id) - waiting.begin());
    list_word word;
    if (fit.empty()) {
        word.absent = lost.known && unexplained == 0 && is_whole(listed, lost);
        word.evidence = "the provider's list of " + counted(listed.size(), "order") + " does not show it";
        if (unexplained > 0)
            word.evidence += ", but " + std::to_string(unexplained) + " that nobody here knows";
        return word;
    }
    if (!lost.known && shared) {
        word.evidence = "the provider's list shows " + counted(fit.size(), "order") +
                        " that fit, but was not read before, so that they may be somebody else's";
        return word;
    }
    if (fit.size() > std::max<std::size_t>(alike.size(), 1)) {
        word.evidence =
            "the provider's list shows " + counted(fit.size(), "order") + " that fit, more than we asked for";
        for (const listed_number* n : fit)
            word.evidence += (n == fit.front() ? ": " : ", ") + printable(n->order.id, 40);
        return word;
    }
    std::ranges::sort(fit, comes_first);
    // An order must not be left to nobody: too early a one can be made good by those who wait longer, too late a one
    // not.
    const auto mine = place - std::min(place, of_older_ones);
    if (mine < fit.size())
        word.found = fit[mine]->order;
    else
        word.evidence = "the provider's list shows it only for another purchase of ours";
    return word;
}

} // namespace ulak::kinds::otp
