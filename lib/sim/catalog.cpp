#include "sim/catalog.hpp"

#include <algorithm>

namespace ulak::sim {

const category* number_catalog::find_category(std::int64_t id) const
{
    auto at = std::find_if(categories.begin(), categories.end(), [&](const category& c) { return c.id == id; });
    return at == categories.end() ? nullptr : &*at;
}

number_service* number_catalog::find(std::int64_t id)
{
    auto at = std::find_if(services.begin(), services.end(), [&](const number_service& s) { return s.id == id; });
    return at == services.end() ? nullptr : &*at;
}

} // namespace ulak::sim
