#include "yaml/load.hpp"

#include "core/file_modes.hpp"
#include "yaml/codes.hpp"
#include "yaml/parse.hpp"
#include "yaml/source_text.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ulak::yaml {
namespace {

constexpr std::size_t usual_file_bytes = 4096;

void report(problems& found, const std::string& path, std::string_view code, std::string text, std::string hint)
{
    add_problem(found, {{path, 0, 0}, severity::error, std::string(code), std::move(text), std::move(hint), {}});
}

bool is_link(const std::string& path)
{
    struct stat link{};
    return ::lstat(path.c_str(), &link) == 0 && S_ISLNK(link.st_mode);
}

void report_open_failure(problems& found, const std::string& path, int reason)
{
    if (reason == ENOENT && is_link(path))
        report(found, path, codes::dangling_link, "a link to a file that does not exist", "mend or delete the link");
    else if (reason == ENOENT)
        report(found, path, codes::file_missing, "there is no such file", "check the path");
    else if (reason == ENXIO || reason == ENODEV)
        report(found, path, codes::not_a_file, "not a regular file", "replace it by a file");
    else if (reason == EXDEV)
        report(found, path, codes::leads_out, "leads out of its folder",
               "put the file itself into the folder; links in it have to stay inside");
    else if (reason == EPERM)
        report(found, path, codes::leads_out, "lies among the secrets, which are never read as anything else",
               "put a file of its own there");
    else
        report(found, path, codes::unreadable, std::string("cannot be read: ") + std::strerror(reason),
               "check the permissions of the file and its folders");
}

bool is_regular(const file_descriptor& file, const std::string& path, problems& found)
{
    struct stat info{};
    if (::fstat(file.get(), &info) != 0)
        report_open_failure(found, path, errno);
    else if (S_ISDIR(info.st_mode))
        report(found, path, codes::is_folder, "a folder, not a file", "move it away");
    else if (!S_ISREG(info.st_mode))
        report(found, path, codes::not_a_file, "not a regular file (a FIFO, socket or device)", "replace it by a file");
    else
        return true;
    return false;
}

void report_writers(const file_descriptor& file, const std::string& path, severity level, problems& found)
{
    struct stat info{};
    if (::fstat(file.get(), &info) == 0 && others_can_write(info))
        add_problem(found, {{path, 0, 0},
                            level,
                            std::string(codes::open_to_others),
                            "others can write to this file, and so decide what is sent and bought",
                            "run: chmod go-w " + path,
                            {}});
}

/// Reads one byte more than is allowed, so that a file that grows meanwhile is noticed too.
std::optional<std::string> read_all(const file_descriptor& file, const std::string& path, problems& found)
{
    std::string text;
    std::size_t filled = 0;
    while (filled <= max_file_bytes) {
        if (filled == text.size())
            text.resize(std::min(filled + usual_file_bytes, max_file_bytes + 1));
        auto got = ::read(file.get(), text.data() + filled, text.size() - filled);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            report_open_failure(found, path, errno);
            return std::nullopt;
        }
        if (got == 0)
            break;
        filled += static_cast<std::size_t>(got);
    }
    text.resize(filled);
    return text;
}

/// `file` is the open that was tried; errno is still its own.
std::optional<std::string> read_opened(const file_descriptor& file, const std::string& path, problems& found,
                                       severity open_to_others)
{
    if (!file) {
        report_open_failure(found, path, errno);
        return std::nullopt;
    }
    if (!is_regular(file, path, found))
        return std::nullopt;
    report_writers(file, path, open_to_others, found);
    return read_all(file, path, found);
}

} // namespace

std::optional<std::string> read_file(const std::string& path, problems& found, severity open_to_others)
{
    // Without O_NONBLOCK a FIFO would block the whole daemon until a process writes to it.
    const file_descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    return read_opened(file, path, found, open_to_others);
}

std::optional<std::string> read_file(const std::string& path, const file_fence& fence, problems& found,
                                     severity open_to_others)
{
    const auto file = open_fenced(path, fence);
    return read_opened(file, path, found, open_to_others);
}

std::optional<document> load(const std::string& path, problems& found)
{
    auto text = read_file(path, found);
    if (!text)
        return std::nullopt;
    return parse(std::move(*text), path, found);
}

} // namespace ulak::yaml
