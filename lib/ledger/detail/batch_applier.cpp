#include "ledger/detail/batch_applier.hpp"

#include "ledger/detail/attention_table.hpp"
#include "ledger/detail/balances_table.hpp"
#include "ledger/detail/call_check.hpp"
#include "ledger/detail/effects_table.hpp"
#include "ledger/detail/events_table.hpp"
#include "ledger/detail/identities_table.hpp"
#include "ledger/detail/items_table.hpp"
#include "ledger/detail/notices_table.hpp"
#include "ledger/detail/retention.hpp"
#include "ledger/detail/runs_table.hpp"
#include "ledger/detail/settings_table.hpp"
#include "ledger/detail/suppressions_table.hpp"
#include "ledger/detail/watermarks_table.hpp"

namespace ulak::ledger {

result<void> batch_applier::operator()(const create_run& c)
{
    return runs_table(db_).create(c);
}

result<void> batch_applier::operator()(const update_run& c)
{
    return runs_table(db_).update(c);
}

result<void> batch_applier::operator()(const intend& c)
{
    return effects_table(db_).book(c);
}

result<void> batch_applier::operator()(const move_effect& c)
{
    return effects_table(db_).move(c);
}

result<void> batch_applier::operator()(const check_call& c)
{
    return check_now(db_, c);
}

result<void> batch_applier::operator()(const refund_effect& c)
{
    return effects_table(db_).refund(c);
}

result<void> batch_applier::operator()(const add_items& c)
{
    return items_table(db_).add(c);
}

result<void> batch_applier::operator()(const move_items& c)
{
    return items_table(db_).move(c);
}

result<void> batch_applier::operator()(const set_watermark& c)
{
    return watermarks_table(db_).set(c);
}

result<void> batch_applier::operator()(const raise_attention& c)
{
    return attention_table(db_).raise(c);
}

result<void> batch_applier::operator()(const resolve_attention& c)
{
    return attention_table(db_).resolve(c);
}

result<void> batch_applier::operator()(const put_notice& c)
{
    return notices_table(db_).put(c);
}

result<void> batch_applier::operator()(const update_notice& c)
{
    return notices_table(db_).update(c);
}

result<void> batch_applier::operator()(const suppress& c)
{
    return suppressions_table(db_).put(c.entry);
}

result<void> batch_applier::operator()(const unsuppress& c)
{
    return suppressions_table(db_).remove(c.phone);
}

result<void> batch_applier::operator()(const record_balance& c)
{
    return balances_table(db_).add(c.balance);
}

result<void> batch_applier::operator()(const put_setting& c)
{
    return settings_table(db_).put(c);
}

result<void> batch_applier::operator()(const note_identity& c)
{
    return identities_table(db_).note(c);
}

result<void> batch_applier::operator()(const adopt_identity& c)
{
    return identities_table(db_).adopt(c);
}

result<void> batch_applier::operator()(const append_event& c)
{
    auto seq = events_table(db_).append(c.event);
    if (!seq)
        return seq.error();
    result_.event_seqs.push_back(*seq);
    return {};
}

result<void> batch_applier::operator()(const purge& c)
{
    return retention(db_, result_).purge(c);
}

} // namespace ulak::ledger
