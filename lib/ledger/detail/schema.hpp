// Creates the tables, and migrates an older file. Private to the module.
#pragma once

#include "ledger/detail/database.hpp"

namespace ulak::ledger {

inline constexpr std::int64_t schema_version = 8;

/// Brings an empty or older file to `schema_version`, in one transaction. Errors:
///   errc::unsupported  a newer schema, or a file of another program
///   errc::unavailable  a damaged file, or a disk that refuses
result<void> migrate(database& db);

} // namespace ulak::ledger
