// The table of identities: what the accounts are, and were, whatever their names. Private to the module; every call
// comes from the thread of the store, writes inside a transaction of the caller.
#pragma once

#include "ledger/change.hpp"
#include "ledger/detail/database.hpp"

#include <vector>

namespace ulak::ledger {

class identities_table {
  public:
    /// The database must outlive the table.
    explicit identities_table(database& db) noexcept : db_(db) {}

    /// One that is known already stays as it is.
    result<void> note(const note_identity& c);
    /// errc::conflict when both own the same provider's id.
    result<void> adopt(const adopt_identity& c);
    result<std::vector<identity_record>> list();

  private:
    result<void> check_refs(const adopt_identity& c);

    database& db_;
};

} // namespace ulak::ledger
