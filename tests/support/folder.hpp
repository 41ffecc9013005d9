// A folder that is gone after the test.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace ulak::tests {

class folder {
  public:
    folder()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "ulak-test-XXXXXX").string();
        if (!::mkdtemp(pattern.data()))
            throw std::runtime_error("no folder for the test");
        path_ = pattern;
    }
    ~folder() { std::filesystem::remove_all(path_); }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;

    std::string at(const std::string& name) const { return (path_ / name).string(); }
    std::string path() const { return path_.string(); }

    /// Writes a file with that permission, and the folders above it.
    std::string write(const std::string& name, const std::string& text, unsigned mode = 0600) const
    {
        const std::filesystem::path where = path_ / name;
        std::filesystem::create_directories(where.parent_path());
        std::ofstream(where) << text;
        std::filesystem::permissions(where, static_cast<std::filesystem::perms>(mode));
        return where.string();
    }

  private:
    std::filesystem::path path_;
};

} // namespace ulak::tests
