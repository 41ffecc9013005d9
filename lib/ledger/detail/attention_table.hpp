// The table of attention entries: what only a person can settle.
// Private to the module; every call comes from the thread of the store, writes inside a transaction of the caller.
#pragma once

#include "ledger/detail/database.hpp"
#include "ledger/ledger.hpp"

namespace ulak::ledger {

class attention_table {
  public:
    /// The database must outlive the table.
    explicit attention_table(database& db) noexcept : db_(db) {}

    /// Opens an entry, or updates one that is open. errc::conflict for an entry that was settled as the same kind.
    result<void> raise(const raise_attention& c);
    /// Settles an entry. errc::not_found for an unknown one, errc::conflict for one that is settled,
    /// errc::invalid_argument for an outcome that does not exist.
    result<void> resolve(const resolve_attention& c);

    /// How many entries of a run are open.
    result<std::int64_t> count_open(const std::string& run);
    /// How many are open at all.
    result<std::int64_t> count_all_open();
    /// Oldest first.
    result<std::vector<attention_record>> list(bool open_only);
    result<std::vector<attention_record>> page(const attention_query& q);

  private:
    result<void> reopen(const attention_record& a);

    database& db_;
};

} // namespace ulak::ledger
