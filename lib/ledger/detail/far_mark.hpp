// A mark of a store outside its folder, by the path of that folder. Private to the module.
#pragma once

#include "ledger/detail/folder_mark.hpp"
#include "ledger/store_opening.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ulak::ledger {

/// `store-HASH.mark` in one of the folders of `store_opening`. It tells what a state folder cannot tell of itself: that
/// it was emptied, taken away or replaced by another one.
class far_mark {
  public:
    far_mark(const mark_place& where, const std::string& state_folder);

    const std::string& path() const noexcept { return mark_.path(); }
    /// What is known of the state folder's path; nullopt for nothing.
    std::optional<folder_mark::content> read() const;
    /// Errors are ignored, as by `update`: the store's own mark rules, this one watches over it.
    void write(const std::string& id, std::int64_t commits);
    void update(std::int64_t commits) noexcept { mark_.update(commits); }
    void remove();

  private:
    folder_mark mark_;
    std::string surroundings_; ///< hash of the folder around the state folder
    bool lasting_;
};

std::vector<far_mark> far_marks(const std::vector<mark_place>& places, const std::string& state_folder);

} // namespace ulak::ledger
