// Clears what people and providers wrote from the rows that stay: who was written to is forgotten with the recipients,
// what was paid is kept. Private to the module.
#pragma once

#include "ledger/detail/batch_applier.hpp"

namespace ulak::ledger {

/// One slice: at most `limit` rows of each table.
///
/// | table     | cleared                                                    | when                                    |
/// | runs      | the job's text, parameters, progress, numbers, the error's | the run ended, with nothing left open   |
/// |           | message                                                    |                                         |
/// | effects   | evidence                                                   | settled, its run ended or gone          |
/// | attention | evidence                                                   | resolved                                |
/// | notices   | body, last error                                           | sent or given up                        |
/// | events    | message, texts of the data                                 | their time                              |
class text_purge {
  public:
    /// Both references must outlive the object. Whether a later slice has more to do is noted in `made`.
    text_purge(database& db, batch_result& made) noexcept : db_(db), result_(made) {}

    result<void> clear(const ulak::ledger::purge& c, wall_point before);

  private:
    result<void> clear_runs(const ulak::ledger::purge& c, wall_point before);
    result<void> clear_run(const ulak::ledger::purge& c, std::int64_t run, const std::string& kind);
    result<void> clear_slice(std::string_view sql, wall_point before, std::int64_t most);
    result<void> clear_events(wall_point before, std::int64_t most);

    database& db_;
    batch_result& result_;
};

} // namespace ulak::ledger
