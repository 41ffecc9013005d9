#include "ledger/detail/purged_keys.hpp"

#include "core/rfc3339.hpp"
#include "core/text.hpp"
#include "ledger/detail/ended_runs_sql.hpp"
#include "ledger/detail/query_lists.hpp"
#include "ledger/detail/row_changes.hpp"

#include <openssl/evp.h>

#include <array>

namespace ulak::ledger {
namespace {

/// In the order in which retention deletes: among so many runs there are no more with a key.
constexpr char next_keys[] = "SELECT r.unique_key,r.id,r.created_at FROM runs r INDEXED BY runs_finished"
                             " WHERE r.unique_key GLOB 'key:*'"
                             " AND NOT EXISTS(SELECT 1 FROM item_totals t WHERE t.run_key=r.key) AND" ULAK_ENDED
                             "ORDER BY r.finished_at,r.key LIMIT ?2";

struct used_key {
    std::string key{}, run{};
    wall_point at{};
};

used_key read_used(const row& r)
{
    return used_key{r.text(0), r.text(1), r.time(2)};
}

result<std::string> digest_of(std::string_view key)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned size = 0;
    if (EVP_Digest(key.data(), key.size(), bytes.data(), &size, EVP_sha256(), nullptr) != 1)
        return error(errc::transient, "the digest of an idempotency key could not be made");
    return hex(std::string_view(reinterpret_cast<const char*>(bytes.data()), size));
}

} // namespace

result<void> purged_keys::keep_before_purge(wall_point before, std::int64_t most)
{
    const auto next = collect(db_, next_keys, read_used, before, most);
    if (!next)
        return next.error();
    for (const used_key& used : *next) {
        const auto digest = digest_of(used.key);
        if (!digest)
            return digest.error();
        // An earlier slice may have kept it before its run could go.
        auto kept = db_.execute("INSERT INTO purged_keys(digest,run,at) VALUES(?1,?2,?3) ON CONFLICT DO NOTHING",
                                *digest, used.run, used.at);
        if (!kept)
            return kept.error();
    }
    return {};
}

result<void> purged_keys::require_unused(const std::string& unique_key)
{
    const auto digest = digest_of(unique_key);
    if (!digest)
        return digest.error();
    std::string owner;
    auto look = [&owner](const row& r) { owner = r.text(0) + " of " + rfc3339(r.time(1)); };
    if (auto seen = db_.for_each_row("SELECT run,at FROM purged_keys WHERE digest=?", look, *digest); !seen)
        return seen.error();
    if (owner.empty())
        return {};
    return error(errc::gone, "the Idempotency-Key was used for run " + owner +
                                 ", which is purged: nothing is begun again; use a new key for a new run");
}

} // namespace ulak::ledger
