// Version 6 of the schema: kept totals of what effects cost, so that no report reads all effects, and indexes for lists
// that are read by pages. `spend_sums` always equals a sum over `effects`.
#pragma once

namespace ulak::ledger {

inline constexpr char schema_6[] = R"sql(
ALTER TABLE effects ADD COLUMN counted INTEGER GENERATED ALWAYS AS (
  state IN('intent','dispatched','accepted','ambiguous','orphaned','written_off')) VIRTUAL;
ALTER TABLE effects ADD COLUMN spent_part INTEGER GENERATED ALWAYS AS (iif(state='accepted',cost,0)) VIRTUAL;
ALTER TABLE effects ADD COLUMN open_part INTEGER GENERATED ALWAYS AS (iif(state='accepted',0,held)) VIRTUAL;
-- No zone's midnight falls inside a quarter of an hour: the days of every zone are made of them.
ALTER TABLE effects ADD COLUMN quarter INTEGER GENERATED ALWAYS AS (intended_at/900000*900000) VIRTUAL;

-- grouping: 0 by job, 1 by account, 2 by quarter
CREATE TABLE spend_sums(
  grouping INTEGER NOT NULL, name TEXT NOT NULL, quarter INTEGER NOT NULL, unit TEXT NOT NULL,
  spent INTEGER NOT NULL, open INTEGER NOT NULL, effects INTEGER NOT NULL,
  PRIMARY KEY(grouping,name,quarter,unit)) STRICT, WITHOUT ROWID;
-- What is inserted here is added to the three sums. One beyond 64 bits stays there: a provider's absurd charge must not
-- keep an outcome from being stored.
CREATE VIEW spend_changes(job,account,quarter,unit,spent,open,effects) AS SELECT '','',0,'',0,0,0;
CREATE TRIGGER spend_sums_follow INSTEAD OF INSERT ON spend_changes BEGIN
  INSERT INTO spend_sums VALUES(0,NEW.job,0,NEW.unit,NEW.spent,NEW.open,NEW.effects) ON CONFLICT DO UPDATE SET
    spent=iif(typeof(spent+excluded.spent)='integer',spent+excluded.spent,9223372036854775807),
    open=iif(typeof(open+excluded.open)='integer',open+excluded.open,9223372036854775807),
    effects=effects+excluded.effects;
  DELETE FROM spend_sums WHERE grouping=0 AND name=NEW.job AND quarter=0 AND unit=NEW.unit AND effects=0;
  INSERT INTO spend_sums VALUES(1,NEW.account,0,NEW.unit,NEW.spent,NEW.open,NEW.effects) ON CONFLICT DO UPDATE SET
    spent=iif(typeof(spent+excluded.spent)='integer',spent+excluded.spent,9223372036854775807),
    open=iif(typeof(open+excluded.open)='integer',open+excluded.open,9223372036854775807),
    effects=effects+excluded.effects;
  DELETE FROM spend_sums WHERE grouping=1 AND name=NEW.account AND quarter=0 AND unit=NEW.unit AND effects=0;
  INSERT INTO spend_sums VALUES(2,'',NEW.quarter,NEW.unit,NEW.spent,NEW.open,NEW.effects) ON CONFLICT DO UPDATE SET
    spent=iif(typeof(spent+excluded.spent)='integer',spent+excluded.spent,9223372036854775807),
    open=iif(typeof(open+excluded.open)='integer',open+excluded.open,9223372036854775807),
    effects=effects+excluded.effects;
  DELETE FROM spend_sums WHERE grouping=2 AND name='' AND quarter=NEW.quarter AND unit=NEW.unit AND effects=0;
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
INSERT INTO spend_sums SELECT 0,job,0,unit,sum(spent_part),sum(open_part),count(*)
  FROM effects WHERE counted GROUP BY 2,3,4;
INSERT INTO spend_sums SELECT 1,account,0,unit,sum(spent_part),sum(open_part),count(*)
  FROM effects WHERE counted GROUP BY 2,3,4;
INSERT INTO spend_sums SELECT 2,'',quarter,unit,sum(spent_part),sum(open_part),count(*)
  FROM effects WHERE counted GROUP BY 2,3,4;

CREATE INDEX attention_in_order ON attention(at,id);
CREATE INDEX attention_open_in_order ON attention(at,id) WHERE outcome='';
)sql";

} // namespace ulak::ledger
