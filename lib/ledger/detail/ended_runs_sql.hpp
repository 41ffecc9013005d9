// Which runs may lose what belongs to them. Private to the module.
#pragma once

/// Of a run `r`: it ended before ?1, without an open attention entry or an effect whose outcome is not known.
#define ULAK_ENDED                                                                                                     \
    " r.finished_at<?1 AND r.state IN('succeeded','failed','cancelled','attention')"                                   \
    " AND NOT EXISTS(SELECT 1 FROM attention a WHERE a.run=r.id AND a.outcome='')"                                     \
    " AND NOT EXISTS(SELECT 1 FROM effects e WHERE e.run=r.id"                                                         \
    "   AND e.state IN('intent','dispatched','ambiguous','orphaned')) "
