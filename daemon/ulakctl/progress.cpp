#include "ulakctl/progress.hpp"

#include <algorithm>
#include <string_view>

namespace ulak::ctl {

namespace {

std::size_t count_of(const boost::json::object& counts, std::string_view key)
{
    const auto* n = counts.if_contains(key);
    return n && n->is_int64() && n->get_int64() > 0 ? static_cast<std::size_t>(n->get_int64()) : 0;
}

} // namespace

std::string progress_bar(std::size_t done, std::size_t all, std::size_t width)
{
    const std::string numbers = std::to_string(done) + "/" + std::to_string(all);
    if (width == 0)
        return numbers;
    const std::size_t full = all == 0 ? 0 : std::min(width, done * width / all);
    return "[" + std::string(full, '#') + std::string(width - full, ' ') + "] " + numbers;
}

std::string progress_of(const boost::json::object& run, std::size_t width)
{
    const auto* v = run.if_contains("counts");
    const auto* counts = v ? v->if_object() : nullptr;
    if (!counts || !counts->contains("total"))
        return {};
    const std::size_t all =
        count_of(*counts, "total") - std::min(count_of(*counts, "total"), count_of(*counts, "skipped"));
    const std::size_t waiting = count_of(*counts, "pending") + count_of(*counts, "submitting");
    return progress_bar(all - std::min(all, waiting), all, width) + " sent, " +
           std::to_string(count_of(*counts, "delivered")) + " delivered";
}

} // namespace ulak::ctl
