// Version 9 of the schema: where a recipient stands in the file of the list.
#pragma once

namespace ulak::ledger {

inline constexpr char schema_9[] = R"sql(
ALTER TABLE items ADD COLUMN line INTEGER NOT NULL DEFAULT 0 CHECK(line>=0);
ALTER TABLE items ADD COLUMN in_column TEXT NOT NULL DEFAULT '';
)sql";

} // namespace ulak::ledger
