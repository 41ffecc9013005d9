#include "http/tls_trust.hpp"

#include "http/tls_errors.hpp"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <map>
#include <mutex>
#include <new>
#include <system_error>
#include <tuple>

namespace ulak::http {
namespace {

constexpr const char* system_ca_dir = "/etc/ssl/certs";
constexpr const char* system_ca_bundle = "/etc/ssl/certs/ca-certificates.crt";
constexpr const char* allowed_ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20"; ///< of TLS 1.2; those of 1.3 are all sound
constexpr long max_chain_bytes = 64 * 1024;
constexpr int max_chain_depth = 5;
constexpr std::size_t max_sessions = 16;
constexpr unsigned char offered_alpn[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

int store_new_session(SSL* ssl, SSL_SESSION* session)
{
    auto* store = static_cast<session_cache*>(SSL_get_app_data(ssl));
    if (store == nullptr)
        return 0;
    store->put(openssl_ptr<SSL_SESSION>(session));
    return 1; // the reference is ours now
}

openssl_ptr<SSL_CTX> make_client_context()
{
    openssl_ptr<SSL_CTX> out(SSL_CTX_new(TLS_client_method()));
    if (!out)
        throw std::bad_alloc();
    SSL_CTX* c = out.get();
    SSL_CTX_set_min_proto_version(c, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(c, allowed_ciphers);
    SSL_CTX_set_security_level(c, 2);
    SSL_CTX_set_max_cert_list(c, max_chain_bytes);
    SSL_CTX_set_options(c, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    record_verify_errors(c);
    SSL_CTX_set_verify_depth(c, max_chain_depth);
    X509_VERIFY_PARAM_set_purpose(SSL_CTX_get0_param(c), X509_PURPOSE_SSL_SERVER);
    SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
    SSL_CTX_sess_set_new_cb(c, store_new_session);
    SSL_CTX_set_alpn_protos(c, offered_alpn, sizeof offered_alpn);
    return out;
}

// SNI. OpenSSL's own macro for it casts in a way that g++ warns of.
bool set_server_name(SSL* ssl, std::string host)
{
    return SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host.data()) == 1;
}

// "9d66eef0.0": without such links OpenSSL finds nothing in a folder.
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

error unusable(const std::string& path, const std::string& why)
{
    return error(errc::invalid_argument, "no certificates can be read from " + path + ": " + why);
}

result<void> load_roots(SSL_CTX* context, const std::string& ca_file)
{
    std::string path = ca_file;
    if (path.empty())
        path = has_hash_links(system_ca_dir) ? system_ca_dir : system_ca_bundle;
    ERR_clear_error();
    if (is_directory(path)) {
        if (!has_hash_links(path.c_str()))
            return unusable(path, "the folder has no hash links (run: openssl rehash " + path + ")");
        SSL_CTX_load_verify_dir(context, path.c_str());
        return {};
    }
    if (access(path.c_str(), R_OK) != 0)
        return unusable(path, std::generic_category().message(errno));
    if (SSL_CTX_load_verify_file(context, path.c_str()) != 1)
        return unusable(path, openssl_reason());
    return {};
}

// A changed file is another trust.
using file_state = std::tuple<std::string, dev_t, ino_t, off_t, time_t, long>;

file_state file_state_of(const std::string& path)
{
    struct stat seen{};
    if (!path.empty())
        stat(path.c_str(), &seen);
    return file_state(path, seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtim.tv_sec, seen.st_mtim.tv_nsec);
}

} // namespace

void session_cache::put(openssl_ptr<SSL_SESSION> session)
{
    if (sessions_.size() == max_sessions)
        sessions_.erase(sessions_.begin());
    sessions_.push_back(std::move(session));
}

openssl_ptr<SSL_SESSION> session_cache::take()
{
    auto now = static_cast<long>(std::time(nullptr));
    auto useless = [now](const auto& s) {
        return SSL_SESSION_get_time(s.get()) + SSL_SESSION_get_timeout(s.get()) <= now ||
               SSL_SESSION_is_resumable(s.get()) != 1;
    };
    std::erase_if(sessions_, useless);
    if (sessions_.empty())
        return nullptr;
    if (SSL_SESSION_get_protocol_version(sessions_.back().get()) < TLS1_3_VERSION) {
        SSL_SESSION_up_ref(sessions_.back().get());
        return openssl_ptr<SSL_SESSION>(sessions_.back().get());
    }
    auto newest = std::move(sessions_.back());
    sessions_.pop_back();
    return newest;
}

result<std::shared_ptr<trust_store>> trust_store::load(const std::string& ca_file)
{
    static std::mutex guard;
    static std::map<file_state, std::weak_ptr<trust_store>> loaded;
    std::lock_guard lock(guard);
    std::erase_if(loaded, [](const auto& entry) { return entry.second.expired(); });
    auto state = file_state_of(ca_file);
    if (auto found = loaded.find(state); found != loaded.end())
        if (auto same = found->second.lock())
            return same;
    auto context = make_client_context();
    auto roots = load_roots(context.get(), ca_file);
    if (!roots)
        return roots.error();
    auto fresh = std::make_shared<trust_store>(std::move(context));
    loaded[state] = fresh;
    return fresh;
}

openssl_ptr<SSL> trust_store::make_ssl(const origin& where, session_cache& sessions) const
{
    openssl_ptr<SSL> out(SSL_new(context_.get()));
    if (!out)
        throw std::bad_alloc();
    SSL* ssl = out.get();
    SSL_set_connect_state(ssl);
    SSL_set_app_data(ssl, &sessions);
    auto* rules = SSL_get0_param(ssl);
    bool named = false;
    if (where.host_is_address) {
        named = X509_VERIFY_PARAM_set1_ip_asc(rules, where.host.c_str()) == 1;
    } else {
        X509_VERIFY_PARAM_set_hostflags(rules,
                                        X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        named =
            X509_VERIFY_PARAM_set1_host(rules, where.host.data(), where.host.size()) == 1 && set_server_name(ssl, where.host);
    }
    if (!named)
        throw std::bad_alloc();
    if (auto session = sessions.take())
        SSL_set_session(ssl, session.get());
    return out;
}

} // namespace ulak::http
