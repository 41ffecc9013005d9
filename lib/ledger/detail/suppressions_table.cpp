#include "ledger/detail/suppressions_table.hpp"

#include "ledger/detail/query_lists.hpp"
#include "ledger/detail/row_changes.hpp"

namespace ulak::ledger {
namespace {

suppression_record read_suppression(const row& r)
{
    suppression_record out;
    out.phone = r.text(0);
    out.reason = r.text(1);
    out.at = r.time(2);
    return out;
}

} // namespace

result<void> suppressions_table::put(const suppression_record& s)
{
    return ignore_count(db_.execute("INSERT INTO suppressions(phone,reason,at) VALUES(?,?,?)"
                                    " ON CONFLICT DO UPDATE SET reason=excluded.reason,at=excluded.at",
                                    s.phone, s.reason, s.at));
}

result<void> suppressions_table::remove(const std::string& phone)
{
    return ignore_count(db_.execute("DELETE FROM suppressions WHERE phone=?", phone));
}

result<std::vector<suppression_record>> suppressions_table::page(const std::string& after, std::size_t limit)
{
    return collect(db_, "SELECT phone,reason,at FROM suppressions WHERE phone>? ORDER BY phone LIMIT ?",
                   read_suppression, after, to_limit(limit));
}

result<std::int64_t> suppressions_table::count_among(const std::vector<std::string>& phones)
{
    auto found = db_.query_integer("SELECT count(*) FROM suppressions WHERE phone IN(SELECT value FROM json_each(?))",
                                   json_texts(phones));
    if (!found)
        return found.error();
    return found->value_or(0);
}

} // namespace ulak::ledger
