// A store in memory, a manual clock, accounts that do what a test says, and a run of a job on them.
#pragma once

#include "events/event.hpp"
#include "kinds/kind.hpp"
#include "kinds/registry.hpp"
#include "support/loop_fixture.hpp"
#include "support/memory_ledger.hpp"

#include <boost/json/parse.hpp>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ulak::tests {

using namespace std::chrono_literals;
namespace json = boost::json;

/// Thrown out of a commit: the process dies here. Nothing in the kinds catches it.
struct crashed {};

/// Dies at the n-th commit, before it is on disk or after; or refuses for a while.
class crashing_ledger : public ledger::ledger {
  public:
    explicit crashing_ledger(ledger& below) : below_(below) {}

    int crash_at = 0; ///< 0: never
    bool after = false;
    int refuse = 0; ///< this many commits from now on
    int commits = 0;
    std::size_t effects_read = 0; ///< records
    /// Called when a commit is on disk and its answer is not known to who made it.
    std::function<void(const ulak::ledger::batch&)> committed = [](const ulak::ledger::batch&) {};
    /// What others commit right before a question about this run is answered.
    std::function<ulak::ledger::batch(const run_id&)> before_run = [](const run_id&) { return ulak::ledger::batch(); };

    task<result<ulak::ledger::receipt>> commit(ulak::ledger::batch changes) override;
    task<result<ulak::ledger::run_record>> run(run_id id) override;
    task<result<std::optional<ulak::ledger::run_record>>> run_by_key(std::string key) override;
    task<result<std::vector<ulak::ledger::run_record>>> runs(ulak::ledger::run_query q) override;
    task<result<std::vector<ulak::ledger::item_record>>> items(ulak::ledger::item_query q) override;
    task<result<ulak::ledger::item_counts>> count_items(run_id run) override;
    task<result<std::vector<ulak::ledger::effect_record>>> effects(ulak::ledger::effect_query q) override;
    task<result<std::vector<ulak::ledger::identity_record>>> identities() override;
    task<result<std::vector<ulak::ledger::attention_record>>> attention(bool open_only) override;
    task<result<std::vector<ulak::ledger::attention_record>>> attention_page(ulak::ledger::attention_query q) override;
    task<result<std::int64_t>> count_attention() override;
    task<result<std::optional<wall_point>>> watermark(std::string job, std::string text) override;
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

  private:
    ledger& below_;
};

struct event_list : events::sink {
    void publish(const events::event& e) override { all.push_back(e); }
    std::size_t count(std::string_view what) const;
    std::vector<events::event> all{};
};

/// What becomes of one costly call.
enum class reply { accept, refuse, limit, drop_before, lose_answer, lose_request, never_dispatch };

/// A number as the provider has it.
struct sold_number {
    std::string id{};
    enum { waiting, code, cancelled, hidden } what = waiting;
    std::string service = "3", operator_name{};
    std::optional<wall_point> created{};
    std::string text{};
    bool numeric = false;
};

struct fake_numbers : providers::number_seller, providers::balance_reader {
    explicit fake_numbers(async::clock& t) : time(t) {}

    bool can_cancel() const override { return cancels; }
    bool lists_orders() const override { return lists; }
    task<result<std::vector<providers::service>>> services(async::steady_point) override;
    task<result<providers::service>> offer(std::string id, async::steady_point) override;
    task<providers::outcome<providers::number_order>> order(std::string id, std::string op,
                                                            providers::purchase_gate how) override;
    task<result<providers::number_status>> poll(std::string id, async::steady_point) override;
    task<result<void>> cancel(std::string id, async::steady_point) override;
    task<result<std::vector<providers::listed_number>>> recent_orders(int page, async::steady_point) override;
    task<result<money>> balance(async::steady_point) override;

    async::clock& time;
    bool cancels = true, lists = false;
    int list_fails = 0;                     ///< this many times from now on
    std::size_t page = 0;                   ///< orders on a page of the list, newest first; 0: all, oldest first
    std::function<void()> on_order = [] {}; ///< before the order reaches the provider
    std::function<void()> on_balance = [] {}, on_list = [] {};
    error poll_fails{errc::transient, "", reach::answered}; ///< while it has a message
    std::deque<reply> replies{};                            ///< of the next orders; then accept
    error refusal{errc::no_stock, "no stock", reach::answered};
    std::optional<money> price = money(decimal::from_integer(8), "TRY");
    std::optional<std::int64_t> stock = 10;
    std::vector<sold_number> sold{};
    std::function<void(sold_number&)> on_poll = [](sold_number&) {};
    std::deque<std::string> cancel_answers{}; ///< "ok", "no", "lost", "ok-unrefunded"; then "ok"
    decimal money_left = decimal::from_integer(100);
    int orders = 0; ///< calls that reached the provider
    int polls = 0, cancels_asked = 0;
    std::vector<std::string> calls{};
    int next_id = 100;
};

struct fake_sms : providers::sms_sender, providers::balance_reader {
    std::size_t max_recipients() const override { return most; }
    std::size_t max_segments() const override { return most_parts; }
    bool takes_encoding() const override { return has_encoding; }
    bool takes_validity() const override { return has_validity; }
    bool needs_recipient_type() const override { return wants_recipient_type; }
    bool has_encoding = true, has_validity = true, wants_recipient_type = false;
    task<providers::outcome<providers::sms_receipt>> send(providers::sms_order o,
                                                          providers::purchase_gate how) override;
    task<result<providers::sms_report>> report(std::string queue, async::steady_point) override;
    task<result<money>> balance(async::steady_point) override
    {
        on_balance();
        co_return money(left, "credits");
    }
    std::function<void()> on_balance = [] {};

    std::size_t most = 1000, most_parts = 6;
    std::deque<reply> replies{};
    error refusal{errc::validation, "refused", reach::answered};
    std::optional<std::chrono::seconds> retry_after{};
    std::vector<providers::sms_order> taken{};   ///< what the provider executed
    std::map<std::string, std::size_t> queues{}; ///< queue → index in `taken`
    std::optional<error> report_fails{};
    std::function<providers::sms_report(const providers::sms_order&)> reports{};
    std::function<void()> on_send = [] {};
    decimal left = decimal::from_integer(100'000);
    int asked = 0;
};

struct fake_panel : providers::smm_panel, providers::balance_reader {
    task<result<std::vector<providers::service>>> services(async::steady_point) override { co_return offered; }
    task<providers::outcome<providers::panel_receipt>> add(providers::panel_order o,
                                                           providers::purchase_gate how) override;
    task<result<std::map<std::string, result<providers::panel_status>>>> status(std::vector<std::string> ids,
                                                                                async::steady_point) override;
    task<result<money>> balance(async::steady_point) override { co_return money(left, "USD"); }

    std::vector<providers::service> offered{};
    std::deque<reply> replies{};
    error refusal{errc::validation, "refused", reach::answered};
    std::vector<providers::panel_order> taken{};
    std::deque<providers::panel_status> answers{}; ///< the last one stays
    decimal left = decimal::from_integer(50);
};

struct fake_balance : providers::balance_reader {
    task<result<money>> balance(async::steady_point) override;
    std::deque<result<money>> answers{}; ///< the last one stays
    int reads = 0;
};

providers::panel_status status_of(providers::panel_status::order_state s, std::string word,
                                  std::optional<decimal> charge = {}, std::optional<std::int64_t> remains = {});

class world : public loop_fixture {
  public:
    world();

    fake_numbers& sells_numbers(const std::string& name);
    fake_sms& sends_sms(const std::string& name);
    fake_panel& is_panel(const std::string& name);
    fake_balance& has_balance(const std::string& name, const std::string& unit = "TRY");
    providers::account& account(const std::string& name) { return *accounts->at(name); }

    /// Loads a job; `problems` holds what the loader said.
    std::shared_ptr<const kinds::prepared_job> load(const std::string& yaml, const std::string& name = "job");
    bool reported(std::string_view code) const;

    /// Puts a run into the store.
    run_id create_run(const std::string& job = "job");
    /// Takes the run up (again), lets time go on until it leaves its kind, or `at_most` is over, or it was killed.
    std::optional<kinds::ending> resume(const kinds::prepared_job& work, const run_id& id,
                                        std::chrono::milliseconds at_most = 2h, std::chrono::milliseconds beat = 1s);
    /// What the engine does after a crash: intents were not sent, of dispatched ones nobody knows.
    void recover();
    /// What a person says: the effect and its entry.
    void resolve_entry(const std::string& id, ledger::effect_state to, const std::string& outcome);
    ledger::effect_record effect_of(const run_id& id, std::size_t n = 0) { return effects_of(id).at(n); }

    ledger::run_record run_of(const run_id& id) { return run(store->run(id)).value(); }
    json::object result_of(const run_id& id) { return json::parse(run_of(id).result).as_object(); }
    json::object counts_of(const run_id& id) { return json::parse(run_of(id).counts).as_object(); }
    std::vector<ledger::effect_record> effects_of(const run_id& id);
    std::vector<ledger::item_record> items_of(const run_id& id);
    std::vector<ledger::attention_record> attention() { return run(store->attention(true)).value(); }
    std::vector<ledger::notice_record> notices()
    {
        return run(store->notices_due(clock.wall_now() + 24h, 100)).value();
    }
    void commit(ledger::batch changes);

    std::unique_ptr<ledger::ledger> store = make_memory_ledger(io.get_executor());
    crashing_ledger crashing{*store};
    event_list published{};
    std::shared_ptr<providers::accounts> accounts = std::make_shared<providers::accounts>();
    std::span<const kinds::kind> known = kinds::kinds(); ///< what `load` may load
    yaml::problems problems{};
    job::document file{};
    std::map<std::string, std::string> params{};
    std::string folder = "/nowhere";
    kinds::run_context* current = nullptr; ///< of the run that is being driven
    boost::asio::cancellation_signal signal{};
    std::function<void()> every_tick = [] {};
    bool has_crashed = false;

    void cancel_run()
    {
        current->request_cancel();
        signal.emit(boost::asio::cancellation_type::terminal);
    }
    void stop_run()
    {
        current->request_stop();
        signal.emit(boost::asio::cancellation_type::terminal);
    }

  private:
    std::shared_ptr<providers::account> add(const std::string& name, const std::string& provider);
};

/// A gate was passed, an answer was or was not given: the outcome as the wire functions would have judged it.
template<class T>
task<providers::outcome<T>> simulate_call(reply f, providers::purchase_gate how, error refusal, std::function<T()> take)
{
    providers::outcome<T> o(providers::classification::not_sent);
    if (f == reply::never_dispatch) {
        o.failure.emplace(errc::connect_failed, "connection refused");
        co_return o;
    }
    auto gate = how.gate();
    auto open = co_await std::move(gate);
    if (!open) {
        o.failure = open.error();
        co_return o;
    }
    if (f == reply::drop_before) {
        o.failure.emplace(errc::connection_lost, "reset before the first byte");
        co_return o;
    }
    if (f == reply::accept || f == reply::lose_answer) {
        T got = take();
        o.classified_as =
            f == reply::accept ? providers::classification::accepted : providers::classification::ambiguous;
        if (f == reply::accept) {
            o.value.emplace(std::move(got));
            co_return o;
        }
        o.failure.emplace(errc::ambiguous, "no answer", reach::maybe_sent);
        co_return o;
    }
    if (f == reply::lose_request) {
        o.classified_as = providers::classification::ambiguous;
        o.failure.emplace(errc::ambiguous, "no answer", reach::maybe_sent);
        co_return o;
    }
    o.classified_as = f == reply::limit ? providers::classification::rate_limited : providers::classification::rejected;
    o.failure = std::move(refusal);
    if (f == reply::limit)
        o.failure->code = errc::rate_limited;
    co_return o;
}

} // namespace ulak::tests
