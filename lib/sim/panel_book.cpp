#include "sim/panel_book.hpp"

#include <algorithm>
#include <utility>

namespace ulak::sim {

std::string_view panel_order::status(wall_point now) const
{
    if (!ended(now))
        return now < ordered + pace / 4 || end == panel_end::stuck ? "Pending" : "In progress";
    if (end == panel_end::partial)
        return "Partial";
    return end == panel_end::canceled ? "Canceled" : "Completed";
}

std::int64_t panel_order::remains(wall_point now) const
{
    auto last = end == panel_end::completed ? 0 : end == panel_end::partial ? left_at_end : quantity;
    if (ended(now))
        return last;
    auto start = ordered + pace / 4;
    if (end == panel_end::stuck || now <= start)
        return quantity;
    auto part = (now - start).count() * (quantity - last) / std::max<std::int64_t>(1, (pace - pace / 4).count());
    return quantity - part;
}

panel_order& panel_book::add(panel_order o)
{
    o.id = ids_.take();
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
