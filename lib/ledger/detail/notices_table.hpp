// The table of notices: the outbox to the notification channels.
// Private to the module; every call comes from the thread of the store, writes inside a transaction of the caller.
#pragma once

#include "ledger/change.hpp"
#include "ledger/detail/database.hpp"

namespace ulak::ledger {

class notices_table {
  public:
    /// The database must outlive the table.
    explicit notices_table(database& db) noexcept : db_(db) {}

    /// errc::conflict for an id that exists.
    result<void> put(const put_notice& c);
    /// Writes the outcome of an attempt. errc::not_found for an unknown notice.
    result<void> update(const update_notice& c);

    /// At most `limit` notices that are neither sent nor given up and whose time has come, the earliest first.
    result<std::vector<notice_record>> due(wall_point now, std::size_t limit);

  private:
    database& db_;
};

} // namespace ulak::ledger
