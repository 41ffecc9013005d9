#include "ledger/detail/recount.hpp"

#include <array>

namespace ulak::ledger {
namespace {

/// Each gives a sentence a row, and none where all agrees.
constexpr std::array recounts{
    // Both ways: a sum without effects, and effects without their sum.
    "WITH again AS(SELECT 0 g,job name,0 q,unit,sum(spent_part) s,sum(open_part) o,count(*) n FROM effects"
    "  WHERE counted GROUP BY job,unit"
    " UNION ALL SELECT 1,account,0,unit,sum(spent_part),sum(open_part),count(*) FROM effects WHERE counted"
    "  GROUP BY account,unit"
    " UNION ALL SELECT 2,'',quarter,unit,sum(spent_part),sum(open_part),count(*) FROM effects WHERE counted"
    "  GROUP BY quarter,unit)"
    " SELECT 'spend_sums of '||name||' '||unit||' do not equal its effects' FROM"
    "  (SELECT g,name,q,unit,s,o,n FROM again EXCEPT SELECT grouping,name,quarter,unit,spent,open,effects FROM "
    "spend_sums"
    "   UNION ALL SELECT * FROM"
    "   (SELECT grouping,name,quarter,unit,spent,open,effects FROM spend_sums EXCEPT SELECT g,name,q,unit,s,o,n FROM "
    "again))"
    " LIMIT 1",
    "SELECT 'a run has more items of state '||i.state||' than its total says' FROM"
    " (SELECT run_key,state,count(*) n FROM items GROUP BY run_key,state) i"
    " LEFT JOIN item_totals t USING(run_key,state) WHERE i.n>ifnull(t.items,0) LIMIT 1",
    "SELECT 'a row of '||\"table\"||' belongs to a row of '||parent||' that is not there' FROM pragma_foreign_key_check"
    " LIMIT 1"};

} // namespace

result<std::optional<std::string>> find_wrong_total(database& db)
{
    for (const char* recount : recounts) {
        auto wrong = db.query_text(recount);
        if (!wrong || *wrong)
            return wrong;
    }
    return std::optional<std::string>();
}

} // namespace ulak::ledger
