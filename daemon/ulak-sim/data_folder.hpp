// Where the simulator keeps its certificate authority, and how it says that it is ready.
#pragma once

#include "core/error.hpp"
#include "http/certificate.hpp"

#include <filesystem>
#include <string>

namespace ulak::simulator_program {

/// The folder of the CA: the given one, or a temporary one that is removed with this object.
class data_folder {
  public:
    static result<data_folder> open(const std::string& directory);
    data_folder(data_folder&& other) noexcept;
    data_folder& operator=(data_folder&&) = delete;
    ~data_folder();

    std::filesystem::path ca_file() const { return path_ / "ca.pem"; }

    /// The authority that is there already, or a new one, so that clients go on trusting after a restart.
    result<http::identity> load_or_make_authority() const;

  private:
    data_folder(std::filesystem::path path, bool temporary) : path_(std::move(path)), temporary_(temporary) {}
    std::filesystem::path path_;
    bool temporary_;
};

/// Writes beside the file and renames, so that a reader sees all or nothing. `mode` is the file's permission.
result<void> write_file_atomically(const std::filesystem::path& file, const std::string& text, unsigned mode = 0644);

} // namespace ulak::simulator_program
