#include "http/tls/trust_store.hpp"

#include "http/tls/alpn.hpp"
#include "http/tls/root_certificates.hpp"
#include "http/tls/tls_errors.hpp"

#include <sys/stat.h>

#include <mutex>
#include <new>

namespace ulak::http {
namespace {

constexpr const char* allowed_ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20"; ///< of TLS 1.2; those of 1.3 are all sound
constexpr long max_chain_bytes = 64 * 1024;
constexpr int max_chain_depth = 5;

int store_new_session(SSL* ssl, SSL_SESSION* session)
{
    auto* store = static_cast<session_cache*>(SSL_get_app_data(ssl));
    if (store == nullptr)
        return 0;
    return store->put(SSL_get_SSL_CTX(ssl), session) ? 1 : 0; // 1: the cache owns the reference from here on
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
    offer_http1(c);
    return out;
}

// Server Name Indication. OpenSSL's own macro for it casts in a way that g++ warns about.
bool set_server_name(SSL* ssl, std::string host)
{
    return SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host.data()) == 1;
}

// What anybody may still hold.
struct trust_registry {
    std::mutex guard{};
    std::vector<std::weak_ptr<trust_store>> known{};
};

trust_registry& registry()
{
    static trust_registry one;
    return one;
}

} // namespace

trust_store::file_state trust_store::state_of(const std::string& path)
{
    struct stat seen{};
    stat(path.empty() ? system_ca_dir : path.c_str(), &seen);
    return file_state(seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtim.tv_sec, seen.st_mtim.tv_nsec);
}

result<std::shared_ptr<trust_store>> trust_store::load(const std::string& ca_file)
{
    for (auto& same : live())
        if (same->ca_file() == ca_file && !same->is_outdated())
            return same;
    auto fresh = std::make_shared<trust_store>(ca_file);
    auto read = fresh->renew();
    if (!read)
        return read.error();
    std::lock_guard lock(registry().guard);
    registry().known.push_back(fresh);
    return fresh;
}

std::vector<std::shared_ptr<trust_store>> trust_store::live()
{
    std::lock_guard lock(registry().guard);
    std::erase_if(registry().known, [](const auto& one) { return one.expired(); });
    std::vector<std::shared_ptr<trust_store>> all;
    for (const auto& one : registry().known)
        if (auto held = one.lock())
            all.push_back(std::move(held));
    return all;
}

result<void> trust_store::renew()
{
    const auto state = state_of(ca_file_); // before it is read: a change meanwhile is seen the next time
    auto context = make_client_context();
    auto roots = load_root_certificates(context.get(), ca_file_);
    if (!roots)
        return roots;
    context_ = std::move(context);
    read_ = state;
    return {};
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
        named = X509_VERIFY_PARAM_set1_host(rules, where.host.data(), where.host.size()) == 1 &&
                set_server_name(ssl, where.host);
    }
    if (!named)
        throw std::bad_alloc();
    sessions.bind(context_.get());
    if (auto session = sessions.take())
        SSL_set_session(ssl, session.get());
    return out;
}

} // namespace ulak::http
