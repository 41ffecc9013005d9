// Whether a state folder is the one that its store was written in, or a copy, a moved or a restored one. Private to the
// module; one thread at a time.
#pragma once

#include "ledger/detail/far_mark.hpp"
#include "ledger/detail/folder_mark.hpp"
#include "ledger/detail/store_connection.hpp"

#include <string>
#include <utility>
#include <vector>

namespace ulak::ledger {

/// Compares what the store knows (its id, its place, its commits) with the folder's mark, and with the marks elsewhere
/// that name this path.
class folder_ownership {
  public:
    /// The connection must outlive the object.
    folder_ownership(store_connection& connection, const std::string& folder, std::vector<far_mark> marks = {})
        : connection_(connection), mark_(folder), far_marks_(std::move(marks))
    {}

    /// A sentence for a person why this may not be the store's own folder; empty if it is. A store without an id is
    /// new, or from before there were marks, and takes the folder. Only while connected.
    result<std::string> find_doubt();

    /// Makes the folder the store's own, under a new id. Only while connected.
    result<void> claim();

    /// Writes the number of commits into the marks, after each of them.
    void follow() noexcept;

  private:
    std::string doubt_of(const std::optional<folder_mark::content>& mark, const std::string& id) const;

    store_connection& connection_;
    folder_mark mark_;
    std::vector<far_mark> far_marks_;
};

} // namespace ulak::ledger
