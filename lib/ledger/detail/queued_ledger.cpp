#include "ledger/detail/queued_ledger.hpp"

#include "ledger/detail/attention_table.hpp"
#include "ledger/detail/balances_table.hpp"
#include "ledger/detail/budget_check.hpp"
#include "ledger/detail/call_check.hpp"
#include "ledger/detail/effects_query.hpp"
#include "ledger/detail/events_table.hpp"
#include "ledger/detail/identities_table.hpp"
#include "ledger/detail/item_totals.hpp"
#include "ledger/detail/items_table.hpp"
#include "ledger/detail/notices_table.hpp"
#include "ledger/detail/runs_table.hpp"
#include "ledger/detail/settings_table.hpp"
#include "ledger/detail/spend_report.hpp"
#include "ledger/detail/suppressions_table.hpp"
#include "ledger/detail/watermarks_table.hpp"

#include <iterator>

namespace ulak::ledger {
namespace {

// Rows that are read in one piece, between which commits get their turn: some milliseconds.
constexpr std::size_t suppressions_slice = 2'000;
constexpr std::size_t spend_slice = 2'000;

} // namespace

queued_ledger::queued_ledger(executor loop, std::optional<folder_lock> lock,
                             std::shared_ptr<const health_monitor> monitor, std::unique_ptr<writer> w)
    : loop_(loop), lock_(std::move(lock)), monitor_(std::move(monitor)), writer_(std::move(w))
{}

template<class Function>
auto queued_ledger::run_on_store(work_rank rank, Function f) -> task<decltype(f(std::declval<store&>()))>
{
    using answer = decltype(f(std::declval<store&>()));
    return boost::asio::async_initiate<decltype(use_task), void(answer)>(start_read<answer>(*writer_, loop_), use_task,
                                                                         rank, std::move(f));
}

template<class Question>
auto queued_ledger::read(Question question) -> task<decltype(question(std::declval<database&>()))>
{
    return run_on_store(work_rank::read,
                        [question = std::move(question)](store& s) mutable { return s.read(question); });
}

template<class Question>
auto queued_ledger::report(Question question) -> task<decltype(question(std::declval<database&>()))>
{
    return run_on_store(work_rank::report,
                        [question = std::move(question)](store& s) mutable { return s.report(question); });
}

template<class Question>
auto queued_ledger::read_or_report(bool is_report, Question question)
    -> task<decltype(question(std::declval<database&>()))>
{
    return is_report ? report(std::move(question)) : read(std::move(question));
}

task<result<receipt>> queued_ledger::commit(batch changes)
{
    return boost::asio::async_initiate<decltype(use_task), void(result<receipt>)>(start_commit(*writer_, loop_),
                                                                                  use_task, std::move(changes));
}

task<result<run_record>> queued_ledger::run(run_id id)
{
    return read([id = std::move(id)](database& db) { return runs_table(db).find(id); });
}

task<result<std::optional<run_record>>> queued_ledger::run_by_key(std::string unique_key)
{
    return read([key = std::move(unique_key)](database& db) { return runs_table(db).find_by_key(key); });
}

task<result<std::vector<run_record>>> queued_ledger::runs(run_query q)
{
    const bool is_report = q.is_report;
    return read_or_report(is_report, [q = std::move(q)](database& db) { return runs_table(db).list(q); });
}

task<result<std::vector<item_record>>> queued_ledger::items(item_query q)
{
    const bool is_report = q.is_report;
    return read_or_report(is_report, [q = std::move(q)](database& db) { return items_table(db).list(q); });
}

task<result<item_counts>> queued_ledger::count_items(run_id run)
{
    return read([run = std::move(run)](database& db) { return item_totals::read(db, run); });
}

task<result<std::vector<effect_record>>> queued_ledger::effects(effect_query q)
{
    const bool is_report = q.is_report;
    return read_or_report(is_report, [q = std::move(q)](database& db) { return read_effects(db, q); });
}

task<result<std::vector<identity_record>>> queued_ledger::identities()
{
    return read([](database& db) { return identities_table(db).list(); });
}

task<result<std::vector<attention_record>>> queued_ledger::attention(bool open_only)
{
    return read([open_only](database& db) { return attention_table(db).list(open_only); });
}

task<result<std::vector<attention_record>>> queued_ledger::attention_page(attention_query q)
{
    return report([q = std::move(q)](database& db) { return attention_table(db).page(q); });
}

task<result<std::int64_t>> queued_ledger::count_attention()
{
    return report([](database& db) { return attention_table(db).count_all_open(); });
}

task<result<std::optional<wall_point>>> queued_ledger::watermark(std::string job, std::string schedule_text)
{
    return read([job = std::move(job), schedule = std::move(schedule_text)](database& db) {
        return watermarks_table(db).find(job, schedule);
    });
}

task<result<std::vector<events::event>>> queued_ledger::events_after(std::int64_t seq, std::size_t limit)
{
    return report([seq, limit](database& db) { return events_table(db).after(seq, limit); });
}

task<result<std::vector<events::event>>> queued_ledger::recent_events(std::string name, std::size_t limit)
{
    return read([name = std::move(name), limit](database& db) { return events_table(db).recent(name, limit); });
}

task<result<std::vector<notice_record>>> queued_ledger::notices_due(wall_point now, std::size_t limit)
{
    return read([now, limit](database& db) { return notices_table(db).due(now, limit); });
}

task<result<std::vector<suppression_record>>> queued_ledger::suppressions()
{
    std::vector<suppression_record> all;
    for (std::size_t received = suppressions_slice; received == suppressions_slice;) {
        suppression_query q;
        q.after = all.empty() ? std::string() : all.back().phone;
        q.limit = suppressions_slice;
        auto slice = co_await suppressions_page(std::move(q));
        if (!slice)
            co_return slice.error();
        received = slice->size();
        all.insert(all.end(), std::move_iterator(slice->begin()), std::move_iterator(slice->end()));
    }
    co_return all;
}

task<result<std::vector<suppression_record>>> queued_ledger::suppressions_page(suppression_query q)
{
    const bool is_report = q.is_report;
    return read_or_report(is_report,
                          [q = std::move(q)](database& db) { return suppressions_table(db).page(q.after, q.limit); });
}

task<result<std::int64_t>> queued_ledger::count_suppressed(std::vector<std::string> phones)
{
    return read([phones = std::move(phones)](database& db) { return suppressions_table(db).count_among(phones); });
}

task<result<std::vector<forbidden_recipient>>> queued_ledger::forbidden_recipients(recipient_rules rules)
{
    return read([rules = std::move(rules)](database& db) { return find_forbidden(db, rules); });
}

task<result<void>> queued_ledger::check_budgets(effect_record asked, std::vector<budget_limit> limits)
{
    return read([asked = std::move(asked), limits = std::move(limits)](database& db) -> result<void> {
        for (const budget_limit& limit : limits)
            if (auto fits = check_budget(db, asked, limit); !fits)
                return fits;
        return {};
    });
}

task<result<std::vector<spend_total>>> queued_ledger::spend_totals(spend_grouping by, time_zone zone)
{
    spend_report folded(by, std::move(zone));
    spend_cursor after;
    for (std::size_t received = spend_slice; received == spend_slice;) {
        auto next = [by, after](database& db) { return read_spend_sums(db, by, after, spend_slice); };
        auto sums = co_await report(std::move(next));
        if (!sums)
            co_return sums.error();
        received = sums->size();
        folded.add(*sums);
        if (received != 0)
            after = std::move(sums->back());
    }
    co_return folded.rows();
}

task<result<std::vector<balance_record>>> queued_ledger::balances(std::string account, std::size_t limit)
{
    return read(
        [account = std::move(account), limit](database& db) { return balances_table(db).newest(account, limit); });
}

task<result<std::vector<std::pair<std::string, std::string>>>> queued_ledger::settings(std::string prefix)
{
    return read([prefix = std::move(prefix)](database& db) { return settings_table(db).with_prefix(prefix); });
}

task<result<void>> queued_ledger::adopt()
{
    return run_on_store(work_rank::read, [](store& s) { return s.adopt(); });
}

} // namespace ulak::ledger
