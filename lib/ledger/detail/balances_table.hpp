// The table of balances that the providers told.
// Private to the module; every call comes from the thread of the store, writes inside a transaction of the caller.
#pragma once

#include "ledger/change.hpp"
#include "ledger/detail/database.hpp"

namespace ulak::ledger {

class balances_table {
  public:
    /// The database must outlive the table.
    explicit balances_table(database& db) noexcept : db_(db) {}

    result<void> add(const balance_record& b);
    /// At most `limit` of one account, newest first.
    result<std::vector<balance_record>> newest(const std::string& account, std::size_t limit);

  private:
    database& db_;
};

} // namespace ulak::ledger
