// The table of watermarks: up to which moment the firings of a schedule were decided.
// Private to the module; every call comes from the thread of the store, writes inside a transaction of the caller.
#pragma once

#include "ledger/change.hpp"
#include "ledger/detail/database.hpp"

namespace ulak::ledger {

class watermarks_table {
  public:
    /// The database must outlive the table.
    explicit watermarks_table(database& db) noexcept : db_(db) {}

    result<void> set(const set_watermark& c);
    /// None for a schedule that never fired.
    result<std::optional<wall_point>> find(const std::string& job, const std::string& schedule);

  private:
    database& db_;
};

} // namespace ulak::ledger
