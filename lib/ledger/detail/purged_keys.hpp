// The idempotency keys of runs that are purged: what was bought with a key is never bought with it again, however long
// ago the run was deleted. Private to the module.
#pragma once

#include "ledger/detail/database.hpp"

#include <string>

namespace ulak::ledger {

/// Keeps a digest of each key, for a key may name people. Keys of schedules are left out: their watermark says which
/// moments are behind them.
class purged_keys {
  public:
    explicit purged_keys(database& db) noexcept : db_(db) {}

    /// The keys of at most `most` runs that `retention` deletes next.
    result<void> keep_before_purge(wall_point before, std::int64_t most);
    /// errc::gone: the key belongs to a run that was purged; the message names it.
    result<void> require_unused(const std::string& unique_key);

  private:
    database& db_;
};

} // namespace ulak::ledger
