// Version 8 of the schema: a run has one row per number, refused by the store itself; what a run waits for; and which
// run it goes on with.
#pragma once

namespace ulak::ledger {

inline constexpr char schema_8[] = R"sql(
ALTER TABLE runs ADD COLUMN only_items TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN of_run TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN waits_for TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN waits_until INTEGER;

-- 1: the row was listed to be sent, and holds its number within the run whatever becomes of it. It never changes, so
-- that the moves of a row do not touch the index. Rows of older versions that have ended hold nothing.
ALTER TABLE items ADD COLUMN holds INTEGER NOT NULL DEFAULT 0 CHECK(holds IN(0,1));
CREATE UNIQUE INDEX items_one_per_number ON items(run_key,phone) WHERE holds=1;
-- Of runs that go on: those who have, or may have, a message come first; whoever stands a second time is left out.
UPDATE OR IGNORE items SET holds=1 WHERE state NOT IN(0,1)
  AND run_key IN(SELECT key FROM runs WHERE state IN('queued','running','paused'));
UPDATE OR IGNORE items SET holds=1 WHERE state=0
  AND run_key IN(SELECT key FROM runs WHERE state IN('queued','running','paused'));
INSERT INTO item_totals(run_key,state,items,segments)
  SELECT run_key,1,count(*),sum(segments) FROM items WHERE state=0 AND holds=0
  AND run_key IN(SELECT key FROM runs WHERE state IN('queued','running','paused')) GROUP BY run_key
  ON CONFLICT DO UPDATE SET items=items+excluded.items,segments=segments+excluded.segments;
UPDATE item_totals SET
  items=items-(SELECT count(*) FROM items i WHERE i.run_key=item_totals.run_key AND i.state=0 AND i.holds=0),
  segments=segments-ifnull((SELECT sum(segments) FROM items i
    WHERE i.run_key=item_totals.run_key AND i.state=0 AND i.holds=0),0)
  WHERE state=0 AND run_key IN(SELECT key FROM runs WHERE state IN('queued','running','paused'));
UPDATE items SET state=1,reason='duplicate' WHERE state=0 AND holds=0
  AND run_key IN(SELECT key FROM runs WHERE state IN('queued','running','paused'));

CREATE TRIGGER items_hold BEFORE INSERT ON items WHEN NEW.holds<>(NEW.state<>1)
  BEGIN SELECT RAISE(ABORT,'a row that is to be sent holds its number'); END;
CREATE TRIGGER items_keep_number BEFORE UPDATE OF phone,holds ON items
  BEGIN SELECT RAISE(ABORT,'whose row it is does not change'); END;
)sql";

} // namespace ulak::ledger
