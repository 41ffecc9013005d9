#include "core/json_text.hpp"
#include "ledger/detail/query_lists.hpp"
#include "ledger/detail/reads.hpp"

namespace ulak::ledger::reads {
namespace {

constexpr std::int64_t max_events_scanned = 50'000; ///< events without an index: some milliseconds
constexpr std::size_t max_event_bytes = 16u << 20;  ///< what was stored is taken back, whatever its size

boost::json::object parse_data(const std::string& text)
{
    auto parsed = parse_json(text, max_event_bytes);
    if (parsed && parsed->is_object())
        return std::move(parsed->get_object());
    return {};
}

events::event read_event(const row& r)
{
    events::event out(r.text(2), static_cast<events::level>(r.integer(3)), r.text(4));
    out.seq = r.integer(0);
    out.time = r.time(1);
    out.job = r.text(5);
    out.run = r.text(6);
    out.kind = r.text(7);
    out.account = r.text(8);
    out.provider = r.text(9);
    out.item = r.text(10);
    out.data = parse_data(r.text(11));
    return out;
}

notice_record read_notice(const row& r)
{
    notice_record out;
    out.id = notice_id(r.text(0));
    out.channel = r.text(1);
    out.moment = r.text(2);
    out.body = r.text(3);
    out.attempts = static_cast<int>(r.integer(4));
    out.next_at = r.time(5);
    out.last_error = r.text(6);
    out.sent = r.integer(7) != 0;
    out.given_up = r.integer(8) != 0;
    return out;
}

suppression_record read_suppression(const row& r)
{
    suppression_record out;
    out.phone = r.text(0);
    out.reason = r.text(1);
    out.at = r.time(2);
    return out;
}

balance_record read_balance(const row& r)
{
    balance_record out;
    out.account = r.text(0);
    out.balance = money(r.amount(1), r.text(2));
    out.at = r.time(3);
    return out;
}

} // namespace

result<std::vector<events::event>> events_after(database& db, std::int64_t seq, std::size_t limit)
{
    return collect(db,
                   "SELECT seq,at,what,severity,message,job,run,kind,account,provider,item,data FROM events"
                   " WHERE seq>? ORDER BY seq LIMIT ?",
                   read_event, seq, to_limit(limit));
}

result<std::vector<events::event>> recent_events(database& db, const std::string& what, std::size_t limit)
{
    return collect(db,
                   "SELECT seq,at,what,severity,message,job,run,kind,account,provider,item,data FROM events"
                   " WHERE seq>(SELECT max(seq) FROM events)-? AND what=? ORDER BY seq DESC LIMIT ?",
                   read_event, max_events_scanned, what, to_limit(limit));
}

result<std::vector<notice_record>> notices_due(database& db, wall_point now, std::size_t limit)
{
    return collect(db,
                   "SELECT id,channel,moment,body,attempts,next_at,last_error,sent,given_up FROM notices"
                   " WHERE sent=0 AND given_up=0 AND next_at<=? ORDER BY next_at,id LIMIT ?",
                   read_notice, now, to_limit(limit));
}

result<std::vector<suppression_record>> suppressions(database& db)
{
    return collect(db, "SELECT phone,reason,at FROM suppressions ORDER BY phone", read_suppression);
}

result<std::vector<balance_record>> balances(database& db, const std::string& account, std::size_t limit)
{
    return collect(db, "SELECT account,amount,unit,at FROM balances WHERE account=? ORDER BY at DESC,key DESC LIMIT ?",
                   read_balance, account, to_limit(limit));
}

result<std::vector<std::pair<std::string, std::string>>> settings(database& db, const std::string& prefix)
{
    auto read = [](const row& r) { return std::pair(r.text(0), r.text(1)); };
    return collect(db, "SELECT name,value FROM settings WHERE substr(name,1,length(?1))=?1 ORDER BY name", read,
                   prefix);
}

} // namespace ulak::ledger::reads
