// The table of runs.
// Private to the module; every call comes from the thread of the store, writes inside a transaction of the caller.
#pragma once

#include "ledger/detail/database.hpp"
#include "ledger/ledger.hpp"

namespace ulak::ledger {

class runs_table {
  public:
    /// The database must outlive the table.
    explicit runs_table(database& db) noexcept : db_(db) {}

    /// errc::conflict when another run has the unique key or the id.
    result<void> create(const create_run& c);
    /// Sets what is given and keeps the rest. errc::not_found for an unknown run, errc::conflict for a state that may
    /// not follow the present one.
    result<void> update(const update_run& c);

    /// errc::not_found for an unknown run.
    result<void> require(const run_id& id);
    /// The key by which items refer to the run. errc::not_found for an unknown one.
    result<std::int64_t> key_of(const run_id& id);

    /// errc::not_found for an unknown run.
    result<run_record> find(const run_id& id);
    /// No run has the empty key.
    result<std::optional<run_record>> find_by_key(const std::string& unique_key);
    /// Newest first, unless the query says otherwise.
    result<std::vector<run_record>> list(const run_query& q);

  private:
    result<void> check_transition(const std::string& id, run_state to);

    database& db_;
};

} // namespace ulak::ledger
