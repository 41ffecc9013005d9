#include "http/certificate.hpp"

#include "http/tls/openssl_ptr.hpp"

#include <boost/asio/ip/address.hpp>

#include <openssl/pem.h>
#include <openssl/rand.h>

#include <cstdint>

namespace ulak::http {
namespace {

constexpr std::chrono::hours authority_lifetime(24 * 3650);
constexpr std::chrono::hours clock_tolerance(1); ///< for clocks that differ a little
const std::string leaf_name = "server";          ///< a common name has room for 64 letters only; nobody reads it

error failed(std::string_view what)
{
    return error(errc::unavailable, "cannot make a certificate: " + std::string(what) + ": " + openssl_reason());
}

std::string pem_of(BIO* memory)
{
    char* data = nullptr;
    long size = BIO_get_mem_data(memory, &data);
    return std::string(data, static_cast<std::size_t>(size));
}

std::string certificate_text(X509* certificate)
{
    openssl_ptr<BIO> out(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(out.get(), certificate);
    return pem_of(out.get());
}

std::string key_text(EVP_PKEY* key)
{
    openssl_ptr<BIO> out(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return pem_of(out.get());
}

bool add_extension(X509* certificate, X509* issuer, int kind, const std::string& value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    openssl_ptr<X509_EXTENSION> extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool set_serial(X509* certificate)
{
    std::uint64_t serial = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) != 1)
        return false;
    return ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), (serial >> 1) | 1) == 1;
}

bool set_name(X509_NAME* subject, const std::string& common_name)
{
    auto* text = reinterpret_cast<const unsigned char*>(common_name.c_str());
    return X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1;
}

// Everything but the extensions that differ and the signature.
openssl_ptr<X509> new_certificate(const std::string& common_name, EVP_PKEY* key, std::chrono::hours lifetime)
{
    openssl_ptr<X509> out(X509_new());
    std::chrono::seconds until = lifetime;
    std::chrono::seconds since = -clock_tolerance;
    bool made = out && X509_set_version(out.get(), X509_VERSION_3) == 1 && set_serial(out.get()) &&
                set_name(X509_get_subject_name(out.get()), common_name) &&
                X509_gmtime_adj(X509_getm_notBefore(out.get()), since.count()) != nullptr &&
                X509_gmtime_adj(X509_getm_notAfter(out.get()), until.count()) != nullptr &&
                X509_set_pubkey(out.get(), key) == 1;
    if (!made)
        out.reset();
    return out;
}

result<std::string> alternative_names(const std::vector<std::string>& dns_names,
                                      const std::vector<std::string>& ip_addresses)
{
    std::string out;
    for (const auto& dns : dns_names) {
        if (dns.empty() || dns.find_first_of(",\n ") != dns.npos)
            return error(errc::invalid_argument, "not a host name: " + dns);
        out += (out.empty() ? "DNS:" : ",DNS:") + dns;
    }
    for (const auto& address : ip_addresses) {
        boost::system::error_code bad;
        boost::asio::ip::make_address(address, bad);
        if (bad)
            return error(errc::invalid_argument, "not an IP address: " + address);
        out += (out.empty() ? "IP:" : ",IP:") + address;
    }
    if (out.empty())
        return error(errc::invalid_argument, "a server's certificate needs a name or an address");
    return out;
}

bool add_leaf_extensions(X509* leaf, X509* issuer, const std::string& names)
{
    return add_extension(leaf, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(leaf, issuer, NID_key_usage, "critical,digitalSignature") &&
           add_extension(leaf, issuer, NID_ext_key_usage, "serverAuth") &&
           add_extension(leaf, issuer, NID_subject_key_identifier, "hash") &&
           add_extension(leaf, issuer, NID_authority_key_identifier, "keyid:always") &&
           add_extension(leaf, issuer, NID_subject_alt_name, names);
}

} // namespace

result<identity> make_authority(const std::string& common_name)
{
    openssl_ptr<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    if (!key)
        return failed("key");
    auto root = new_certificate(common_name, key.get(), authority_lifetime);
    if (!root || X509_set_issuer_name(root.get(), X509_get_subject_name(root.get())) != 1)
        return failed("name");
    bool described = add_extension(root.get(), root.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
                     add_extension(root.get(), root.get(), NID_key_usage, "critical,keyCertSign,cRLSign") &&
                     add_extension(root.get(), root.get(), NID_subject_key_identifier, "hash") &&
                     add_extension(root.get(), root.get(), NID_authority_key_identifier, "keyid:always");
    if (!described || X509_sign(root.get(), key.get(), EVP_sha256()) == 0)
        return failed("signature");
    return identity(certificate_text(root.get()), key_text(key.get()));
}

result<identity> make_leaf(const identity& authority, const std::vector<std::string>& dns_names,
                           const std::vector<std::string>& ip_addresses, std::chrono::hours lifetime)
{
    auto names = alternative_names(dns_names, ip_addresses);
    if (!names)
        return names.error();
    openssl_ptr<X509> issuer(PEM_read_bio_X509(read_from(authority.certificate_pem).get(), nullptr, nullptr, nullptr));
    openssl_ptr<EVP_PKEY> issuer_key(
        PEM_read_bio_PrivateKey(read_from(authority.key_pem).get(), nullptr, nullptr, nullptr));
    if (!issuer || !issuer_key) {
        ERR_clear_error();
        return error(errc::invalid_argument, "the authority's certificate or key cannot be read");
    }
    openssl_ptr<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    if (!key)
        return failed("key");
    auto leaf = new_certificate(leaf_name, key.get(), lifetime);
    if (!leaf || X509_set_issuer_name(leaf.get(), X509_get_subject_name(issuer.get())) != 1)
        return failed("name");
    if (!add_leaf_extensions(leaf.get(), issuer.get(), *names) ||
        X509_sign(leaf.get(), issuer_key.get(), EVP_sha256()) == 0)
        return failed("signature");
    return identity(certificate_text(leaf.get()), key_text(key.get()));
}

} // namespace ulak::http
