#include "kinds/otp_acquire/order_owner.hpp"

#include "kinds/otp_acquire/order_fit.hpp"

#include <algorithm>
#include <ranges>

namespace ulak::kinds::otp {

using ledger::effect_record;
using providers::listed_number;
using std::chrono::milliseconds;

namespace {

/// An answer that is booked later than this may have been found in the list instead.
constexpr std::chrono::seconds prompt_answer(2);
/// Between the making of an order and the answer that reports it.
constexpr milliseconds jitter(100);
constexpr std::chrono::seconds whole_seconds(1);

/// An order is made before it is answered, so the provider's clock is not further ahead than this.
std::optional<milliseconds> clock_lead_bound(const listed_number& n, const std::vector<effect_record>& ours)
{
    const auto e = std::ranges::find(ours, n.order.id, &effect_record::provider_ref);
    if (!n.created || e == ours.end() || e->state != ledger::effect_state::accepted || !e->dispatched_at ||
        !e->settled_at || *e->settled_at - *e->dispatched_at >= prompt_answer)
        return std::nullopt;
    return std::chrono::duration_cast<milliseconds>(*n.created - *e->settled_at);
}

/// Earlier lost purchases take the orders that were listed before, then one each of the new ones.
const listed_number* order_by_position(const unowned_orders& orders, const std::vector<effect_record>& waiting,
                                       const effect_record& lost)
{
    const auto own = std::ranges::find(waiting, lost.id, &effect_record::id);
    const auto place = static_cast<std::size_t>(own - waiting.begin());
    const auto left = place - std::min(place, orders.listed_before);
    return left < orders.new_orders.size() ? orders.new_orders[left] : nullptr;
}

/// One past the last of `waiting` before `end` that was sent before the order was made. 0: none was.
std::size_t sent_before(const listed_number& n, const std::vector<effect_record>& waiting, std::size_t end,
                        const provider_clock& clock)
{
    const auto made =
        n.created.value_or(wall_point::max()) - (n.created ? clock.ahead - clock.truncation : milliseconds(0));
    while (end > 0 && sent_at(waiting[end - 1]) > made)
        --end;
    return end;
}

} // namespace

std::optional<provider_clock> estimate_provider_clock(const std::vector<listed_number>& listed,
                                                      const std::vector<effect_record>& ours)
{
    std::optional<provider_clock> clock;
    bool finer = false;
    for (const listed_number& n : listed) {
        finer = finer || (n.created && n.created->time_since_epoch() % whole_seconds != milliseconds(0));
        if (const auto ahead = clock_lead_bound(n, ours))
            clock = provider_clock{clock ? std::max(clock->ahead, *ahead) : *ahead, {}};
    }
    if (clock)
        clock->truncation = finer ? jitter : whole_seconds + jitter;
    return clock;
}

const listed_number* order_of(const unowned_orders& orders, const std::vector<effect_record>& waiting,
                              const effect_record& lost, const std::optional<provider_clock>& clock)
{
    if (!clock)
        return order_by_position(orders, waiting, lost);
    // The newest first, since an older order never belongs to a later purchase. Orders that were listed before are
    // older than all of these, and cannot change the answer.
    auto end = waiting.size();
    for (const auto* n : orders.new_orders | std::views::reverse) {
        end = sent_before(*n, waiting, end, *clock);
        if (end == 0)
            return nullptr;
        if (waiting[--end].id == lost.id)
            return n;
    }
    return nullptr;
}

} // namespace ulak::kinds::otp
