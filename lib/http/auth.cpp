#include "http/auth.hpp"

#include "core/text.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <cassert>
#include <cstdint>
#include <limits>
#include <stdexcept>

namespace ulak::http {
namespace {

const unsigned char* bytes_of(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string_view text_of(const unsigned char* bytes, std::size_t size)
{
    return std::string_view(reinterpret_cast<const char*>(bytes), size);
}

std::string digest_hex(const EVP_MD* algorithm, std::string_view bytes)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    [[maybe_unused]] int done = EVP_Digest(bytes.data(), bytes.size(), digest, &size, algorithm, nullptr);
    assert(done == 1);
    return hex(text_of(digest, size));
}

} // namespace

std::string base64(std::string_view bytes)
{
    assert(bytes.size() < std::numeric_limits<int>::max() / 2);
    std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0'); // EVP writes a NUL behind the text
    auto* to = reinterpret_cast<unsigned char*>(out.data());
    int size = EVP_EncodeBlock(to, bytes_of(bytes), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

std::string basic_authorization(std::string_view user, std::string_view password)
{
    std::string pair(user);
    pair += ':';
    pair += password;
    return "Basic " + base64(pair);
}

std::string bearer_authorization(std::string_view token)
{
    return "Bearer " + std::string(token);
}

std::string md5_hex(std::string_view bytes)
{
    return digest_hex(EVP_md5(), bytes);
}

std::string sha256_hex(std::string_view bytes)
{
    return digest_hex(EVP_sha256(), bytes);
}

std::string hmac_sha256_hex(std::string_view key, std::string_view message)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(message), message.size(), digest, &size);
    return hex(text_of(digest, size));
}

std::string slow_hash_hex(std::string_view text, std::string_view salt, std::size_t digits)
{
    constexpr std::uint64_t rounds = 8192, block = 8, lanes = 1;
    std::string key((digits + 1) / 2, '\0');
    const int done = EVP_PBE_scrypt(text.data(), text.size(), bytes_of(salt), salt.size(), rounds, block, lanes, 0,
                                    reinterpret_cast<unsigned char*>(key.data()), key.size());
    if (done != 1)
        throw std::runtime_error("OpenSSL has no scrypt, by which logins are told apart");
    return hex(key).substr(0, digits);
}

} // namespace ulak::http
