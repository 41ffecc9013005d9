#include "ledger/sqlite_ledger.hpp"

#include "ledger/reads.hpp"
#include "ledger/state_folder.hpp"
#include "ledger/waiter.hpp"

namespace ulak::ledger {
namespace {

/// Every call is a job on the lane; what differs between disk and memory is the lane alone.
class queued_ledger : public ledger {
  public:
    queued_ledger(executor ex, std::optional<folder_lock> lock, std::shared_ptr<const standing_board> board,
                  std::unique_ptr<lane> l)
        : ex_(ex), lock_(std::move(lock)), board_(std::move(board)), lane_(std::move(l))
    {}

    task<result<receipt>> commit(batch changes) override
    {
        return boost::asio::async_initiate<decltype(use_task), void(result<receipt>)>(begin_commit(*lane_, ex_),
                                                                                      use_task, std::move(changes));
    }

    task<result<run_record>> run(run_id id) override
    {
        return ask([id = std::move(id)](database& db) { return reads::run(db, id); });
    }
    task<result<std::optional<run_record>>> run_by_key(std::string key) override
    {
        return ask([key = std::move(key)](database& db) { return reads::run_by_key(db, key); });
    }
    task<result<std::vector<run_record>>> runs(run_query q) override
    {
        return ask([q = std::move(q)](database& db) { return reads::runs(db, q); });
    }
    task<result<std::vector<item_record>>> items(item_query q) override
    {
        return ask([q = std::move(q)](database& db) { return reads::items(db, q); });
    }
    task<result<item_counts>> count_items(run_id run) override
    {
        return ask([run = std::move(run)](database& db) { return reads::count_items(db, run); });
    }
    task<result<std::vector<effect_record>>> effects(effect_query q) override
    {
        return ask([q = std::move(q)](database& db) { return reads::effects(db, q); });
    }
    task<result<std::vector<attention_record>>> attention(bool open_only) override
    {
        return ask([open_only](database& db) { return reads::attention(db, open_only); });
    }
    task<result<std::optional<wall_point>>> watermark(std::string job, std::string schedule) override
    {
        return ask([job = std::move(job), schedule = std::move(schedule)](database& db) {
            return reads::watermark(db, job, schedule);
        });
    }
    task<result<std::vector<events::event>>> events_after(std::int64_t seq, std::size_t limit) override
    {
        return ask([seq, limit](database& db) { return reads::events_after(db, seq, limit); });
    }
    task<result<std::vector<events::event>>> recent_events(std::string what, std::size_t limit) override
    {
        return ask([what = std::move(what), limit](database& db) { return reads::recent_events(db, what, limit); });
    }
    task<result<std::vector<notice_record>>> notices_due(wall_point now, std::size_t limit) override
    {
        return ask([now, limit](database& db) { return reads::notices_due(db, now, limit); });
    }
    task<result<std::vector<suppression_record>>> suppressions() override
    {
        return ask([](database& db) { return reads::suppressions(db); });
    }
    task<result<std::vector<std::string>>> messaged_since(std::vector<std::string> phones, wall_point since) override
    {
        return ask(
            [phones = std::move(phones), since](database& db) { return reads::messaged_since(db, phones, since); });
    }
    task<result<std::vector<spend_row>>> spend(spend_by by, time_zone zone) override
    {
        return ask([by, zone = std::move(zone)](database& db) { return reads::spend(db, by, zone); });
    }
    task<result<std::vector<balance_record>>> balances(std::string account, std::size_t limit) override
    {
        return ask([account = std::move(account), limit](database& db) { return reads::balances(db, account, limit); });
    }
    task<result<std::vector<std::pair<std::string, std::string>>>> settings(std::string prefix) override
    {
        return ask([prefix = std::move(prefix)](database& db) { return reads::settings(db, prefix); });
    }

    standing stands() const override { return board_ ? board_->now() : standing(); }
    task<result<void>> adopt() override
    {
        return do_it([](store& s) { return s.adopt(); });
    }

  private:
    template<class Ask>
    auto ask(Ask question) -> task<decltype(question(std::declval<database&>()))>
    {
        return do_it([question = std::move(question)](store& s) mutable { return s.read(question); });
    }
    template<class Deed>
    auto do_it(Deed deed) -> task<decltype(deed(std::declval<store&>()))>
    {
        using outcome = decltype(deed(std::declval<store&>()));
        return boost::asio::async_initiate<decltype(use_task), void(outcome)>(begin_deed<outcome>(*lane_, ex_),
                                                                              use_task, std::move(deed));
    }

    executor ex_;
    std::optional<folder_lock> lock_;             ///< before the lane: the folder is held until the store is closed
    std::shared_ptr<const standing_board> board_; ///< nothing: in memory
    std::unique_ptr<lane> lane_;
};

} // namespace

result<std::unique_ptr<ledger>> open_sqlite(executor ex, const std::string& state_dir, standing_changed changed)
{
    auto lock = folder_lock::take(state_dir);
    if (!lock)
        return lock.error();
    auto board = std::make_shared<standing_board>(ex, std::move(changed));
    auto data = store::open_folder(state_dir, board);
    if (!data)
        return data.error();
    auto l = make_thread_lane(*std::move(data), ex);
    return std::unique_ptr<ledger>(
        std::make_unique<queued_ledger>(ex, *std::move(lock), std::move(board), std::move(l)));
}

std::unique_ptr<ledger> make_memory_ledger(executor ex)
{
    auto l = make_inline_lane(store::open(":memory:").value(), ex);
    return std::make_unique<queued_ledger>(ex, std::nullopt, nullptr, std::move(l));
}

} // namespace ulak::ledger
