#include "sim/detail/number_book.hpp"

#include <utility>

namespace ulak::sim {

std::string_view name(number_state s) noexcept
{
    switch (s) {
    case number_state::waiting: return "waiting";
    case number_state::received: return "received";
    case number_state::cancelled: return "cancelled";
    case number_state::expired: return "expired";
    }
    return "unknown";
}

rented_number& number_book::add(rented_number n)
{
    n.id = ids_.next();
    order_.push_back(n.id);
    return numbers_.emplace(n.id, std::move(n)).first->second;
}

rented_number* number_book::find(std::uint64_t id)
{
    auto at = numbers_.find(id);
    return at == numbers_.end() ? nullptr : &at->second;
}

} // namespace ulak::sim
