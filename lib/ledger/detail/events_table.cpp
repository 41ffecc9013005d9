#include "ledger/detail/events_table.hpp"

#include "core/json_text.hpp"
#include "ledger/detail/query_lists.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::ledger {
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

} // namespace

result<std::int64_t> events_table::append(const events::event& e)
{
    auto done = db_.execute("INSERT INTO events(at,what,severity,message,job,run,kind,account,provider,item,data)"
                            " VALUES(?,?,?,?,?,?,?,?,?,?,?)",
                            e.time, e.name, static_cast<std::int64_t>(e.severity), e.message, e.job, e.run, e.kind,
                            e.account, e.provider, e.item, boost::json::serialize(e.data));
    if (!done)
        return done.error();
    return db_.last_insert_key();
}

result<std::vector<events::event>> events_table::after(std::int64_t seq, std::size_t limit)
{
    return collect(db_,
                   "SELECT seq,at,what,severity,message,job,run,kind,account,provider,item,data FROM events"
                   " WHERE seq>? ORDER BY seq LIMIT ?",
                   read_event, seq, to_limit(limit));
}

result<std::vector<events::event>> events_table::recent(const std::string& name, std::size_t limit)
{
    return collect(db_,
                   "SELECT seq,at,what,severity,message,job,run,kind,account,provider,item,data FROM events"
                   " WHERE seq>(SELECT max(seq) FROM events)-? AND what=? ORDER BY seq DESC LIMIT ?",
                   read_event, max_events_scanned, name, to_limit(limit));
}

} // namespace ulak::ledger
