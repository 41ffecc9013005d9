// The table of events, in the order in which they were committed.
// Private to the module; every call comes from the thread of the store, writes inside a transaction of the caller.
#pragma once

#include "ledger/change.hpp"
#include "ledger/detail/database.hpp"

namespace ulak::ledger {

class events_table {
  public:
    /// The database must outlive the table.
    explicit events_table(database& db) noexcept : db_(db) {}

    /// Returns the event's number, which is higher than that of every event before.
    result<std::int64_t> append(const events::event& e);

    /// At most `limit` events with a number above `seq`, oldest first.
    result<std::vector<events::event>> after(std::int64_t seq, std::size_t limit);
    /// At most `limit` events of one name, newest first, among the newest 50,000 of all names.
    result<std::vector<events::event>> recent(const std::string& name, std::size_t limit);

  private:
    database& db_;
};

} // namespace ulak::ledger
