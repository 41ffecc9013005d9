// Version 4 of the schema: an account's identity is kept with each effect. An empty identity is one of older versions,
// and counts as the account's own until the account is known.
#pragma once

namespace ulak::ledger {

inline constexpr char schema_4[] = R"sql(
CREATE TABLE identities(
  id TEXT PRIMARY KEY CHECK(id<>''), provider TEXT NOT NULL, base_url TEXT NOT NULL, login TEXT NOT NULL)
  STRICT, WITHOUT ROWID;
ALTER TABLE effects ADD COLUMN identity TEXT NOT NULL DEFAULT '';
-- who owns a provider's id: another site's number 173 is another number
ALTER TABLE effects ADD COLUMN owner TEXT GENERATED ALWAYS AS (iif(identity='',account,identity)) VIRTUAL;
DROP INDEX effects_one_owner;
CREATE UNIQUE INDEX effects_one_owner ON effects(owner,operation,provider_ref) WHERE provider_ref<>'';
CREATE INDEX effects_unidentified ON effects(account) WHERE identity='';
CREATE INDEX effects_held_by_identity ON effects(identity,unit,intended_at,account,held);
CREATE INDEX effects_lately_by_identity ON effects(identity,last_at);
)sql";

} // namespace ulak::ledger
