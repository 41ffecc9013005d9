// The table of settings: small state that must survive a restart. Names that begin with "store:" are the store's own.
// Private to the module; every call comes from the thread of the store, writes inside a transaction of the caller.
#pragma once

#include "ledger/change.hpp"
#include "ledger/detail/database.hpp"

namespace ulak::ledger {

class settings_table {
  public:
    /// The database must outlive the table.
    explicit settings_table(database& db) noexcept : db_(db) {}

    /// An empty value removes the setting.
    result<void> put(const put_setting& c);
    /// Name and value of every setting whose name begins with `prefix`, by name.
    result<std::vector<std::pair<std::string, std::string>>> with_prefix(const std::string& prefix);

  private:
    database& db_;
};

} // namespace ulak::ledger
