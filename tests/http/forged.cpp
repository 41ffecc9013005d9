#include "http/forged.hpp"

#include <openssl/pem.h>

#include <map>
#include <stdexcept>

namespace ulak::http::testing {
namespace {

void must(bool done, const char* what)
{
    if (!done)
        throw std::runtime_error(std::string("cannot forge: ") + what + ": " + openssl_reason());
}

void add(X509* to, X509* issuer, int kind, const std::string& value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, to, nullptr, nullptr, 0);
    openssl_ptr<X509_EXTENSION> extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    must(extension && X509_add_ext(to, extension.get(), -1) == 1, value.c_str());
}

void add_unknown_critical(X509* to)
{
    std::unique_ptr<ASN1_OBJECT, decltype(&ASN1_OBJECT_free)> kind(OBJ_txt2obj("1.3.6.1.4.1.99999.1", 1),
                                                                   ASN1_OBJECT_free);
    std::unique_ptr<ASN1_OCTET_STRING, decltype(&ASN1_OCTET_STRING_free)> value(ASN1_OCTET_STRING_new(),
                                                                                ASN1_OCTET_STRING_free);
    const unsigned char null[] = {5, 0};
    ASN1_OCTET_STRING_set(value.get(), null, sizeof null);
    openssl_ptr<X509_EXTENSION> extension(X509_EXTENSION_create_by_OBJ(nullptr, kind.get(), 1, value.get()));
    must(X509_add_ext(to, extension.get(), -1) == 1, "unknown extension");
}

void describe(X509* to, X509* issuer, const recipe& r)
{
    std::string constraints = r.authority ? "critical,CA:TRUE" : "critical,CA:FALSE";
    std::string usage = r.authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature,keyEncipherment";
    if (!r.constraints.empty())
        add(to, issuer, NID_basic_constraints, r.constraints == "auto" ? constraints : r.constraints);
    if (!r.usage.empty())
        add(to, issuer, NID_key_usage, r.usage == "auto" ? usage : r.usage);
    if (!r.extended.empty() && (!r.authority || r.extended != "serverAuth"))
        add(to, issuer, NID_ext_key_usage, r.extended);
    if (!r.names.empty() && !r.authority)
        add(to, issuer, NID_subject_alt_name, r.names);
    add(to, issuer, NID_subject_key_identifier, "hash");
    for (const auto& [kind, value] : r.more)
        add(to, issuer, kind, value);
    if (r.unknown_critical)
        add_unknown_critical(to);
}

} // namespace

std::string forged::pem() const
{
    openssl_ptr<BIO> out(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(out.get(), certificate.get());
    char* data = nullptr;
    long size = BIO_get_mem_data(out.get(), &data);
    return std::string(data, static_cast<std::size_t>(size));
}

std::shared_ptr<EVP_PKEY> make_key(const std::string& kind)
{
    static std::map<std::string, std::shared_ptr<EVP_PKEY>> slow; // RSA keys take long; one of each length will do
    if (auto found = slow.find(kind); found != slow.end())
        return found->second;
    if (kind.starts_with("RSA-")) {
        auto bits = static_cast<std::size_t>(std::stoi(kind.substr(4)));
        return slow[kind] = std::shared_ptr<EVP_PKEY>(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", bits), EVP_PKEY_free);
    }
    return std::shared_ptr<EVP_PKEY>(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", kind.c_str()), EVP_PKEY_free);
}

forged forge(const recipe& r)
{
    static long serial = 1000;
    forged out{openssl_ptr<X509>(X509_new()), r.key ? r.key : make_key()};
    X509* c = out.certificate.get();
    X509* issuer = r.issuer == nullptr ? c : r.issuer->certificate.get();
    X509_set_version(c, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(c), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(c), r.from_days * 86400L);
    X509_gmtime_adj(X509_getm_notAfter(c), r.until_days * 86400L);
    X509_set_pubkey(c, out.key.get());
    auto* name = reinterpret_cast<const unsigned char*>(r.common_name.c_str());
    if (!r.common_name.empty())
        X509_NAME_add_entry_by_txt(X509_get_subject_name(c), "CN", MBSTRING_UTF8, name, -1, -1, 0);
    X509_set_issuer_name(c, X509_get_subject_name(issuer));
    describe(c, issuer, r);
    auto signer = r.signed_by ? r.signed_by : r.issuer == nullptr ? out.key : r.issuer->key;
    must(X509_sign(c, signer.get(), r.digest) > 0, "signature");
    return out;
}

openssl_ptr<SSL_CTX> careless_context(const forged& leaf, const std::vector<const forged*>& chain)
{
    openssl_ptr<SSL_CTX> out(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_set_security_level(out.get(), 0);
    must(SSL_CTX_use_certificate(out.get(), leaf.certificate.get()) == 1, "use of certificate");
    must(SSL_CTX_use_PrivateKey(out.get(), leaf.key.get()) == 1, "use of key");
    for (const auto* next : chain)
        must(SSL_CTX_add1_chain_cert(out.get(), next->certificate.get()) == 1, "use of chain");
    return out;
}

} // namespace ulak::http::testing
