#include "ledger/detail/row_changes.hpp"

namespace ulak::ledger {
result<void> require_change(result<std::int64_t> changed, const std::string& missing)
{
    if (!changed)
        return changed.error();
    if (*changed == 0)
        return error(errc::not_found, missing);
    return {};
}

result<void> ignore_count(result<std::int64_t> changed)
{
    if (!changed)
        return changed.error();
    return {};
}

} // namespace ulak::ledger
