#include "ledger/recorder.hpp"

#include "core/failpoint.hpp"
#include "events/redacted.hpp"
#include "events/redactor.hpp"

#include <variant>

namespace ulak::ledger {
namespace {

/// Replaces known secrets in texts that may come from a provider, right before they are stored. What runs continue
/// from (progress, results) is left as it is.
struct redacting_visitor {
    wall_point now;

    void operator()(append_event& c) const
    {
        c.event.time = now;
        c.event = events::redacted(std::move(c.event));
    }
    void operator()(update_run& c) const
    {
        if (c.error_message)
            redact(*c.error_message);
    }
    void operator()(move_effect& c) const { redact(c.evidence); }
    void operator()(raise_attention& c) const { redact(c.entry.evidence); }
    void operator()(update_notice& c) const { redact(c.last_error); }
    template<class Other>
    void operator()(Other&) const
    {}

    static void redact(std::string& text) { text = events::process_redactor().redact(text); }
};

} // namespace

task<result<receipt>> recorder::commit(batch changes)
{
    const redacting_visitor pass{clock_.wall_now()};
    for (auto& c : changes)
        std::visit(pass, c);
    auto made = co_await store_.commit(std::move(changes));
    if (!made)
        co_return made;
    ULAK_FAILPOINT("record/publish");
    for (const auto& e : made->events)
        sink_.publish(e);
    co_return made;
}

task<result<void>> recorder::publish(events::event e)
{
    batch changes;
    changes.push_back(append_event{std::move(e)});
    auto made = co_await commit(std::move(changes));
    if (!made)
        co_return made.error();
    co_return result<void>();
}

} // namespace ulak::ledger
