#include "ulak-sim/data_folder.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <unistd.h>

namespace ulak::simulator_program {
namespace {

namespace fs = std::filesystem;

error errno_error(const fs::path& file)
{
    return error(errc::unavailable, file.string() + ": " + std::strerror(errno));
}

std::string read_file(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

bool write_all(int fd, const std::string& text)
{
    return ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

} // namespace

result<data_folder> data_folder::open(const std::string& directory)
{
    if (!directory.empty()) {
        std::error_code ec;
        fs::create_directories(directory, ec);
        if (ec)
            return error(errc::unavailable, directory + ": " + ec.message());
        return data_folder(fs::absolute(directory), false);
    }
    std::error_code none;
    auto base = fs::temp_directory_path(none);
    auto pattern = ((none ? fs::path("/tmp") : base) / "ulak-sim-XXXXXX").string();
    if (!::mkdtemp(pattern.data()))
        return errno_error(pattern);
    return data_folder(pattern, true);
}

data_folder::data_folder(data_folder&& other) noexcept
    : path_(std::move(other.path_)), temporary_(std::exchange(other.temporary_, false))
{}

data_folder::~data_folder()
{
    std::error_code ignored;
    if (temporary_)
        fs::remove_all(path_, ignored);
}

result<http::identity> data_folder::load_or_make_authority() const
{
    auto key_file = path_ / "ca.key";
    if (fs::exists(ca_file()) && fs::exists(key_file))
        return http::identity(read_file(ca_file()), read_file(key_file));
    auto made = http::make_authority("ulak-sim throw-away authority");
    if (!made)
        return made;
    if (auto written = write_file_atomically(key_file, made->key_pem, 0600); !written)
        return written.error();
    if (auto written = write_file_atomically(ca_file(), made->certificate_pem); !written)
        return written.error();
    return made;
}

result<void> write_file_atomically(const fs::path& file, const std::string& text, unsigned mode)
{
    auto beside = file.string() + ".new";
    int fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    if (fd < 0)
        return errno_error(beside);
    bool written = write_all(fd, text);
    written = ::close(fd) == 0 && written;
    if (!written || ::rename(beside.c_str(), file.c_str()) != 0)
        return errno_error(file);
    return {};
}

} // namespace ulak::simulator_program
