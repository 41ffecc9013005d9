// Deletes what is older than its retention period. What still waits for a person or for evidence is kept, however old.
// Private to the module.
#pragma once

#include "ledger/detail/batch_applier.hpp"

namespace ulak::ledger {

/// One slice of a purge: so many rows at most that no commit waits long behind it.
class retention {
  public:
    /// Both references must outlive the object. Whether a later slice has more to do is noted in `made`.
    retention(database& db, batch_result& made) noexcept : db_(db), result_(made) {}

    result<void> purge(const ulak::ledger::purge& c);

  private:
    result<void> delete_slice(std::string_view sql, wall_point before, std::int64_t most);
    result<void> purge_runs(wall_point before, std::int64_t most);
    result<void> purge_items(const ulak::ledger::purge& c, wall_point before);
    result<void> purge_recipients(wall_point before, std::int64_t most);
    result<std::int64_t> delete_recipients(std::int64_t run, std::int64_t most);
    result<void> wipe_secrets(const result_keys& secrets, wall_point before, std::int64_t most);
    result<void> wipe_progress(std::int64_t run, const std::string& key);

    database& db_;
    batch_result& result_;
    std::optional<wall_point> messaged_since_{}; ///< of the purge: recipients messaged since then are remembered
};

} // namespace ulak::ledger
