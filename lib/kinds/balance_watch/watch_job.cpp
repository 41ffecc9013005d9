#include "kinds/balance_watch/watch_job.hpp"

#include "core/failpoint.hpp"
#include "kinds/balance_watch/account_check.hpp"
#include "kinds/waiting.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace ulak::kinds::balance {

namespace json = boost::json;

task<ending> watch_job::run(run_context& c) const
{
    using ledger::run_state;
    ledger::batch changes;
    json::array reports;
    std::size_t unreadable = 0;
    std::optional<error> last_failure;
    for (const watched_account& w : accounts_) {
        co_await reset_cancellation();
        if (c.stopping())
            co_return ending::stopped();
        if (c.cancel_requested())
            co_return ending(run_state::cancelled);
        auto check = co_await check_account(c, w);
        if (check.failure && check.failure->code == errc::cancelled)
            co_return c.stopping() ? ending::stopped() : ending(run_state::cancelled);
        changes.insert(changes.end(), check.changes.begin(), check.changes.end());
        reports.push_back(std::move(check.report));
        unreadable += check.failure ? 1 : 0;
        if (check.failure)
            last_failure = std::move(check.failure);
    }
    json::object result;
    result["accounts"] = std::move(reports);
    ledger::update_run state(c.run().id);
    state.result = json::serialize(result);
    auto saved = co_await c.save_with_retry(std::move(state), std::move(changes));
    ULAK_FAILPOINT("watch/kept");
    if (!saved)
        co_return ending::stopped();
    if (unreadable == accounts_.size())
        co_return ending(run_state::failed, last_failure);
    co_return ending(run_state::succeeded);
}

task<result<json::object>> watch_job::plan(run_context&) const
{
    json::array reads;
    for (const watched_account& w : accounts_)
        reads.push_back(json::value(json::string(w.account)));
    json::object plan;
    plan["reads"] = std::move(reads);
    co_return plan;
}

} // namespace ulak::kinds::balance
