#include "ledger/detail/identities_table.hpp"

#include "ledger/detail/query_lists.hpp"
#include "ledger/detail/row_changes.hpp"

namespace ulak::ledger {
namespace {

identity_record read_identity(const row& r)
{
    identity_record out;
    out.id = r.text(0);
    out.provider = r.text(1);
    out.base_url = r.text(2);
    out.login = r.text(3);
    return out;
}

} // namespace

result<void> identities_table::note(const note_identity& c)
{
    const identity_record& i = c.identity;
    if (i.id.empty())
        return error(errc::invalid_argument, "an identity has an id");
    auto kept = ignore_count(
        db_.execute("INSERT INTO identities(id,provider,base_url,login) VALUES(?,?,?,?) ON CONFLICT DO NOTHING", i.id,
                    i.provider, i.base_url, i.login));
    if (!kept)
        return kept;
    // Two names of one login may both have been given an id: what is left without an identity counts as the account's.
    return ignore_count(
        db_.execute("UPDATE OR IGNORE effects SET identity=?2 WHERE account=?1 AND identity=''", c.account, i.id));
}

result<void> identities_table::check_refs(const adopt_identity& c)
{
    auto twice = db_.query_text("SELECT e.provider_ref FROM effects e JOIN effects o ON o.owner=?3"
                                " AND o.operation=e.operation AND o.provider_ref=e.provider_ref"
                                " WHERE e.account=?1 AND e.identity=?2 AND e.provider_ref<>'' LIMIT 1",
                                c.account, c.from, c.to);
    if (!twice)
        return twice.error();
    if (*twice)
        return error(errc::conflict, "both have sold something under the id " + **twice +
                                         ": they are not one wallet, so put the old account back");
    return {};
}

result<void> identities_table::adopt(const adopt_identity& c)
{
    if (auto free = check_refs(c); !free)
        return free;
    return ignore_count(
        db_.execute("UPDATE effects SET identity=?3 WHERE account=?1 AND identity=?2", c.account, c.from, c.to));
}

result<std::vector<identity_record>> identities_table::list()
{
    return collect(db_, "SELECT id,provider,base_url,login FROM identities ORDER BY id", read_identity);
}

} // namespace ulak::ledger
