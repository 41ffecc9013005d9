#include "ulakd/secrets.hpp"

#include "core/file_descriptor.hpp"
#include "core/text.hpp"

#include <fcntl.h>
#include <string.h> // explicit_bzero is not in <cstring>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>
#include <utility>

namespace ulak::daemon {

namespace fs = std::filesystem;

namespace {

error refused(errc code, const std::string& path, const std::string& why)
{
    return error(code, path + ": " + why);
}

result<void> check_owner(const std::string& path, const struct stat& about)
{
    if ((about.st_mode & 077) != 0)
        return refused(errc::forbidden, path, "others can read this secret; run: chmod 600 " + path);
    if (about.st_uid != 0 && about.st_uid != ::geteuid())
        return refused(errc::forbidden, path, "it belongs to another user; run: chown root " + path);
    return {};
}

/// Editors and `echo` end a line.
std::string_view without_line_end(std::string_view text)
{
    if (text.ends_with('\n'))
        text.remove_suffix(1);
    if (text.ends_with('\r'))
        text.remove_suffix(1);
    return text;
}

result<secret> read_whole(int fd, const std::string& path, std::size_t size)
{
    std::string text(size, '\0');
    std::size_t have = 0;
    while (have < size) {
        const ssize_t got = ::read(fd, text.data() + have, size - have);
        if (got <= 0)
            return refused(errc::not_found, path,
                           got < 0 ? std::strerror(errno) : "it became shorter while it was read");
        have += static_cast<std::size_t>(got);
    }
    const std::size_t kept = without_line_end(text).size();
    text.resize(kept);
    if (text.empty())
        return refused(errc::validation, path, "the secret is empty");
    return secret(std::move(text));
}

file_descriptor open_secret(const std::string& path)
{
    return file_descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
}

/// Of an open that failed with `reason`. That it may not be read is another message than that it is not there.
error not_opened(const std::string& path, int reason)
{
    if (reason == EACCES || reason == EPERM)
        return refused(errc::forbidden, path,
                       std::string(std::strerror(reason)) +
                           "; this user may not read it, so its value was not checked");
    return refused(errc::not_found, path, std::strerror(reason));
}

/// `in` is what open_secret gave; errno is still its own.
result<secret> read_opened_secret(const file_descriptor& in, const std::string& path, bool guarded)
{
    if (!in)
        return not_opened(path, errno);
    struct stat about = {};
    if (::fstat(in.get(), &about) != 0 || !S_ISREG(about.st_mode))
        return refused(errc::not_found, path, "it is not a file");
    if (!guarded)
        if (auto owner = check_owner(path, about); !owner)
            return owner.error();
    if (about.st_size > static_cast<off_t>(max_secret_bytes))
        return refused(errc::validation, path, "it is larger than 64 KiB, no secret is");
    return read_whole(in.get(), path, static_cast<std::size_t>(about.st_size));
}

result<secret> read_secret_file(const std::string& path, bool guarded)
{
    const file_descriptor in = open_secret(path);
    return read_opened_secret(in, path, guarded);
}

/// nullopt: there is no such file.
std::optional<result<secret>> read_if_there(const std::string& path, bool guarded)
{
    const file_descriptor in = open_secret(path);
    if (!in && (errno == ENOENT || errno == ENOTDIR))
        return std::nullopt;
    return read_opened_secret(in, path, guarded);
}

result<secret> find_named(const std::string& name, const std::string& config_dir)
{
    if (name.empty() || name.front() == '.' || name.find('/') != std::string::npos || name.size() > NAME_MAX)
        return error(errc::validation, "a secret's name is a plain file name, this is " + printable(name, 80));
    std::string tried;
    if (const char* credentials = std::getenv("CREDENTIALS_DIRECTORY"); credentials && *credentials) {
        for (const std::string& file : {name, "ulak_" + name})
            if (auto found = read_if_there(std::string(credentials) + "/" + file, true))
                return std::move(*found);
        tried = std::string(credentials) + "/" + name + " nor in ";
    }
    const std::string path = config_dir + "/secrets/" + name;
    if (auto found = read_if_there(path, false))
        return std::move(*found);
    return error(errc::not_found, "secret " + name + " is not in " + tried + path);
}

/// Taken out of the environment, where /proc and every child would show it, and kept for the next reload. Overwritten
/// first: /proc/PID/environ shows the memory that the kernel filled.
result<secret> from_environment(const std::string& name)
{
    static std::map<std::string, secret> taken;
    if (char* value = std::getenv(name.c_str()); value && *value) {
        taken.insert_or_assign(name, secret::copy_of(without_line_end(value)));
        explicit_bzero(value, std::strlen(value));
        ::unsetenv(name.c_str());
    }
    const auto known = taken.find(name);
    if (known == taken.end())
        return error(errc::not_found, "the environment variable " + printable(name) + " is not set");
    return known->second.duplicate();
}

result<secret> find_secret(const yaml::secret_reference& reference, const std::string& config_dir, bool allow_literal)
{
    using source = yaml::secret_reference::source;
    switch (reference.from) {
    case source::named: return find_named(reference.value, config_dir);
    case source::file: return read_secret_file((fs::path(config_dir) / reference.value).string(), false);
    case source::environment: return from_environment(reference.value);
    case source::literal:
        if (!allow_literal)
            return error(errc::forbidden, "a secret is written into the file");
        return secret::copy_of(reference.value);
    case source::none: break;
    }
    return error(errc::not_found, "no secret is given");
}

/// In a header or a form such bytes would end the field, and what follows would count as another.
const char* forbidden_byte(std::string_view text)
{
    if (text.find('\0') != std::string_view::npos)
        return "a NUL byte";
    return text.find_first_of("\r\n") != std::string_view::npos ? "a line break" : nullptr;
}

std::string name_of_source(const yaml::secret_reference& reference)
{
    using source = yaml::secret_reference::source;
    switch (reference.from) {
    case source::named: return "secret " + reference.value;
    case source::file: return reference.value;
    case source::environment: return "the environment variable " + printable(reference.value);
    case source::literal:
    case source::none: break;
    }
    return "the secret";
}

} // namespace

result<secret> resolve_secret(const yaml::secret_reference& reference, const std::string& config_dir,
                              bool allow_literal)
{
    auto found = find_secret(reference, config_dir, allow_literal);
    if (!found)
        return found;
    if (const char* byte = forbidden_byte(found->reveal()))
        return error(errc::malformed, name_of_source(reference) + " holds " + byte +
                                          "; a secret is one line, and only a line end at its end is dropped");
    return found;
}

} // namespace ulak::daemon
