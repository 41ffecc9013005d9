#include "kinds/otp_acquire/order_fit.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace ulak::kinds::otp {

using providers::listed_number;

namespace {

/// The provider's clock may differ from ours by this much.
constexpr std::chrono::minutes clock_slack(5);
/// The smallest page of any provider. A list of this length or more may have been cut.
constexpr std::size_t smallest_page = 15;

/// Nothing if the id is no number.
std::optional<std::uint64_t> number_of(const std::string& id)
{
    std::uint64_t n = 0;
    const auto read = std::from_chars(id.data(), id.data() + id.size(), n);
    return read.ec == std::errc() && read.ptr == id.data() + id.size() ? std::optional(n) : std::nullopt;
}

/// Ids that are no numbers show no order.
bool is_newest_first(const std::vector<listed_number>& listed)
{
    const auto older = [](const listed_number& a, const listed_number& b) {
        const auto x = number_of(a.order.id), y = number_of(b.order.id);
        return !x || !y || *x <= *y;
    };
    return std::ranges::adjacent_find(listed, older) == listed.end();
}

std::optional<std::uint64_t> highest(const std::vector<std::string>& ids)
{
    std::optional<std::uint64_t> most;
    for (const std::string& id : ids)
        if (const auto n = number_of(id))
            most = std::max(most.value_or(0), *n);
    return most;
}

} // namespace

bool was_listed_before(const std::string& id, const lost_order& lost)
{
    return lost.listed_before && std::ranges::find(*lost.listed_before, id) != lost.listed_before->end();
}

bool has_newer_id(const std::string& id, const lost_order& lost)
{
    const auto n = number_of(id);
    const auto most = lost.listed_before ? highest(*lost.listed_before) : std::nullopt;
    return !n || !most || *n > *most;
}

wall_point sent_at(const ledger::effect_record& e)
{
    return e.dispatched_at.value_or(e.intended_at);
}

wall_point similar_since(const ledger::effect_record& lost)
{
    return sent_at(lost) - clock_slack;
}

bool is_similar(const ledger::effect_record& e, const ledger::effect_record& lost, wall_point read_at)
{
    const bool unknown = e.state == ledger::effect_state::ambiguous || e.state == ledger::effect_state::written_off;
    return unknown && e.operation == lost.operation && e.digest == lost.digest && sent_at(e) >= similar_since(lost) &&
           sent_at(e) <= read_at;
}

bool matches_request(const listed_number& n, const lost_order& lost, wall_point now)
{
    const wall_point sent = sent_at(lost.effect);
    const money& expected = lost.effect.expected;
    const bool same_service = n.service.empty() || n.service == lost.service;
    const bool same_operator = n.operator_name.empty() || lost.operator_name.empty() ||
                               lower_ascii(n.operator_name) == lower_ascii(lost.operator_name);
    const bool same_price =
        lost.price_unknown || !n.order.price || n.order.price->unit != expected.unit || *n.order.price == expected;
    const bool in_time = !n.created || (*n.created >= sent - clock_slack && *n.created <= now + clock_slack);
    return same_service && same_operator && same_price && in_time;
}

bool is_complete(const std::vector<listed_number>& listed, const lost_order& lost)
{
    const bool first_of_all = lost.listed_before && lost.listed_before->empty();
    const bool goes_back = first_of_all || std::ranges::any_of(listed, [&](const listed_number& n) {
                               return was_listed_before(n.order.id, lost);
                           });
    if (listed.size() < smallest_page)
        return goes_back;
    return goes_back && !first_of_all && is_newest_first(listed);
}

bool is_older(const listed_number* a, const listed_number* b)
{
    const auto &x = a->order.id, &y = b->order.id;
    return x.size() != y.size() ? x.size() < y.size() : x < y;
}

} // namespace ulak::kinds::otp
