// Remembers who got a message after the recipients of the run are purged: `sent-within` may reach further back than
// `retention.items`. Private to the module; every call comes from the thread of the store.
#pragma once

#include "ledger/detail/database.hpp"

#include <cstdint>
#include <string>

namespace ulak::ledger {

/// Holds no number: only HMAC-SHA-256 of it, cut to 128 bits, with the time of the newest message. The key is random,
/// made with the first entry, and kept in the store, so that the hash of one store tells nothing about another's.
/// `retention` deletes entries that no job asks for any more.
class messaged_memory {
  public:
    /// The database must outlive the memory.
    explicit messaged_memory(database& db) noexcept : db_(db) {}

    /// Whether the number has an entry at `since` or later.
    result<bool> knows(const std::string& phone, wall_point since);
    /// Keeps the messages at `since` or later to the first `most` recipients of a run, which are about to be deleted.
    result<void> remember(std::int64_t run, std::int64_t most, wall_point since);

  private:
    result<std::string> key();
    result<std::string> new_key();

    database& db_;
};

} // namespace ulak::ledger
