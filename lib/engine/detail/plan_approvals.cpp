#include "engine/detail/plan_approvals.hpp"

#include "core/json_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace ulak::engine {

namespace json = boost::json;

namespace {

constexpr char plans_setting[] = "plans:";
/// Of one job: older ones would be refused as changed anyway.
constexpr std::size_t most_plans = 8;

} // namespace

/// {DIGEST: [WHO, ...]}, the oldest first.
task<result<json::object>> plan_approvals::plans_of(std::string job)
{
    const std::string wanted = plans_setting + job;
    auto stored = co_await shared_.store().settings(wanted);
    if (!stored)
        co_return stored.error();
    for (const auto& [name, value] : *stored) {
        if (name != wanted)
            continue;
        auto parsed = parse_json(value);
        if (parsed && parsed->is_object())
            co_return parsed->get_object();
    }
    co_return json::object();
}

task<result<void>> plan_approvals::note(std::string job, std::string digest, std::string by)
{
    auto plans = co_await plans_of(job);
    if (!plans)
        co_return plans.error();
    json::value& people = (*plans)[digest];
    if (!people.is_array())
        people = json::array();
    json::array& known = people.get_array();
    if (std::ranges::find(known, json::value(by)) != known.end())
        co_return result<void>();
    known.push_back(json::value(by));
    while (plans->size() > most_plans)
        plans->stable_erase(plans->begin());
    ledger::put_setting put;
    put.name = plans_setting + job;
    put.value = json::serialize(*plans);
    ledger::batch changes;
    changes.push_back(std::move(put));
    auto done = co_await shared_.deps.recorder.commit(std::move(changes));
    if (!done)
        co_return done.error();
    co_return result<void>();
}

task<result<bool>> plan_approvals::made_by_other(std::string job, std::string digest, std::string by)
{
    auto plans = co_await plans_of(job);
    if (!plans)
        co_return plans.error();
    const json::value* people = plans->if_contains(digest);
    if (!people || !people->is_array())
        co_return false;
    const json::value self(by);
    co_return std::ranges::any_of(people->get_array(), [&self](const json::value& v) { return v != self; });
}

} // namespace ulak::engine
