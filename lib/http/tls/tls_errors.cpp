#include "http/tls/tls_errors.hpp"

#include "core/text.hpp"

#include <arpa/inet.h>

#include <ctime>
#include <memory>

namespace ulak::http {
namespace {

// OpenSSL 3.0 calls the first four unknown.
std::string alert_text(int alert)
{
    switch (alert) {
    case 86: return "inappropriate fallback";
    case 109: return "missing extension";
    case 116: return "certificate required";
    case 120: return "no application protocol";
    default: return SSL_alert_desc_string_long(alert);
    }
}

constexpr std::size_t max_name_length = 80;
constexpr int max_names = 3;

std::string printable_text(const ASN1_STRING* text)
{
    const auto* bytes = reinterpret_cast<const char*>(ASN1_STRING_get0_data(text));
    return printable(std::string_view(bytes, static_cast<std::size_t>(ASN1_STRING_length(text))), max_name_length);
}

std::string address_of(const ASN1_OCTET_STRING* bytes)
{
    char text[INET6_ADDRSTRLEN] = "";
    const int family = ASN1_STRING_length(bytes) == 4 ? AF_INET : AF_INET6;
    if (ASN1_STRING_length(bytes) == 4 || ASN1_STRING_length(bytes) == 16)
        ::inet_ntop(family, ASN1_STRING_get0_data(bytes), text, sizeof text);
    return text;
}

// "a.test, b.test and 7 more"
std::string subject_names(X509* certificate)
{
    const auto drop = [](GENERAL_NAMES* all) { GENERAL_NAMES_free(all); };
    const std::unique_ptr<GENERAL_NAMES, decltype(drop)> names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)), drop);
    std::string out;
    int count = 0;
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* one = sk_GENERAL_NAME_value(names.get(), i);
        std::string text;
        if (one->type == GEN_DNS)
            text = printable_text(one->d.dNSName);
        else if (one->type == GEN_IPADD)
            text = address_of(one->d.iPAddress);
        if (!text.empty() && ++count <= max_names)
            append_joined(out, ", ", text);
    }
    if (count > max_names)
        out += " and " + std::to_string(count - max_names) + " more";
    return out.empty() ? "no host" : out;
}

std::string date_text(const ASN1_TIME* time)
{
    std::tm parts{};
    char text[32] = "an unreadable date";
    if (ASN1_TIME_to_tm(time, &parts) == 1)
        std::strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &parts);
    return text;
}

std::string certificate_owner(X509* certificate, int depth)
{
    if (depth == 0)
        return "the certificate";
    const X509_NAME* subject = X509_get_subject_name(certificate);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at < 0)
        return "the certificate of an authority";
    return "the authority's certificate \"" +
           printable_text(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at))) + "\"";
}

std::string expected_peer(SSL* ssl)
{
    auto* rules = SSL_get0_param(ssl);
    if (const char* host = X509_VERIFY_PARAM_get0_host(rules, 0))
        return host;
    const std::unique_ptr<char, void (*)(char*)> address(X509_VERIFY_PARAM_get1_ip_asc(rules),
                                                         [](char* p) { OPENSSL_free(p); });
    return address ? address.get() : "that host";
}

std::string explain_verify_error(SSL* ssl, X509* certificate, int why, int depth)
{
    constexpr const char* ca_hint = "; if that is right, name its authority with ca_file";
    const std::string whose = certificate_owner(certificate, depth);
    switch (why) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return "the certificate is for " + subject_names(certificate) + ", not for " + expected_peer(ssl);
    case X509_V_ERR_CERT_HAS_EXPIRED: return whose + " expired on " + date_text(X509_get0_notAfter(certificate));
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return whose + " is valid only from " + date_text(X509_get0_notBefore(certificate)) +
               "; is the clock of this machine right?";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: return whose + " is signed by nobody but itself" + ca_hint;
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN: return whose + " is a root that is not trusted" + ca_hint;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return whose + " was signed by an authority that is neither sent along nor trusted" + ca_hint;
    default: return whose + ": " + X509_verify_cert_error_string(why);
    }
}

void free_text(void*, void* text, CRYPTO_EX_DATA*, int, long, void*)
{
    delete static_cast<std::string*>(text);
}

int error_text_index()
{
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, free_text);
    return index;
}

// Keeps the text of the first refusal, which is the cause of all later ones. Never changes the decision.
int verify_callback(int accepted, X509_STORE_CTX* store)
{
    if (accepted == 1)
        return accepted;
    auto* ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    X509* certificate = X509_STORE_CTX_get_current_cert(store);
    if (ssl == nullptr || certificate == nullptr || SSL_get_ex_data(ssl, error_text_index()) != nullptr)
        return accepted;
    auto text = std::make_unique<std::string>(
        explain_verify_error(ssl, certificate, X509_STORE_CTX_get_error(store), X509_STORE_CTX_get_error_depth(store)));
    if (SSL_set_ex_data(ssl, error_text_index(), text.get()) == 1)
        text.release();
    return accepted;
}

} // namespace

void record_verify_errors(SSL_CTX* context)
{
    error_text_index();
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, verify_callback);
}

std::string verify_error_text(SSL* ssl)
{
    const auto* text = static_cast<const std::string*>(SSL_get_ex_data(ssl, error_text_index()));
    if (text != nullptr)
        return *text;
    const long code = SSL_get_verify_result(ssl);
    return code == X509_V_OK ? std::string() : X509_verify_cert_error_string(code);
}

std::string tls_error_text()
{
    const unsigned long code = ERR_peek_error();
    const int reason = ERR_GET_REASON(code);
    std::string text = openssl_reason();
    if (ERR_GET_LIB(code) != ERR_LIB_SSL)
        return text;
    if (reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_HTTP_REQUEST)
        return "what answers there does not speak TLS";
    if (reason >= SSL_AD_REASON_OFFSET)
        return "the server broke off: " + alert_text(reason - SSL_AD_REASON_OFFSET);
    return text;
}

} // namespace ulak::http
