#include "ledger/detail/call_check.hpp"

#include "core/text.hpp"
#include "ledger/detail/messaged_memory.hpp"
#include "ledger/detail/query_lists.hpp"

#include <algorithm>
#include <set>

namespace ulak::ledger {
namespace {

/// 2 submitting, 3 submitted, 4 delivered, 7 ambiguous: as the index items_reached has them. The time that counts is
/// that of the send which holds the recipient. A send that never left, or has not left yet, has reached nobody.
/// 1: a message that was, or may have been, sent; 0: all that is known is under way.
constexpr char messaged_by_a_run[] =
    "SELECT coalesce(e.state<>'dispatched' OR e.dispatched_at<?4,1) AS got"
    " FROM items i JOIN runs r ON r.key=i.run_key LEFT JOIN effects e ON e.key=i.effect"
    " WHERE i.phone=?1 AND i.state IN(2,3,4,7)"
    " AND coalesce(e.dispatched_at,e.intended_at,r.started_at,r.created_at)>=?2"
    " AND (e.id IS NULL OR (e.id<>?3"
    "   AND e.state NOT IN('intent','abandoned','not_sent','rejected','rate_limited','not_executed')))"
    " ORDER BY got DESC LIMIT 1";

/// By a run of a job that is newer than another: ids sort by time.
constexpr char reached_by_a_later_run[] =
    "SELECT 1 FROM items i JOIN runs r ON r.key=i.run_key LEFT JOIN effects e ON e.key=i.effect"
    " WHERE i.phone=?1 AND i.state IN(2,3,4,7) AND r.job=?2 AND r.id>?3"
    " AND (e.id IS NULL OR (e.id<>?4"
    "   AND e.state NOT IN('intent','abandoned','not_sent','rejected','rate_limited','not_executed'))) LIMIT 1";

result<std::set<std::string>> opted_out(database& db, const std::vector<std::string>& phones)
{
    std::set<std::string> found;
    auto keep = [&found](const row& r) { found.insert(r.text(0)); };
    auto seen = db.for_each_row("SELECT s.phone FROM json_each(?1) j CROSS JOIN suppressions s ON s.phone=j.value",
                                keep, json_texts(phones));
    if (!seen)
        return seen.error();
    return found;
}

enum class contact { none, under_way, messaged };

result<contact> contact_with(database& db, const std::string& phone, const recipient_rules& rules)
{
    auto by_run =
        db.query_integer(messaged_by_a_run, phone, rules.messaged_since, rules.except.text(), rules.answered_from);
    if (!by_run)
        return by_run.error();
    if (*by_run && **by_run != 0)
        return contact::messaged;
    auto remembered = messaged_memory(db).knows(phone, *rules.messaged_since);
    if (!remembered)
        return remembered.error();
    if (*remembered)
        return contact::messaged;
    return *by_run ? contact::under_way : contact::none;
}

result<bool> was_reached(database& db, const std::string& phone, const recipient_rules& rules)
{
    if (rules.reached_job.empty())
        return false;
    auto by_run = db.query_integer(reached_by_a_later_run, phone, rules.reached_job, rules.reached_after.text(),
                                   rules.except.text());
    if (!by_run)
        return by_run.error();
    return by_run->has_value();
}

/// Why the number may not be messaged, beside the opt-out list. An empty reason: it may.
result<forbidden_recipient> judge(database& db, const std::string& phone, const recipient_rules& rules)
{
    forbidden_recipient f;
    auto reached = was_reached(db, phone, rules);
    if (!reached)
        return reached.error();
    if (*reached) {
        f.reason = "reached";
        return f;
    }
    if (!rules.messaged_since)
        return f;
    auto seen = contact_with(db, phone, rules);
    if (!seen)
        return seen.error();
    if (*seen != contact::none)
        f.reason = "sent-within";
    f.under_way = *seen == contact::under_way;
    return f;
}

result<void> check_run(database& db, const run_id& id)
{
    std::optional<std::pair<std::string, bool>> run;
    auto keep = [&run](const row& r) { run.emplace(r.text(0), r.integer(1) != 0); };
    if (auto seen = db.for_each_row("SELECT state,cancel_asked FROM runs WHERE id=?1", keep, id.text()); !seen)
        return seen;
    if (!run)
        return error(errc::not_found, "there is no run " + id.text());
    const auto state = parse_run_state(run->first);
    if (run->second || !state || is_final(*state))
        return error(errc::cancelled, "cancelled before it was sent");
    if (*state == run_state::paused)
        return error(errc::paused, "the run was paused before it was sent");
    return {};
}

error refused(const std::vector<forbidden_recipient>& found, std::size_t of)
{
    const auto opted = std::ranges::count(found, "opt-out", &forbidden_recipient::reason);
    const auto waiting = std::ranges::count(found, true, &forbidden_recipient::under_way);
    const auto reached = std::ranges::count(found, "reached", &forbidden_recipient::reason);
    const auto recent = static_cast<std::ptrdiff_t>(found.size()) - opted - waiting - reached;
    std::string why;
    if (opted > 0)
        append_joined(why, ", ", std::to_string(opted) + " opted out");
    if (recent > 0)
        append_joined(why, ", ", std::to_string(recent) + " got a message within the job's sent-within");
    if (waiting > 0)
        append_joined(why, ", ", std::to_string(waiting) + " in another call that is not answered yet");
    if (reached > 0)
        append_joined(why, ", ", std::to_string(reached) + " got a message of a later run");
    return error(errc::denied_now, std::to_string(found.size()) + " of " + std::to_string(of) +
                                       " recipients may not be messaged any more: " + why);
}

} // namespace

result<std::vector<forbidden_recipient>> find_forbidden(database& db, const recipient_rules& rules)
{
    auto left_out = opted_out(db, rules.phones);
    if (!left_out)
        return left_out.error();
    std::vector<forbidden_recipient> found;
    for (const auto& phone : rules.phones) {
        forbidden_recipient f;
        f.phone = phone;
        if (left_out->contains(phone)) {
            f.reason = "opt-out";
        } else {
            auto judged = judge(db, phone, rules);
            if (!judged)
                return judged.error();
            f.reason = judged->reason;
            f.under_way = judged->under_way;
        }
        if (!f.reason.empty())
            found.push_back(std::move(f));
    }
    return found;
}

result<void> check_now(database& db, const check_call& c)
{
    if (!c.run.empty())
        if (auto goes_on = check_run(db, c.run); !goes_on)
            return goes_on;
    if (c.recipients.phones.empty())
        return {};
    auto found = find_forbidden(db, c.recipients);
    if (!found)
        return found.error();
    if (!found->empty())
        return refused(*found, c.recipients.phones.size());
    return {};
}

} // namespace ulak::ledger
