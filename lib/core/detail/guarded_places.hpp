// Folders in which no file may be opened, known by what they are and not by their names.
#pragma once

#include <sys/types.h>

#include <string>
#include <utility>
#include <vector>

namespace ulak {

class guarded_places {
  public:
    /// A folder that is not there guards nothing.
    explicit guarded_places(std::vector<std::string> folders);

    bool is_guarded_folder(int fd) const;
    /// Whether a file with several names (hard links) has one of them in a guarded folder.
    bool is_guarded_file(int fd) const;

  private:
    using identity = std::pair<dev_t, ino_t>;

    std::vector<std::string> paths_;
    std::vector<identity> folders_{};
};

} // namespace ulak
