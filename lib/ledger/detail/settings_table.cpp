#include "ledger/detail/settings_table.hpp"

#include "ledger/detail/query_lists.hpp"
#include "ledger/detail/row_changes.hpp"

namespace ulak::ledger {
result<void> settings_table::put(const put_setting& c)
{
    if (c.value.empty())
        return ignore_count(db_.execute("DELETE FROM settings WHERE name=?", c.name));
    return ignore_count(
        db_.execute("INSERT INTO settings(name,value) VALUES(?,?) ON CONFLICT DO UPDATE SET value=excluded.value",
                    c.name, c.value));
}

result<std::vector<std::pair<std::string, std::string>>> settings_table::with_prefix(const std::string& prefix)
{
    auto read = [](const row& r) { return std::pair(r.text(0), r.text(1)); };
    return collect(db_, "SELECT name,value FROM settings WHERE substr(name,1,length(?1))=?1 ORDER BY name", read,
                   prefix);
}

} // namespace ulak::ledger
