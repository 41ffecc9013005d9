#include "kinds/read_failures.hpp"

#include "core/json_text.hpp"
#include "events/event_names.hpp"
#include "kinds/waiting.hpp"

namespace ulak::kinds {

task<> read_failures::report_failure(const providers::account& who, std::string call, error why)
{
    if (why.code == errc::cancelled || !failing_.insert(who.name + " " + call).second)
        co_return;
    boost::json::object data;
    data["call"] = call;
    data["error"] = json_of(why);
    auto told = context_.event(events::provider_error, events::level::warning, call + " at " + who.name + ": " + why.message,
                         std::move(data));
    told.event.account = who.name;
    told.event.provider = who.provider;
    ledger::batch changes;
    changes.push_back(std::move(told));
    auto commit = context_.recorder().commit(std::move(changes));
    co_await shielded(std::move(commit));
}

} // namespace ulak::kinds
