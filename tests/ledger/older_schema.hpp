// Takes versions of the schema back, for tests that begin with an older file.
#pragma once

#include <array>
#include <string>

namespace ulak::tests {

/// Newest first: what turns version 8 into 7, 7 into 6, and so on down to version 1.
inline constexpr std::array<const char*, 7> schema_undo_steps = {
    "DROP TRIGGER items_hold;DROP TRIGGER items_keep_number;DROP INDEX items_one_per_number;"
    "ALTER TABLE items DROP COLUMN holds;ALTER TABLE runs DROP COLUMN only_items;ALTER TABLE runs DROP COLUMN of_run;"
    "ALTER TABLE runs DROP COLUMN waits_for;ALTER TABLE runs DROP COLUMN waits_until;",
    "DROP TABLE purged_keys;DROP TRIGGER runs_leave_their_key;",
    "DROP TRIGGER effects_count;DROP TRIGGER effects_recount;DROP TRIGGER effects_recount_unit;"
    "DROP VIEW spend_changes;DROP TABLE spend_sums;DROP INDEX attention_in_order;DROP INDEX attention_open_in_order;"
    "ALTER TABLE effects DROP COLUMN quarter;ALTER TABLE effects DROP COLUMN open_part;"
    "ALTER TABLE effects DROP COLUMN spent_part;ALTER TABLE effects DROP COLUMN counted;",
    "DROP TABLE messaged;",
    "DROP INDEX effects_one_owner;DROP INDEX effects_unidentified;DROP INDEX effects_held_by_identity;"
    "DROP INDEX effects_lately_by_identity;ALTER TABLE effects DROP COLUMN owner;"
    "ALTER TABLE effects DROP COLUMN identity;DROP TABLE identities;"
    "CREATE UNIQUE INDEX effects_one_owner ON effects(account,operation,provider_ref) WHERE provider_ref<>'';",
    "DROP INDEX effects_with_evidence;DROP INDEX attention_with_evidence;DROP INDEX notices_with_body;"
    "DROP TRIGGER effects_keep_evidence;",
    "DROP INDEX runs_with_text;DROP INDEX effects_lately;ALTER TABLE effects DROP COLUMN last_at;"};

/// SQL that makes a file of the newest version one of `version`.
inline std::string undo_schema_to(int version)
{
    std::string sql;
    for (int newest = 1 + static_cast<int>(schema_undo_steps.size()); const char* step : schema_undo_steps)
        if (newest-- > version)
            sql += step;
    return sql + "PRAGMA user_version=" + std::to_string(version);
}

} // namespace ulak::tests
