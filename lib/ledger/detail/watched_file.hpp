// Sees whether an open file is still the one at its path, and as long as it was. Private to the module.
#pragma once

#include "core/file_descriptor.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ulak::ledger {

/// Keeps the inode of a file, so that no other file can get its number, without opening the file: closing it again
/// would drop SQLite's locks.
class watched_file {
  public:
    enum class finding { none, missing, replaced, shorter };

    explicit watched_file(std::string path) : path_(std::move(path)) {}

    /// From now on the file that lies at the path is the right one. None there: nothing is watched.
    void follow();
    void unfollow() noexcept { inode_.reset(); }
    bool followed() const noexcept { return inode_.has_value(); }

    /// Two calls of the kernel. A file that grew is watched at its new size.
    finding look();
    /// What `look` found, as "PATH was deleted", with where the file is now if it still has a name.
    std::string describe(finding what) const;
    /// How a file that is missing or replaced is saved, to follow what `describe` says.
    std::string remedy() const;
    /// Its owner has cut it.
    void accept_size() noexcept { size_ = 0; }

  private:
    std::string current_place() const;

    std::string path_;
    std::optional<file_descriptor> inode_{};
    std::int64_t size_ = 0, found_size_ = 0;
};

} // namespace ulak::ledger
