// The jobs: every file of the jobs folder, the good version of each, and what is wrong with the others.
#pragma once

#include "core/file_fence.hpp"
#include "kinds/kind.hpp"
#include "kinds/registry.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace ulak::engine {

/// A version of a job that can run. Immutable, shared by its runs.
struct loaded_job {
    job::document document{};
    std::shared_ptr<const kinds::prepared_job> prepared{};
    std::set<std::string> accounts{}; ///< that its file names
};

/// A file. `good` is the version in force: of this file, or the last good one if the file is broken now.
struct job_entry {
    std::string name{}, path{};
    std::shared_ptr<const loaded_job> good{};
    yaml::problems problems{}; ///< of the file as it is now; with errors in it, the entry is broken
    bool broken() const noexcept { return yaml::has_errors(problems); }
};

struct file_change {
    enum class change_status { loaded, unchanged, rejected, removed };
    std::string name{}, path{};
    change_status status = change_status::unchanged;
    yaml::problems problems{};
    bool added = false;                 ///< loaded for the first time
    std::vector<std::string> changed{}; ///< keys at the top of the file that differ from the version before
};

class catalog {
  public:
    /// `known`: the kinds that files may name; tests give their own.
    catalog(std::string jobs_dir, job::load_environment environment, kinds::load_context context,
            std::span<const kinds::kind> known = kinds::kinds());

    /// Reads the folder anew, in the order of names. A file whose text did not change is `unchanged`; a broken one is
    /// tried again, as what it names may be there now. Dot-files are passed over; a name that cannot be a job's is
    /// `rejected` with a warning. All-or-nothing per file. A missing folder is a problem of the folder, not an
    /// exception. With `dry_run` nothing is taken over.
    std::vector<file_change> refresh(bool dry_run = false);

    /// From now on jobs are checked against these; the next refresh prepares every file again, changed or not.
    void set_environment(job::load_environment environment, kinds::load_context context);

    const std::map<std::string, job_entry>& entries() const noexcept { return entries_; }
    const job_entry* find(std::string_view name) const noexcept;

    /// A job that no file holds; checked as a file is. nullptr with problems.
    std::shared_ptr<const loaded_job> from_text(const std::string& name, std::string text,
                                                yaml::problems& problems) const;

    /// The job of a run's stored definition, whatever became of its file. Cached by digest. nullptr with problems.
    std::shared_ptr<const loaded_job> from_definition(const std::string& name, const std::string& text,
                                                      yaml::problems& problems);

    /// The longest time for which a job, or a run of an older version, asks who was messaged. nullopt: not known, for a
    /// file that has no good version may ask for any.
    std::optional<std::chrono::milliseconds> longest_asked_back() const;

  private:
    using loaded_ptr = std::shared_ptr<const loaded_job>;

    loaded_ptr prepare(std::string text, const std::string& path, bool stored, yaml::problems& problems) const;
    file_fence fence() const;
    std::string path_of(const std::string& name) const;
    file_change load_file(const std::string& name, const std::string& path, bool dry_run);
    void keep_replaced(const loaded_ptr& job);

    std::string jobs_dir_;
    job::load_environment environment_;
    std::optional<kinds::load_context> load_context_; ///< always there; optional because it is replaced as a whole
    bool environment_changed_ = false;
    std::span<const kinds::kind> known_kinds_;
    std::vector<job::kind_definition> tables_;
    std::map<std::string, job_entry> entries_;
    std::map<std::string, std::weak_ptr<const loaded_job>> by_digest_;
    std::vector<std::weak_ptr<const loaded_job>> replaced_{}; ///< versions that runs may still hold
};

} // namespace ulak::engine
