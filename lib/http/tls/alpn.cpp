#include "http/tls/alpn.hpp"

#include <string_view>

namespace ulak::http {
namespace {

constexpr unsigned char alpn[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'}; ///< as on the wire: length, name

int select_alpn(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* in, unsigned in_size,
                void*)
{
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, out_size, alpn, sizeof alpn, in, in_size) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

} // namespace

void offer_http1(SSL_CTX* context)
{
    SSL_CTX_set_alpn_protos(context, alpn, sizeof alpn);
}

void accept_http1(SSL_CTX* context)
{
    SSL_CTX_set_alpn_select_cb(context, select_alpn, nullptr);
}

bool speaks_http1(SSL* ssl)
{
    const unsigned char* chosen = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl, &chosen, &size);
    return size == 0 || std::string_view(reinterpret_cast<const char*>(chosen), size) == "http/1.1";
}

} // namespace ulak::http
