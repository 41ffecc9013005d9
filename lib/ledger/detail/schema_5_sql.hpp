// Version 5 of the schema: who got a message, as a keyed hash, after the recipients are purged
// (detail/messaged_memory).
#pragma once

namespace ulak::ledger {

inline constexpr char schema_5[] = R"sql(
CREATE TABLE messaged(digest TEXT PRIMARY KEY CHECK(length(digest)=32), at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX messaged_by_time ON messaged(at);
)sql";

} // namespace ulak::ledger
