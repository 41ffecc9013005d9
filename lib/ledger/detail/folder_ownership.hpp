// Whether a state folder is the one that its store was written in, or a copy, a moved or a restored one. Private to the
// module; one thread at a time.
#pragma once

#include "ledger/detail/folder_mark.hpp"
#include "ledger/detail/store_connection.hpp"

#include <string>

namespace ulak::ledger {

/// Compares three things: the id and the place that the store knows, the folder's mark, and the commits that both have
/// counted.
class folder_ownership {
  public:
    /// The connection must outlive the object.
    folder_ownership(store_connection& connection, const std::string& folder) : connection_(connection), mark_(folder)
    {}

    /// A sentence for a person why this may not be the store's own folder; empty if it is. A store without an id is
    /// new, or from before there were marks, and takes the folder. Only while connected.
    result<std::string> find_doubt();

    /// Makes the folder the store's own, under a new id. Only while connected.
    result<void> claim();

    /// Writes the number of commits into the mark, after each of them.
    void follow() noexcept { mark_.update(connection_.commits()); }

  private:
    store_connection& connection_;
    folder_mark mark_;
};

} // namespace ulak::ledger
