// Version 4 of the schema: kept totals of what effects cost, so that no report reads all effects, and indexes for lists
// that are read by pages. `spend_sums` always equals a sum over `effects`; a day's parts are quarters of an hour, for
// no zone's midnight falls inside of one.
#pragma once

namespace ulak::ledger {

// A sum beyond 64 bits stops there: a provider's absurd charge must not keep an outcome from being stored.
#define ULAK_ADDED(column)                                                                                             \
    #column "=iif(typeof(" #column "+excluded." #column ")='integer'," #column "+excluded." #column                    \
            ",9223372036854775807)"
#define ULAK_ADD_TO(grouping, name, quarter)                                                                           \
    "INSERT INTO spend_sums VALUES(" grouping "," name "," quarter ",NEW.unit,NEW.spent,NEW.open,NEW.effects)"         \
    " ON CONFLICT DO UPDATE SET " ULAK_ADDED(spent) "," ULAK_ADDED(                                                    \
        open) ",effects=effects+excluded.effects;"                                                                     \
              "DELETE FROM spend_sums WHERE grouping=" grouping " AND name=" name " AND quarter=" quarter              \
              " AND unit=NEW.unit AND effects=0;"
#define ULAK_SUM_UP(grouping, name, quarter)                                                                           \
    "INSERT INTO spend_sums SELECT " grouping "," name "," quarter ",unit,sum(spent_part),sum(open_part),count(*)"     \
    " FROM effects WHERE counted GROUP BY 2,3,4;"

// grouping: 0 by job, 1 by account, 2 by quarter of an hour
inline constexpr char schema_4[] =
    R"sql(
ALTER TABLE effects ADD COLUMN counted INTEGER GENERATED ALWAYS AS (
  state IN('intent','dispatched','accepted','ambiguous','orphaned','written_off')) VIRTUAL;
ALTER TABLE effects ADD COLUMN spent_part INTEGER GENERATED ALWAYS AS (iif(state='accepted',cost,0)) VIRTUAL;
ALTER TABLE effects ADD COLUMN open_part INTEGER GENERATED ALWAYS AS (iif(state='accepted',0,held)) VIRTUAL;
ALTER TABLE effects ADD COLUMN quarter INTEGER GENERATED ALWAYS AS (intended_at/900000*900000) VIRTUAL;
CREATE TABLE spend_sums(
  grouping INTEGER NOT NULL, name TEXT NOT NULL, quarter INTEGER NOT NULL, unit TEXT NOT NULL,
  spent INTEGER NOT NULL, open INTEGER NOT NULL, effects INTEGER NOT NULL,
  PRIMARY KEY(grouping,name,quarter,unit)) STRICT, WITHOUT ROWID;
CREATE VIEW spend_changes(job,account,quarter,unit,spent,open,effects) AS SELECT '','',0,'',0,0,0;
CREATE TRIGGER spend_sums_follow INSTEAD OF INSERT ON spend_changes BEGIN
)sql" ULAK_ADD_TO("0", "NEW.job", "0") ULAK_ADD_TO("1", "NEW.account", "0") ULAK_ADD_TO("2", "''", "NEW.quarter")
        R"sql(
END;
CREATE TRIGGER effects_count AFTER INSERT ON effects WHEN NEW.counted BEGIN
  INSERT INTO spend_changes VALUES(NEW.job,NEW.account,NEW.quarter,NEW.unit,NEW.spent_part,NEW.open_part,1);
END;
CREATE TRIGGER effects_recount AFTER UPDATE OF state,charged,charged_unit,refunded ON effects
  WHEN NEW.unit=OLD.unit AND (NEW.counted<>OLD.counted OR NEW.spent_part<>OLD.spent_part OR NEW.open_part<>OLD.open_part)
BEGIN
  INSERT INTO spend_changes VALUES(NEW.job,NEW.account,NEW.quarter,NEW.unit,
    NEW.spent_part-OLD.spent_part,NEW.open_part-OLD.open_part,NEW.counted-OLD.counted);
END;
CREATE TRIGGER effects_recount_unit AFTER UPDATE OF unit ON effects WHEN NEW.unit<>OLD.unit BEGIN
  INSERT INTO spend_changes
    VALUES(OLD.job,OLD.account,OLD.quarter,OLD.unit,-OLD.spent_part,-OLD.open_part,-OLD.counted);
  INSERT INTO spend_changes
    VALUES(NEW.job,NEW.account,NEW.quarter,NEW.unit,NEW.spent_part,NEW.open_part,NEW.counted);
END;
)sql" ULAK_SUM_UP("0", "job", "0") ULAK_SUM_UP("1", "account", "0") ULAK_SUM_UP("2", "''", "quarter")
            R"sql(
CREATE INDEX attention_in_order ON attention(at,id);
CREATE INDEX attention_open_in_order ON attention(at,id) WHERE outcome='';
)sql";

#undef ULAK_SUM_UP
#undef ULAK_ADD_TO
#undef ULAK_ADDED

} // namespace ulak::ledger
