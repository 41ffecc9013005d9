// The job files of a folder, by name.
#pragma once

#include "engine/catalog.hpp"

#include <map>
#include <string>
#include <vector>

namespace ulak::engine {

struct folder_listing {
    std::map<std::string, std::string> jobs{}; ///< name → path
    std::vector<file_change> rejected{}; ///< names that cannot be a job's; one without a name is the folder itself
};

/// Dot-files and files without ".yaml" are passed over. A folder that cannot be read is a rejected entry, and says
/// nothing about its files.
folder_listing list_folder(const std::string& dir);

/// A problem of the file as a whole.
yaml::problem file_problem(const std::string& path, yaml::severity level, std::string_view code, std::string text,
                           std::string hint);

} // namespace ulak::engine
