// From a folder to a file, one name at a time.
#pragma once

#include "core/detail/guarded_places.hpp"
#include "core/file_descriptor.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ulak {

/// Holds every folder that it entered open and opens the next one from there, so what is renamed meanwhile cannot lead
/// it elsewhere. It reads links itself: the kernel follows none. This is what openat2(2) does with RESOLVE_BENEATH and
/// RESOLVE_NO_MAGICLINKS, and besides it takes absolute links that lead back inside, sees every folder on the way, and
/// needs nothing that a filter of system calls may refuse.
class fenced_walk {
  public:
    /// `root`: the folder where it begins and which it does not leave; "/" sets no limit.
    fenced_walk(std::string root, guarded_places guarded);

    /// Relative to the root. Errors: see open_fenced. Once.
    file_descriptor open(std::string_view path);

  private:
    int here() const { return entered_.back().get(); }
    bool add_ahead(std::string_view path);
    void add_names(std::string_view path);
    bool follow_link(const std::string& target);
    bool enter(const std::string& name);
    bool leave();
    file_descriptor open_last(const std::string& name);

    std::string root_;
    guarded_places guarded_;
    std::vector<file_descriptor> entered_{};
    std::vector<std::string> ahead_{}; ///< names that are still to be walked; the next one at the back
    int links_ = 0;
};

} // namespace ulak
