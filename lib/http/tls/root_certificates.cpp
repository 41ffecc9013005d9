#include "http/tls/root_certificates.hpp"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string_view>
#include <system_error>

namespace ulak::http {
namespace {

constexpr const char* system_ca_bundle = "/etc/ssl/certs/ca-certificates.crt";

// "9d66eef0.0": OpenSSL finds certificates in a folder only through links of such names.
bool is_hash_link(std::string_view name)
{
    auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return name.size() > 9 && name[8] == '.' && std::all_of(name.begin(), name.begin() + 8, is_hex);
}

bool has_hash_links(const char* folder)
{
    std::unique_ptr<DIR, int (*)(DIR*)> open(opendir(folder), closedir);
    if (!open)
        return false;
    while (const dirent* entry = readdir(open.get()))
        if (is_hash_link(entry->d_name))
            return true;
    return false;
}

bool is_directory(const std::string& path)
{
    struct stat seen{};
    return stat(path.c_str(), &seen) == 0 && S_ISDIR(seen.st_mode);
}

error unreadable(const std::string& path, const std::string& why)
{
    return error(errc::invalid_argument, "no certificates can be read from " + path + ": " + why);
}

} // namespace

result<void> load_root_certificates(SSL_CTX* context, const std::string& ca_file)
{
    std::string path = ca_file;
    if (path.empty())
        path = has_hash_links(system_ca_dir) ? system_ca_dir : system_ca_bundle;
    ERR_clear_error();
    if (is_directory(path)) {
        if (!has_hash_links(path.c_str()))
            return unreadable(path, "the folder has no hash links (run: openssl rehash " + path + ")");
        SSL_CTX_load_verify_dir(context, path.c_str());
        return {};
    }
    if (access(path.c_str(), R_OK) != 0)
        return unreadable(path, std::generic_category().message(errno));
    if (SSL_CTX_load_verify_file(context, path.c_str()) != 1)
        return unreadable(path, openssl_reason());
    return {};
}

} // namespace ulak::http
