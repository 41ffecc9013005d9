#include "sim/detail/panel_book.hpp"

#include <algorithm>
#include <utility>

namespace ulak::sim {

std::string_view panel_order::status(wall_point now) const
{
    if (!ended(now))
        return now < ordered_at + duration / 4 || outcome == panel_outcome::stuck ? "Pending" : "In progress";
    if (outcome == panel_outcome::partial)
        return "Partial";
    return outcome == panel_outcome::canceled ? "Canceled" : "Completed";
}

std::int64_t panel_order::remains(wall_point now) const
{
    auto last = outcome == panel_outcome::completed ? 0 : outcome == panel_outcome::partial ? left_at_end : quantity;
    if (ended(now))
        return last;
    auto start = ordered_at + duration / 4;
    if (outcome == panel_outcome::stuck || now <= start)
        return quantity;
    auto part =
        (now - start).count() * (quantity - last) / std::max<std::int64_t>(1, (duration - duration / 4).count());
    return quantity - part;
}

panel_order& panel_book::add(panel_order o)
{
    o.id = ids_.next();
    order_.push_back(o.id);
    latest_by_link_[o.link] = o.id;
    return orders_.emplace(o.id, std::move(o)).first->second;
}

panel_order* panel_book::find(std::uint64_t id)
{
    auto at = orders_.find(id);
    return at == orders_.end() ? nullptr : &at->second;
}

bool panel_book::active(const std::string& link, wall_point now)
{
    auto at = latest_by_link_.find(link);
    return at != latest_by_link_.end() && !find(at->second)->ended(now);
}

} // namespace ulak::sim
