#include "ledger/detail/balances_table.hpp"

#include "ledger/detail/query_lists.hpp"
#include "ledger/detail/row_changes.hpp"

namespace ulak::ledger {
namespace {

balance_record read_balance(const row& r)
{
    balance_record out;
    out.account = r.text(0);
    out.balance = money(r.amount(1), r.text(2));
    out.at = r.time(3);
    return out;
}

} // namespace

result<void> balances_table::add(const balance_record& b)
{
    return ignore_count(db_.execute("INSERT INTO balances(account,amount,unit,at) VALUES(?,?,?,?)", b.account,
                                    b.balance.amount, b.balance.unit, b.at));
}

result<std::vector<balance_record>> balances_table::newest(const std::string& account, std::size_t limit)
{
    return collect(db_, "SELECT account,amount,unit,at FROM balances WHERE account=? ORDER BY at DESC,key DESC LIMIT ?",
                   read_balance, account, to_limit(limit));
}

} // namespace ulak::ledger
