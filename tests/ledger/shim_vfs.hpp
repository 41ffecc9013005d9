// A disk between SQLite and the real one: it can refuse, and it remembers what was written and synced.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace ulak::tests {

enum class disk_op { open, write, sync, truncate, remove };

/// One thing that SQLite asked of the disk, as it was carried out.
struct disk_entry {
    disk_op what = disk_op::open;
    std::string file{}; ///< without its folder
    std::int64_t at = 0;
    std::string bytes{}; ///< of a write
};

/// While one lives, every connection that is opened goes through it. One at a time.
class shim_vfs {
  public:
    shim_vfs();
    ~shim_vfs();
    shim_vfs(const shim_vfs&) = delete;
    shim_vfs& operator=(const shim_vfs&) = delete;

    /// What to answer instead of doing it, SQLITE_OK to do it. Called on the thread of the store.
    std::function<int(disk_op, const std::string& file)> refuse{};
    std::vector<disk_entry> written{};
    bool keeps_record = false;

    /// For the C functions behind it.
    int pass(disk_op what, const std::string& file, std::int64_t at, std::string bytes,
             const std::function<int()>& carry_out);
    sqlite3_vfs* below() const noexcept { return below_; }

  private:
    sqlite3_vfs* below_;
    sqlite3_vfs self_;
};

} // namespace ulak::tests
