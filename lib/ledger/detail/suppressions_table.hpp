// The table of suppressed numbers, to which nothing is sent.
// Private to the module; every call comes from the thread of the store, writes inside a transaction of the caller.
#pragma once

#include "ledger/change.hpp"
#include "ledger/detail/database.hpp"

namespace ulak::ledger {

class suppressions_table {
  public:
    /// The database must outlive the table.
    explicit suppressions_table(database& db) noexcept : db_(db) {}

    /// A number that is there gets the new reason and time.
    result<void> put(const suppression_record& s);
    /// A number that is not there is no error.
    result<void> remove(const std::string& phone);
    /// In the order of the numbers, those behind `after`.
    result<std::vector<suppression_record>> page(const std::string& after, std::size_t limit);
    /// How many of these numbers are there.
    result<std::int64_t> count_among(const std::vector<std::string>& phones);

  private:
    database& db_;
};

} // namespace ulak::ledger
