// The tables, and how an older file becomes a current one. Private to the room.
#pragma once

#include "ledger/detail/database.hpp"

namespace ulak::ledger {

inline constexpr std::int64_t schema_version = 2;

/// Brings an empty or older file to `schema_version`, in one transaction. Errors: errc::unsupported for a newer one and
/// for a file of another program, errc::unavailable for a damaged file or a disk that refuses.
result<void> migrate(database& db);

} // namespace ulak::ledger
