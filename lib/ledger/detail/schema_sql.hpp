// Version 1 of the schema. Amounts are millionths, times milliseconds since 1970, an empty text means none.
// The triggers repeat the rules of transitions.cpp, so that no mistake in the code can store a second attempt.
#pragma once

namespace ulak::ledger {

inline constexpr char schema_1[] = R"sql(
CREATE TABLE runs(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK(id<>''),
  job TEXT NOT NULL, kind TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK(state IN('queued','running','paused','succeeded','failed','cancelled','attention')),
  started_by TEXT NOT NULL, unique_key TEXT NOT NULL,
  params TEXT NOT NULL, progress TEXT NOT NULL, counts TEXT NOT NULL, result TEXT NOT NULL,
  error_code TEXT NOT NULL, error_message TEXT NOT NULL,
  created_at INTEGER NOT NULL, due_at INTEGER, started_at INTEGER, finished_at INTEGER,
  spent INTEGER NOT NULL DEFAULT 0, spent_unit TEXT NOT NULL DEFAULT '',
  cancel_asked INTEGER NOT NULL CHECK(cancel_asked IN(0,1)),
  code_wiped INTEGER NOT NULL DEFAULT 0,
  definition TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX runs_one_per_key ON runs(unique_key) WHERE unique_key<>'';
CREATE INDEX runs_by_job ON runs(job,id);
CREATE INDEX runs_by_state ON runs(state,id);
CREATE INDEX runs_finished ON runs(finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX runs_with_code ON runs(finished_at) WHERE kind='otp.acquire' AND code_wiped=0;

CREATE TABLE attention(
  id TEXT PRIMARY KEY CHECK(id<>''),
  run TEXT NOT NULL, job TEXT NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL,
  amount INTEGER NOT NULL, unit TEXT NOT NULL, at INTEGER NOT NULL, evidence TEXT NOT NULL, effect TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK(outcome IN('','done','not-done','write-off')),
  resolved_by INTEGER, resolved_at INTEGER) STRICT, WITHOUT ROWID;
CREATE INDEX attention_open ON attention(run) WHERE outcome='';

CREATE TRIGGER runs_final BEFORE UPDATE OF state ON runs
  WHEN NEW.state<>OLD.state AND OLD.state IN('succeeded','failed','cancelled','attention') AND NOT(
    OLD.state='attention' AND NEW.state IN('succeeded','failed')
    AND NOT EXISTS(SELECT 1 FROM attention a WHERE a.run=OLD.id AND a.outcome=''))
  BEGIN SELECT RAISE(ABORT,'the run has ended'); END;

CREATE TABLE effects(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK(id<>''),
  run TEXT NOT NULL, step TEXT NOT NULL, attempt INTEGER NOT NULL CHECK(attempt>=1),
  job TEXT NOT NULL, account TEXT NOT NULL, provider TEXT NOT NULL, operation TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK(state IN('intent','abandoned','not_sent','dispatched','accepted','rejected','rate_limited','ambiguous',
                   'not_executed','orphaned','refunded','written_off')),
  unit TEXT NOT NULL, expected INTEGER NOT NULL CHECK(expected>=0),
  charged INTEGER, charged_unit TEXT NOT NULL DEFAULT '', refunded INTEGER NOT NULL DEFAULT 0 CHECK(refunded>=0),
  digest TEXT NOT NULL, provider_ref TEXT NOT NULL DEFAULT '', evidence TEXT NOT NULL,
  intended_at INTEGER NOT NULL, dispatched_at INTEGER, settled_at INTEGER, moved_at INTEGER NOT NULL,
  first_item INTEGER, last_item INTEGER,
  cost INTEGER GENERATED ALWAYS AS (max(0,
    CASE WHEN charged IS NOT NULL AND charged_unit=unit THEN charged ELSE expected END - refunded)) VIRTUAL,
  held INTEGER GENERATED ALWAYS AS (
    CASE WHEN state IN('intent','dispatched','accepted','ambiguous','orphaned','written_off')
    THEN cost ELSE 0 END) VIRTUAL,
  UNIQUE(run,step,attempt)) STRICT;
CREATE UNIQUE INDEX effects_one_per_step ON effects(run,step)
  WHERE state IN('intent','dispatched','accepted','ambiguous','orphaned');
CREATE UNIQUE INDEX effects_one_owner ON effects(account,operation,provider_ref) WHERE provider_ref<>'';
CREATE INDEX effects_held_by_job ON effects(job,unit,intended_at,held);
CREATE INDEX effects_held_by_account ON effects(account,unit,intended_at,held);
CREATE INDEX effects_unsettled ON effects(state) WHERE state IN('intent','dispatched','ambiguous','orphaned');

CREATE TRIGGER effects_begin BEFORE INSERT ON effects WHEN NEW.state<>'intent'
  BEGIN SELECT RAISE(ABORT,'an effect begins as intent'); END;
CREATE TRIGGER effects_new_attempt BEFORE INSERT ON effects
  WHEN EXISTS(SELECT 1 FROM effects o WHERE o.run=NEW.run AND o.step=NEW.step
              AND o.state NOT IN('not_sent','rate_limited','not_executed','refunded'))
  BEGIN SELECT RAISE(ABORT,'an earlier attempt may have taken effect'); END;
CREATE TRIGGER effects_moves BEFORE UPDATE OF state ON effects WHEN NOT(
  (OLD.state='intent' AND NEW.state IN('abandoned','not_sent','dispatched')) OR
  (OLD.state='dispatched' AND NEW.state IN('accepted','rejected','rate_limited','ambiguous','not_sent')) OR
  (OLD.state='accepted' AND NEW.state='accepted') OR
  (OLD.state='ambiguous' AND NEW.state IN('ambiguous','accepted','rejected','not_executed','orphaned','written_off')) OR
  (OLD.state='orphaned' AND NEW.state IN('orphaned','accepted','refunded','written_off')))
  BEGIN SELECT RAISE(ABORT,'an effect does not move that way'); END;
CREATE TRIGGER effects_need_ref BEFORE UPDATE ON effects WHEN NEW.state='accepted' AND NEW.provider_ref=''
  BEGIN SELECT RAISE(ABORT,'accepted without a provider_ref'); END;
CREATE TRIGGER effects_keep_ref BEFORE UPDATE OF provider_ref ON effects
  WHEN OLD.provider_ref<>'' AND NEW.provider_ref<>OLD.provider_ref
  BEGIN SELECT RAISE(ABORT,'a provider_ref stays'); END;
CREATE TRIGGER effects_keep_identity BEFORE UPDATE OF key,id,run,step,attempt,job,account,operation,expected,intended_at
  ON effects BEGIN SELECT RAISE(ABORT,'what an effect is does not change'); END;
CREATE TRIGGER effects_stay BEFORE DELETE ON effects BEGIN SELECT RAISE(ABORT,'effects stay'); END;

CREATE TABLE effect_history(
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  effect INTEGER NOT NULL REFERENCES effects(key),
  from_state TEXT NOT NULL, to_state TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TRIGGER history_no_update BEFORE UPDATE ON effect_history
  BEGIN SELECT RAISE(ABORT,'history is append-only'); END;
CREATE TRIGGER history_no_delete BEFORE DELETE ON effect_history
  BEGIN SELECT RAISE(ABORT,'history is append-only'); END;

CREATE TRIGGER effects_begun AFTER INSERT ON effects BEGIN
  INSERT INTO effect_history(effect,from_state,to_state,at) VALUES(NEW.key,'',NEW.state,NEW.moved_at);
  UPDATE runs SET spent_unit=NEW.unit WHERE id=NEW.run AND spent_unit='' AND NEW.unit<>'';
END;
CREATE TRIGGER effects_moved AFTER UPDATE OF state ON effects BEGIN
  INSERT INTO effect_history(effect,from_state,to_state,at) VALUES(NEW.key,OLD.state,NEW.state,NEW.moved_at);
END;
CREATE TRIGGER effects_spent AFTER UPDATE OF state,unit,charged,charged_unit,refunded ON effects BEGIN
  UPDATE runs SET spent_unit=NEW.unit WHERE id=NEW.run AND spent_unit='' AND NEW.unit<>'';
  UPDATE runs SET spent=spent+iif(NEW.state='accepted',NEW.cost,0)-iif(OLD.state='accepted',OLD.cost,0)
    WHERE id=NEW.run AND spent_unit=NEW.unit
      AND iif(NEW.state='accepted',NEW.cost,0)<>iif(OLD.state='accepted',OLD.cost,0);
END;

CREATE TABLE items(
  run_key INTEGER NOT NULL REFERENCES runs(key), position INTEGER NOT NULL CHECK(position>=0),
  phone TEXT NOT NULL, state INTEGER NOT NULL CHECK(state BETWEEN 0 AND 7), reason TEXT NOT NULL, text TEXT NOT NULL,
  segments INTEGER NOT NULL, queue TEXT NOT NULL, effect INTEGER REFERENCES effects(key),
  PRIMARY KEY(run_key,position)) STRICT, WITHOUT ROWID;
-- 2 submitting, 3 submitted, 4 delivered, 7 ambiguous: those who have, or may have, a message
CREATE INDEX items_reached ON items(phone) WHERE state IN(2,3,4,7);
CREATE TRIGGER items_forward BEFORE UPDATE OF state ON items WHEN NEW.state<>OLD.state AND NOT(
  (OLD.state=0 AND NEW.state IN(1,2,6)) OR
  (OLD.state=2 AND NEW.state IN(3,4,5,6,7)) OR
  (OLD.state=3 AND NEW.state IN(4,5,6)) OR
  (OLD.state=7 AND NEW.state IN(3,4,5,6)) OR
  (OLD.state IN(2,7) AND NEW.state=0 AND EXISTS(SELECT 1 FROM effects e WHERE e.key=OLD.effect
     AND e.state IN('abandoned','not_sent','rejected','rate_limited','not_executed'))))
  BEGIN SELECT RAISE(ABORT,'a recipient goes back to pending only when its effect is proven not to have happened'); END;
CREATE TABLE item_totals(
  run_key INTEGER NOT NULL REFERENCES runs(key), state INTEGER NOT NULL, items INTEGER NOT NULL CHECK(items>=0),
  segments INTEGER NOT NULL, PRIMARY KEY(run_key,state)) STRICT, WITHOUT ROWID;

CREATE TABLE watermarks(
  job TEXT NOT NULL, schedule TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(job,schedule)) STRICT, WITHOUT ROWID;
CREATE TABLE events(
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, what TEXT NOT NULL, severity INTEGER NOT NULL,
  message TEXT NOT NULL, job TEXT NOT NULL, run TEXT NOT NULL, kind TEXT NOT NULL, account TEXT NOT NULL,
  provider TEXT NOT NULL, item TEXT NOT NULL, data TEXT NOT NULL) STRICT;
CREATE TABLE notices(
  id TEXT PRIMARY KEY CHECK(id<>''), channel TEXT NOT NULL, moment TEXT NOT NULL, body TEXT NOT NULL,
  attempts INTEGER NOT NULL, next_at INTEGER NOT NULL, last_error TEXT NOT NULL,
  sent INTEGER NOT NULL CHECK(sent IN(0,1)), given_up INTEGER NOT NULL CHECK(given_up IN(0,1))) STRICT, WITHOUT ROWID;
CREATE INDEX notices_waiting ON notices(next_at) WHERE sent=0 AND given_up=0;
CREATE TABLE suppressions(
  phone TEXT PRIMARY KEY CHECK(phone<>''), reason TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE balances(
  key INTEGER PRIMARY KEY, account TEXT NOT NULL, amount INTEGER NOT NULL, unit TEXT NOT NULL,
  at INTEGER NOT NULL) STRICT;
CREATE INDEX balances_by_account ON balances(account,at);
CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
)sql";

} // namespace ulak::ledger
