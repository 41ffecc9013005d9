#include "http/tls/server_context.hpp"

#include "http/tls/alpn.hpp"

#include <openssl/pem.h>

#include <new>

namespace ulak::http {
namespace {

constexpr unsigned char context_name[] = "ulak"; ///< sessions are resumed only under a name

error unusable(const char* part)
{
    return error(errc::invalid_argument, std::string("the server's ") + part + " cannot be used: " + openssl_reason());
}

bool use_chain(SSL_CTX* context, const std::string& chain_pem)
{
    auto text = read_from(chain_pem);
    openssl_ptr<X509> leaf(PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr));
    if (!leaf || SSL_CTX_use_certificate(context, leaf.get()) != 1)
        return false;
    while (X509* next = PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr))
        if (SSL_CTX_add0_chain_cert(context, next) != 1) {
            X509_free(next);
            return false;
        }
    ERR_clear_error(); // the reader reports the end of the text as an error
    return true;
}

} // namespace

result<openssl_ptr<SSL_CTX>> make_server_context(const std::string& chain_pem, const std::string& key_pem)
{
    ERR_clear_error();
    openssl_ptr<SSL_CTX> out(SSL_CTX_new(TLS_server_method()));
    if (!out)
        throw std::bad_alloc();
    SSL_CTX* c = out.get();
    SSL_CTX_set_min_proto_version(c, TLS1_2_VERSION);
    SSL_CTX_set_options(c, SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF); // tickets need no memory here
    SSL_CTX_set_session_id_context(c, context_name, sizeof context_name - 1);
    accept_http1(c);
    if (!use_chain(c, chain_pem))
        return unusable("certificate");
    openssl_ptr<EVP_PKEY> key(PEM_read_bio_PrivateKey(read_from(key_pem).get(), nullptr, nullptr, nullptr));
    if (!key || SSL_CTX_use_PrivateKey(c, key.get()) != 1 || SSL_CTX_check_private_key(c) != 1)
        return unusable("key");
    return out;
}

openssl_ptr<SSL> make_server_ssl(SSL_CTX* context)
{
    openssl_ptr<SSL> out(SSL_new(context));
    if (!out)
        throw std::bad_alloc();
    SSL_set_accept_state(out.get());
    return out;
}

} // namespace ulak::http
