// Version 7 of the schema: the idempotency keys of purged runs, and a run's `spent` of its own purchases alone.
#pragma once

namespace ulak::ledger {

inline constexpr char schema_7[] = R"sql(
-- The digest of a key whose run is gone. Kept for good, as effects are: a key that was used never buys again.
CREATE TABLE purged_keys(
  digest TEXT PRIMARY KEY CHECK(length(digest)=64), run TEXT NOT NULL UNIQUE, at INTEGER NOT NULL)
  STRICT, WITHOUT ROWID;
CREATE TRIGGER purged_keys_stay BEFORE DELETE ON purged_keys
  BEGIN SELECT RAISE(ABORT,'keys that were used stay'); END;
CREATE TRIGGER runs_leave_their_key BEFORE DELETE ON runs
  WHEN OLD.unique_key GLOB 'key:*' AND NOT EXISTS(SELECT 1 FROM purged_keys k WHERE k.run=OLD.id)
  BEGIN SELECT RAISE(ABORT,'a run leaves its idempotency key'); END;

-- A notice about a run costs what its channel's account is paid in: it belongs to that account's budget, never to what
-- the run spent. A sum that 64 bits do not hold stays at their end.
DROP TRIGGER effects_begun;
CREATE TRIGGER effects_begun AFTER INSERT ON effects BEGIN
  INSERT INTO effect_history(effect,from_state,to_state,at) VALUES(NEW.key,'',NEW.state,NEW.moved_at);
  UPDATE runs SET spent_unit=NEW.unit
    WHERE id=NEW.run AND spent_unit='' AND NEW.unit<>'' AND NEW.step NOT GLOB 'notice/*';
END;
DROP TRIGGER effects_spent;
CREATE TRIGGER effects_spent AFTER UPDATE OF state,unit,charged,charged_unit,refunded ON effects
  WHEN NEW.step NOT GLOB 'notice/*' BEGIN
  UPDATE runs SET spent_unit=NEW.unit WHERE id=NEW.run AND spent_unit='' AND NEW.unit<>'';
  UPDATE runs SET spent=
      CASE typeof(spent+iif(NEW.state='accepted',NEW.cost,0)-iif(OLD.state='accepted',OLD.cost,0))
      WHEN 'integer' THEN spent+iif(NEW.state='accepted',NEW.cost,0)-iif(OLD.state='accepted',OLD.cost,0)
      ELSE 9223372036854775807 END
    WHERE id=NEW.run AND spent_unit=NEW.unit AND spent<>9223372036854775807
      AND iif(NEW.state='accepted',NEW.cost,0)<>iif(OLD.state='accepted',OLD.cost,0);
END;
UPDATE runs SET spent_unit=ifnull((SELECT e.unit FROM effects e WHERE e.run=runs.id AND e.unit<>''
    AND e.step NOT GLOB 'notice/*' ORDER BY e.key LIMIT 1),'')
  WHERE id IN(SELECT run FROM effects WHERE step GLOB 'notice/*');
UPDATE runs SET spent=ifnull((SELECT sum(e.cost) FROM effects e WHERE e.run=runs.id AND e.unit=runs.spent_unit
    AND e.state='accepted' AND e.step NOT GLOB 'notice/*'),0)
  WHERE id IN(SELECT run FROM effects WHERE step GLOB 'notice/*');
)sql";

} // namespace ulak::ledger
