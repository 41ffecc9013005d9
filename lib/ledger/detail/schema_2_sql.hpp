// Version 2 of the schema: indexes for the recent effects of an account and for the job texts that are still kept. New
// files get it by the same migration.
#pragma once

namespace ulak::ledger {

inline constexpr char schema_2[] = R"sql(
ALTER TABLE effects ADD COLUMN last_at INTEGER GENERATED ALWAYS AS (
  max(intended_at,ifnull(dispatched_at,intended_at),ifnull(settled_at,intended_at),moved_at)) VIRTUAL;
CREATE INDEX effects_lately ON effects(account,last_at);
CREATE INDEX runs_with_text ON runs(finished_at) WHERE finished_at IS NOT NULL AND definition<>'';
)sql";

} // namespace ulak::ledger
