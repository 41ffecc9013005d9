#include "kinds/sms_send/send_job.hpp"

#include "core/local_time_text.hpp"
#include "kinds/sms_send/list_binding.hpp"
#include "kinds/sms_send/plan.hpp"
#include "kinds/sms_send/progress.hpp"
#include "kinds/sms_send/sms_run.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::kinds::sms {
namespace {

/// The configuration was reloaded without the account, or without what it could do.
error account_missing(const std::string& account)
{
    return error(errc::not_found, "the account " + account + " is gone from ulak.yaml");
}

} // namespace

task<ending> send_job::run(run_context& c) const
{
    auto stored = progress_from(c.run().progress);
    if (!stored)
        co_return ending(ledger::run_state::attention, stored.error());
    auto account = c.account(settings_.account);
    if (!account || !account->sms)
        co_return ending(ledger::run_state::failed, account_missing(settings_.account));
    sms_run run(c, settings_, std::move(account), std::move(*stored));
    co_return co_await run.execute();
}

task<result<boost::json::object>> send_job::plan(run_context& c) const
{
    const auto account = c.account(settings_.account);
    if (!account || !account->sms)
        co_return account_missing(settings_.account);
    co_return co_await make_plan(c, settings_, *account);
}

task<result<std::string>> send_job::begin_as_planned(run_context& c, std::string digest) const
{
    auto lists = co_await bind_lists(c, settings_.recipients);
    if (!lists)
        co_return lists.error();
    auto now = co_await plan(c);
    if (!now)
        co_return now.error();
    if (now->at("digest").as_string() != digest)
        co_return error(errc::conflict, "people, texts or the job have changed since the plan " + digest.substr(0, 12) +
                                            "; look at it again: ulakctl plan " + c.run().job);
    progress begun;
    begun.lists = std::move(*lists);
    auto same = co_await require_same_lists(c, settings_.recipients, begun.lists, false);
    if (!same)
        co_return error(errc::conflict, same.error().message);
    co_return boost::json::serialize(to_json(begun));
}

std::chrono::milliseconds send_job::asks_back() const
{
    return settings_.recipients.sent_within.value_or(std::chrono::milliseconds(0));
}

std::string send_job::waiting_reason(wall_point begun) const
{
    if (!settings_.window || settings_.window->is_open(begun))
        return {};
    const auto opens = settings_.window->next_open(begun);
    return opens ? "the window is closed: it sends from " + local_time_text(*opens, settings_.window->zone)
                 : "its window never opens";
}

} // namespace ulak::kinds::sms
