#include "kinds/read_failures.hpp"

#include "async/shielded.hpp"
#include "core/json_text.hpp"
#include "events/event_names.hpp"

namespace ulak::kinds {

task<> read_failures::report_failure(const providers::account& account, std::string call, error why)
{
    if (why.code == errc::cancelled || !failing_.insert(account.name + " " + call).second)
        co_return;
    boost::json::object data;
    data["call"] = call;
    data["error"] = json_of(why);
    auto event = context_.event(account, events::provider_error, events::level::warning,
                                call + " at " + account.name + ": " + why.message, std::move(data));
    auto commit = context_.recorder().commit(ledger::batch(1, std::move(event)));
    co_await async::shielded(std::move(commit));
}

} // namespace ulak::kinds
