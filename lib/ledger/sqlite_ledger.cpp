#include "ledger/sqlite_ledger.hpp"

#include "ledger/detail/reads.hpp"
#include "ledger/detail/folder_lock.hpp"
#include "ledger/detail/awaited_work.hpp"

namespace ulak::ledger {
namespace {

/// Every call is a job on the lane; what differs between disk and memory is the lane alone.
class queued_ledger : public ledger {
  public:
    queued_ledger(executor ex, std::optional<folder_lock> lock, std::shared_ptr<const health_monitor> board,
                  std::unique_ptr<writer> l)
        : loop_(ex), lock_(std::move(lock)), monitor_(std::move(board)), writer_(std::move(l))
    {}

    task<result<receipt>> commit(batch changes) override
    {
        return boost::asio::async_initiate<decltype(use_task), void(result<receipt>)>(start_commit(*writer_, loop_),
                                                                                      use_task, std::move(changes));
    }

    task<result<run_record>> run(run_id id) override
    {
        return read([id = std::move(id)](database& db) { return reads::run(db, id); });
    }
    task<result<std::optional<run_record>>> run_by_key(std::string key) override
    {
        return read([key = std::move(key)](database& db) { return reads::run_by_key(db, key); });
    }
    task<result<std::vector<run_record>>> runs(run_query q) override
    {
        return read([q = std::move(q)](database& db) { return reads::runs(db, q); });
    }
    task<result<std::vector<item_record>>> items(item_query q) override
    {
        return read([q = std::move(q)](database& db) { return reads::items(db, q); });
    }
    task<result<item_counts>> count_items(run_id run) override
    {
        return read([run = std::move(run)](database& db) { return reads::count_items(db, run); });
    }
    task<result<std::vector<effect_record>>> effects(effect_query q) override
    {
        return read([q = std::move(q)](database& db) { return reads::effects(db, q); });
    }
    task<result<std::vector<attention_record>>> attention(bool open_only) override
    {
        return read([open_only](database& db) { return reads::attention(db, open_only); });
    }
    task<result<std::optional<wall_point>>> watermark(std::string job, std::string schedule) override
    {
        return read([job = std::move(job), schedule = std::move(schedule)](database& db) {
            return reads::watermark(db, job, schedule);
        });
    }
    task<result<std::vector<events::event>>> events_after(std::int64_t seq, std::size_t limit) override
    {
        return read([seq, limit](database& db) { return reads::events_after(db, seq, limit); });
    }
    task<result<std::vector<events::event>>> recent_events(std::string what, std::size_t limit) override
    {
        return read([what = std::move(what), limit](database& db) { return reads::recent_events(db, what, limit); });
    }
    task<result<std::vector<notice_record>>> notices_due(wall_point now, std::size_t limit) override
    {
        return read([now, limit](database& db) { return reads::notices_due(db, now, limit); });
    }
    task<result<std::vector<suppression_record>>> suppressions() override
    {
        return read([](database& db) { return reads::suppressions(db); });
    }
    task<result<std::vector<std::string>>> messaged_since(std::vector<std::string> phones, wall_point since) override
    {
        return read(
            [phones = std::move(phones), since](database& db) { return reads::messaged_since(db, phones, since); });
    }
    task<result<std::vector<spend_total>>> spend_totals(spend_grouping by, time_zone zone) override
    {
        return read([by, zone = std::move(zone)](database& db) { return reads::spend_totals(db, by, zone); });
    }
    task<result<std::vector<balance_record>>> balances(std::string account, std::size_t limit) override
    {
        return read([account = std::move(account), limit](database& db) { return reads::balances(db, account, limit); });
    }
    task<result<std::vector<std::pair<std::string, std::string>>>> settings(std::string prefix) override
    {
        return read([prefix = std::move(prefix)](database& db) { return reads::settings(db, prefix); });
    }

    store_health health() const override { return monitor_ ? monitor_->current() : store_health(); }
    task<result<void>> adopt() override
    {
        return run_on_store([](store& s) { return s.adopt(); });
    }

  private:
    template<class Ask>
    auto read(Ask question) -> task<decltype(question(std::declval<database&>()))>
    {
        return run_on_store([question = std::move(question)](store& s) mutable { return s.read(question); });
    }
    template<class Deed>
    auto run_on_store(Deed deed) -> task<decltype(deed(std::declval<store&>()))>
    {
        using outcome = decltype(deed(std::declval<store&>()));
        return boost::asio::async_initiate<decltype(use_task), void(outcome)>(start_read<outcome>(*writer_, loop_),
                                                                              use_task, std::move(deed));
    }

    executor loop_;
    std::optional<folder_lock> lock_;             ///< before the lane: the folder is held until the store is closed
    std::shared_ptr<const health_monitor> monitor_; ///< nothing: in memory
    std::unique_ptr<writer> writer_;
};

} // namespace

result<std::unique_ptr<ledger>> open_sqlite(executor ex, const std::string& state_dir, health_callback changed)
{
    auto lock = folder_lock::take(state_dir);
    if (!lock)
        return lock.error();
    auto board = std::make_shared<health_monitor>(ex, std::move(changed));
    auto data = store::open_folder(state_dir, board);
    if (!data)
        return data.error();
    auto l = make_writer_thread(*std::move(data), ex);
    return std::unique_ptr<ledger>(
        std::make_unique<queued_ledger>(ex, *std::move(lock), std::move(board), std::move(l)));
}

std::unique_ptr<ledger> make_memory_ledger(executor ex)
{
    auto l = make_inline_writer(store::open(":memory:").value(), ex);
    return std::make_unique<queued_ledger>(ex, std::nullopt, nullptr, std::move(l));
}

} // namespace ulak::ledger
