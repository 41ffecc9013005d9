#include "ledger/detail/result_values.hpp"

#include "ledger/detail/row_changes.hpp"

namespace ulak::ledger {

result<void> wipe_result(database& db, std::int64_t run, const std::string& key)
{
    const std::string path = "$.\"" + key + '"';
    return ignore_count(db.execute("UPDATE runs SET result=json_set(result,?2,NULL)"
                                   " WHERE key=?1 AND json_valid(result) AND json_type(result,?2) IS NOT NULL",
                                   run, path));
}

} // namespace ulak::ledger
