// Takes a version of the schema back, for tests that begin with an older file.
#pragma once

#define ULAK_UNDO_SCHEMA_4                                                                                             \
    "DROP TRIGGER effects_count;DROP TRIGGER effects_recount;DROP TRIGGER effects_recount_unit;"                       \
    "DROP VIEW spend_changes;DROP TABLE spend_sums;DROP INDEX attention_in_order;DROP INDEX attention_open_in_order;"  \
    "ALTER TABLE effects DROP COLUMN quarter;ALTER TABLE effects DROP COLUMN open_part;"                               \
    "ALTER TABLE effects DROP COLUMN spent_part;ALTER TABLE effects DROP COLUMN counted;"
