#include "kinds/sms_send/list_search.hpp"

#include "kinds/sms_send/call_items.hpp"

#include <algorithm>
#include <set>

namespace ulak::kinds::sms {
namespace {

/// The provider's clock is not known to agree with ours. With a longer allowance an order of the minutes before might
/// be taken for the lost one.
constexpr std::chrono::minutes clock_tolerance(1);

wall_point sent_at(const ledger::effect_record& call)
{
    return call.dispatched_at.value_or(call.intended_at);
}

/// The owners of the listed orders, the calls that are ambiguous or under way, and those that may have become an order
/// that fits `call` as well.
ledger::effect_query calls_to_compare(const std::vector<providers::listed_sms>& listed,
                                      const ledger::effect_record& call, std::chrono::milliseconds order_timeout)
{
    ledger::effect_query q;
    q.account = call.account;
    q.identity = call.identity;
    q.operation = call.operation;
    q.since = sent_at(call) - order_timeout - 2 * clock_tolerance;
    for (const providers::listed_sms& order : listed) {
        q.refs.push_back(order.id);
        if (!order.submitted) // it may be the result of any call
            q.since = wall_point();
    }
    return q;
}

std::set<std::string> refs_of(const std::vector<ledger::effect_record>& calls)
{
    std::set<std::string> refs;
    for (const ledger::effect_record& c : calls)
        refs.insert(c.provider_ref);
    return refs;
}

} // namespace

providers::sms_order_list* list_of(const providers::account& account) noexcept
{
    return dynamic_cast<providers::sms_order_list*>(account.sms.get());
}

bool may_result_from(const providers::listed_sms& order, const ledger::effect_record& call,
                     std::chrono::milliseconds order_timeout)
{
    const wall_point sent = sent_at(call);
    return !order.submitted ||
           (*order.submitted >= sent - clock_tolerance && *order.submitted <= sent + order_timeout + clock_tolerance);
}

bool list_search::looks_alike(const providers::listed_sms& order, const ledger::effect_record& call,
                              std::size_t n) const
{
    return order.sender == sender_ && may_result_from(order, call, account_.order_timeout) &&
           order.total == static_cast<std::int64_t>(n);
}

/// Whether the provider reports on exactly these numbers under this id.
task<result<bool>> list_search::report_matches(std::string queue, const std::vector<std::string>& numbers)
{
    auto report = co_await account_.sms->report(std::move(queue), context_.clock().now() + account_.read_timeout);
    if (!report)
        co_return report.error();
    std::vector<std::string> reported;
    for (const auto& entry : report->entries)
        reported.push_back(entry.digits);
    std::ranges::sort(reported);
    co_return reported == numbers;
}

/// Whether another call whose outcome is not known went to the same numbers at that time.
task<result<bool>> list_search::fits_other_call(const providers::listed_sms& order, const ledger::effect_record& call,
                                                const std::vector<ledger::effect_record>& others,
                                                const std::vector<std::string>& numbers)
{
    using enum ledger::effect_state;
    for (const ledger::effect_record& other : others) {
        const bool unknown = other.state == dispatched || other.state == ambiguous || other.state == written_off;
        if (!unknown || other.id == call.id || !may_result_from(order, other, account_.order_timeout))
            continue;
        auto theirs = co_await sorted_numbers_of(context_, other);
        if (!theirs)
            co_return theirs.error();
        if (*theirs == numbers)
            co_return true;
    }
    co_return false;
}

task<result<std::string>> list_search::find(const ledger::effect_record& call, const std::vector<std::string>& numbers)
{
    // The provider's orders, and our calls that they may belong to.
    auto listed = co_await list_.recent_orders(account_.read_timeout);
    if (!listed)
        co_return listed.error();
    auto calls = co_await context_.store().effects(calls_to_compare(*listed, call, account_.order_timeout));
    if (!calls)
        co_return calls.error();
    const std::set<std::string> owned = refs_of(*calls);

    // The one order that fits and that nothing else claims.
    std::string found;
    for (const providers::listed_sms& order : *listed) {
        // A new order moves the others on to the next page, so one may be listed twice.
        if (order.id == found || owned.contains(order.id) || !looks_alike(order, call, numbers.size()))
            continue;
        auto same = co_await report_matches(order.id, numbers);
        if (!same)
            co_return same.error();
        if (!*same)
            continue;
        if (!found.empty())
            co_return error(errc::conflict, "several orders in the provider's list fit");
        auto claimed = co_await fits_other_call(order, call, *calls, numbers);
        if (!claimed)
            co_return claimed.error();
        if (*claimed)
            co_return error(errc::conflict, "another send in doubt fits the order " + order.id + " as well");
        found = order.id;
    }
    co_return found;
}

} // namespace ulak::kinds::sms
