#include "ledger/detail/messaged_memory.hpp"

#include "core/text.hpp"
#include "ledger/detail/query_lists.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace ulak::ledger {
namespace {

constexpr char key_name[] = "store:messaged-key";
constexpr std::size_t key_bytes = 32, digest_bytes = 16;

std::string hex_of(const unsigned char* bytes, std::size_t size)
{
    return hex(std::string_view(reinterpret_cast<const char*>(bytes), size));
}

std::string digest_of(const std::string& key, const std::string& phone)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(phone.data()),
         phone.size(), digest.data(), &size);
    return hex_of(digest.data(), digest_bytes);
}

/// As call_check asks for them: the recipients of a send that left, with its time.
constexpr char messaged_recipients[] =
    "SELECT i.phone,coalesce(e.dispatched_at,e.intended_at,r.started_at,r.created_at) AS sent"
    " FROM (SELECT * FROM items WHERE run_key=?1 ORDER BY position LIMIT ?2) i"
    " JOIN runs r ON r.key=i.run_key LEFT JOIN effects e ON e.key=i.effect WHERE i.state IN(2,3,4,7) AND sent>=?3";

} // namespace

/// Empty: nothing was ever remembered.
result<std::string> messaged_memory::key()
{
    auto found = db_.query_text("SELECT value FROM settings WHERE name=?1", key_name);
    if (!found)
        return found.error();
    return found->value_or(std::string());
}

result<std::string> messaged_memory::new_key()
{
    std::array<unsigned char, key_bytes> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        return error(errc::transient, "the system gives no random bytes for the memory of sent messages");
    const auto made = hex_of(bytes.data(), bytes.size());
    if (auto put = db_.execute("INSERT INTO settings(name,value) VALUES(?1,?2)", key_name, made); !put)
        return put.error();
    return made;
}

result<bool> messaged_memory::knows(const std::string& phone, wall_point since)
{
    auto secret = key();
    if (!secret)
        return secret.error();
    if (secret->empty())
        return false;
    auto hit = db_.query_integer("SELECT 1 FROM messaged WHERE digest=?1 AND at>=?2", digest_of(*secret, phone), since);
    if (!hit)
        return hit.error();
    return hit->has_value();
}

result<void> messaged_memory::remember(std::int64_t run, std::int64_t most, wall_point since)
{
    const auto read = [](const row& r) { return std::pair(r.text(0), r.integer(1)); };
    auto messages = collect(db_, messaged_recipients, read, run, most, since);
    if (!messages)
        return messages.error();
    if (messages->empty())
        return {};
    auto secret = key();
    if (secret && secret->empty())
        secret = new_key();
    if (!secret)
        return secret.error();
    for (const auto& [phone, at] : *messages) {
        auto kept = db_.execute("INSERT INTO messaged(digest,at) VALUES(?1,?2)"
                                " ON CONFLICT DO UPDATE SET at=max(at,excluded.at)",
                                digest_of(*secret, phone), at);
        if (!kept)
            return kept.error();
    }
    return {};
}

} // namespace ulak::ledger
