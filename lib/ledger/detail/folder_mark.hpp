// Detects that the state folder was copied, moved or restored. Private to the module.
#pragma once

#include "core/error.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ulak::ledger {

/// `ulak.mark` beside the store: the id of the store that the folder belongs to, and how many commits it has seen. It
/// is updated after each commit without a sync, so it may lag behind the store. It is ahead of it only if the store was
/// replaced by an older one.
class folder_mark {
  public:
    struct content {
        std::string id{};
        std::int64_t commits = 0;
        std::string place = "-"; ///< one word of its writer's, kept by updates
    };

    explicit folder_mark(const std::string& folder, const std::string& file = "ulak.mark")
        : folder_(folder), path_(folder + "/" + file)
    {}
    folder_mark(folder_mark&& other) noexcept;
    folder_mark& operator=(folder_mark&& other) noexcept;
    ~folder_mark();

    const std::string& path() const noexcept { return path_; }
    /// nullopt without a mark, or for one that cannot be read.
    std::optional<content> read() const;
    /// Replaces the mark, synced. errc::unavailable when it cannot be written.
    result<void> write(const content& c);
    /// Overwrites the number of commits. Errors are ignored: an old number only makes the mark less sharp.
    void update(std::int64_t commits) noexcept;

  private:
    std::string folder_, path_;
    content last_{};
    int fd_ = -1;
};

/// What stays the same as long as a file stays in its place, also over a restart of the machine: its inode, its birth
/// time and the machine (hashed). Empty for a file that does not exist.
std::string file_identity(const std::string& file);

} // namespace ulak::ledger
