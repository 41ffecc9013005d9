// A whole engine on a manual clock: a store in memory that can refuse, die and come back, and a kind that does what its
// test says.
#pragma once

#include "async/manual_clock.hpp"
#include "engine/engine.hpp"
#include "ledger/ledger.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ulak::testing {

using namespace std::chrono_literals;
namespace asio = boost::asio;

/// The store as one life of the daemon sees it. Once dead, nothing that it is asked ever returns.
class crashing_ledger : public ledger::ledger {
  public:
    explicit crashing_ledger(ledger& below) : inner_(below) {}

    bool dead = false;
    bool refuses = false;                                        ///< the disk is full
    std::string held{};                                          ///< the folder is not the daemon's own
    std::function<bool(const ulak::ledger::batch&)> crash_after; ///< the commit happens, and nobody hears of it
    std::size_t commits = 0, questions = 0;

    task<result<ulak::ledger::receipt>> commit(ulak::ledger::batch changes) override;
    task<result<ulak::ledger::run_record>> run(run_id id) override;
    task<result<std::optional<ulak::ledger::run_record>>> run_by_key(std::string unique_key) override;
    task<result<std::vector<ulak::ledger::run_record>>> runs(ulak::ledger::run_query q) override;
    task<result<std::vector<ulak::ledger::item_record>>> items(ulak::ledger::item_query q) override;
    task<result<ulak::ledger::item_counts>> count_items(run_id run) override;
    task<result<std::vector<ulak::ledger::effect_record>>> effects(ulak::ledger::effect_query q) override;
    task<result<std::vector<ulak::ledger::identity_record>>> identities() override;
    task<result<std::vector<ulak::ledger::attention_record>>> attention(bool open_only) override;
    task<result<std::vector<ulak::ledger::attention_record>>> attention_page(ulak::ledger::attention_query q) override;
    task<result<std::int64_t>> count_attention() override;
    task<result<std::optional<wall_point>>> watermark(std::string job, std::string schedule_text) override;
    task<result<std::vector<events::event>>> events_after(std::int64_t seq, std::size_t limit) override;
    task<result<std::vector<events::event>>> recent_events(std::string what, std::size_t limit) override;
    task<result<std::vector<ulak::ledger::notice_record>>> notices_due(wall_point now, std::size_t limit) override;
    task<result<std::vector<ulak::ledger::suppression_record>>> suppressions() override;
    task<result<std::vector<ulak::ledger::forbidden_recipient>>>
    forbidden_recipients(ulak::ledger::recipient_rules rules) override;
    task<result<void>> check_budgets(ulak::ledger::effect_record asked,
                                     std::vector<ulak::ledger::budget_limit> limits) override;
    task<result<std::vector<ulak::ledger::suppression_record>>>
    suppressions_page(ulak::ledger::suppression_query q) override;
    task<result<std::int64_t>> count_suppressed(std::vector<std::string> phones) override;
    task<result<std::vector<ulak::ledger::spend_total>>> spend_totals(ulak::ledger::spend_grouping by,
                                                                      time_zone zone) override;
    task<result<std::vector<ulak::ledger::balance_record>>> balances(std::string account, std::size_t limit) override;
    task<result<std::vector<std::pair<std::string, std::string>>>> settings(std::string prefix) override;
    ulak::ledger::store_health health() const override;
    task<result<void>> adopt() override;

  private:
    task<> ask();
    ledger& inner_;
};

struct event_list : events::sink {
    void publish(const events::event& e) override { all.push_back(e); }
    std::size_t count(std::string_view what) const;
    const events::event* last(std::string_view what) const;
    std::vector<events::event> all{};
};

using script = std::function<task<kinds::ending>(kinds::run_context&)>;

/// One life of the daemon on the world's store.
struct daemon_life {
    daemon_life(ledger::ledger& below, events::sink& out, const async::clock& time)
        : store(below), record(store, out, time)
    {}

    crashing_ledger store;
    ledger::recorder record;
    std::unique_ptr<engine::engine> engine{};
};

struct world {
    explicit world(std::string_view start = "2026-03-02T06:00:00Z", std::string_view zone = "Europe/Istanbul");
    ~world();

    void write(const std::string& job, const std::string& keys = {}, const std::string& kind = "test.fake");
    void remove(const std::string& job);

    void boot();  ///< a new life
    void wake();  ///< its first half: built, not started
    void crash(); ///< everything in memory is gone
    void stop(std::chrono::milliseconds patience = 10s);
    void pass(std::chrono::milliseconds d) { time.advance(d); }

    engine::engine& engine() { return *now().engine; }
    daemon_life& now() { return *lives.back(); }

    template<class T>
    T get(task<T> work);
    void commit(ledger::batch all);

    run_id begin(const std::string& job, boost::json::object params = {}, const std::string& key = {});
    result<engine::start_result> try_begin(const std::string& job, boost::json::object params = {},
                                           const std::string& key = {});
    ledger::run_record run(const run_id& id);
    std::vector<ledger::run_record> runs(const std::string& job = {}); ///< oldest first
    std::vector<std::string> states(const std::string& job = {});
    wall_point wall() const { return time.wall_now(); }

    asio::io_context io{1};
    async::manual_clock time;
    std::unique_ptr<ledger::ledger> disk;
    event_list published{};
    std::filesystem::path folder;
    time_zone zone;
    std::shared_ptr<providers::accounts> accounts = std::make_shared<providers::accounts>();
    std::shared_ptr<script> run_script; ///< what runs of the fake kind do
    std::vector<kinds::kind> known_kinds{};
    std::function<engine::channels()> channels = [] { return engine::channels(); };
    std::function<void(engine::dependencies&)> adjust = [](engine::dependencies&) {};
    std::vector<std::unique_ptr<daemon_life>> lives{};
};

/// Endings by name.
task<kinds::ending> succeed(kinds::run_context& c);
/// Sleeps until it is cancelled (then it ends as cancelled) or the daemon stops.
task<kinds::ending> linger(kinds::run_context& c);

template<class T>
task<> keep(task<T> work, std::optional<T>& out)
{
    out.emplace(co_await std::move(work));
}
task<> keep(task<> work, bool& out);

template<class T>
T world::get(task<T> work)
{
    std::optional<T> out;
    asio::co_spawn(io, keep(std::move(work), out), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    time.run_until_idle();
    BOOST_TEST_REQUIRE(out.has_value());
    return std::move(*out);
}

} // namespace ulak::testing
