// By what a store sees that its folder was copied, moved to another machine, or put back from a backup. Private to the
// room.
#pragma once

#include "core/error.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ulak::ledger {

/// `ulak.mark` beside the store: whose folder this is, and how many commits it has seen. It follows each commit without
/// a sync, so it may lag behind the store but is never ahead of it, unless the store went back in time.
class folder_mark {
  public:
    struct content {
        std::string id{};
        std::int64_t commits = 0;
    };

    explicit folder_mark(const std::string& folder) : folder_(folder), path_(folder + "/ulak.mark") {}
    folder_mark(folder_mark&& other) noexcept;
    folder_mark& operator=(folder_mark&& other) noexcept;
    ~folder_mark();

    /// Nothing where there is no mark or none that can be read.
    std::optional<content> read() const;
    /// A new mark in place of any other, synced.
    result<void> write(const content& c);
    /// The number of commits that are on disk by now.
    void update(std::int64_t commits) noexcept;

  private:
    std::string folder_, path_;
    std::string id_{};
    int fd_ = -1;
};

/// What stays as long as a file lies where it lies, also over a restart of the machine: its inode, its birth, and the
/// machine (hashed).
std::string file_identity(const std::string& file);

} // namespace ulak::ledger
