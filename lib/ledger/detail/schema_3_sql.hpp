// Version 3 of the schema: evidence, notices and parameters are purged with the people that they speak of. The indexes
// hold only what is still to be purged.
#pragma once

namespace ulak::ledger {

inline constexpr char schema_3[] = R"sql(
CREATE INDEX effects_with_evidence ON effects(settled_at)
  WHERE evidence<>'' AND state NOT IN('intent','dispatched','ambiguous','orphaned');
CREATE INDEX attention_with_evidence ON attention(resolved_at) WHERE evidence<>'' AND outcome<>'';
CREATE INDEX notices_with_body ON notices(next_at) WHERE body<>'' AND (sent OR given_up);
CREATE TRIGGER effects_keep_evidence BEFORE UPDATE OF evidence ON effects
  WHEN OLD.evidence<>'' AND NEW.evidence='' AND NEW.state IN('intent','dispatched','ambiguous','orphaned')
  BEGIN SELECT RAISE(ABORT,'evidence stays until the effect is settled'); END;
-- Runs whose text version 2 has purged: their parameters were left. A panel order keeps its link.
UPDATE runs SET params='{}',error_message='',progress=iif(kind='smm.order',progress,'{}')
  WHERE definition='' AND finished_at IS NOT NULL AND params<>'{}'
    AND NOT EXISTS(SELECT 1 FROM attention a WHERE a.run=runs.id AND a.outcome='')
    AND NOT EXISTS(SELECT 1 FROM effects e WHERE e.run=runs.id
      AND e.state IN('intent','dispatched','ambiguous','orphaned'));
)sql";

} // namespace ulak::ledger
