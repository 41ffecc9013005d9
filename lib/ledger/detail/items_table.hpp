// The table of items: the recipients of bulk sends.
// Private to the module; every call comes from the thread of the store, writes inside a transaction of the caller.
#pragma once

#include "ledger/detail/database.hpp"
#include "ledger/ledger.hpp"

namespace ulak::ledger {

class items_table {
  public:
    /// The database must outlive the table.
    explicit items_table(database& db) noexcept : db_(db) {}

    /// Inserts items; a position that exists is left as it is. errc::not_found for an unknown run or effect.
    result<void> add(const add_items& c);
    /// Moves items by position or by effect. errc::not_found for an unknown run, position or effect, errc::conflict
    /// for a transition that does not exist.
    result<void> move(const move_items& c);

    /// In the order of their positions.
    result<std::vector<item_record>> list(const item_query& q);

  private:
    struct stored_item; ///< what a move has to know of an item

    result<std::vector<stored_item>> items_at(std::int64_t run, const move_items& c);
    result<std::vector<stored_item>> items_of(std::int64_t run, const move_items& c);
    result<void> move_stored(std::int64_t run, const std::vector<stored_item>& items, const move_items& c);

    database& db_;
};

} // namespace ulak::ledger
