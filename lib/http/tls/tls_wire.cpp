#include "http/tls/tls_wire.hpp"

#include <algorithm>
#include <cstring>
#include <new>

namespace ulak::http {
namespace {

tls_wire& wire_of(BIO* bio)
{
    return *static_cast<tls_wire*>(BIO_get_data(bio));
}

int read(BIO* bio, char* into, int size)
{
    auto& arrived = wire_of(bio).inbound;
    BIO_clear_retry_flags(bio);
    if (arrived.empty()) {
        BIO_set_retry_read(bio);
        return -1;
    }
    auto bytes = std::min(arrived.size(), static_cast<std::size_t>(std::max(size, 0)));
    std::memcpy(into, arrived.data(), bytes);
    arrived.remove_prefix(bytes);
    return static_cast<int>(bytes);
}

int write(BIO* bio, const char* from, int size)
{
    BIO_clear_retry_flags(bio);
    wire_of(bio).outbound.append(from, static_cast<std::size_t>(size));
    return size;
}

long control(BIO* bio, int command, long, void*)
{
    if (command == BIO_CTRL_FLUSH)
        return 1;
    return command == BIO_CTRL_PENDING ? static_cast<long>(wire_of(bio).inbound.size()) : 0;
}

BIO_METHOD* make_bio_methods()
{
    BIO_METHOD* methods = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "ulak tls_wire");
    if (methods == nullptr)
        throw std::bad_alloc();
    BIO_meth_set_read(methods, read);
    BIO_meth_set_write(methods, write);
    BIO_meth_set_ctrl(methods, control);
    return methods;
}

} // namespace

void tls_wire::attach(SSL* ssl)
{
    static BIO_METHOD* const methods = make_bio_methods(); // never freed: OpenSSL may use it until the process ends
    BIO* bio = BIO_new(methods);
    if (bio == nullptr)
        throw std::bad_alloc();
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl, bio, bio);
}

} // namespace ulak::http
