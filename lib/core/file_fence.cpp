#include "core/file_fence.hpp"

#include "core/detail/fenced_walk.hpp"

#include <cerrno>
#include <cstdlib>
#include <string_view>

namespace ulak {

std::vector<std::string> secret_folders(const std::string& config_dir)
{
    std::vector<std::string> folders{config_dir + "/secrets"};
    if (const char* credentials = std::getenv("CREDENTIALS_DIRECTORY"); credentials && *credentials)
        folders.emplace_back(credentials);
    return folders;
}

file_descriptor open_fenced(const std::string& path, const file_fence& fence)
{
    const std::string root = fence.below.empty() ? "/" : fence.below;
    const std::string start = root.ends_with('/') ? root : root + "/";
    if (!path.starts_with(start)) {
        errno = EXDEV;
        return file_descriptor(-1);
    }
    fenced_walk walk(root, guarded_places(fence.never_in));
    return walk.open(std::string_view(path).substr(start.size()));
}

} // namespace ulak
